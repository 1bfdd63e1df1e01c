"""The versions of the catalogue, held while one of them is written."""

from django.utils.translation import gettext as _

from monitoring.catalogue.contents import Contents, Row
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update


def newest_published() -> CatalogueVersion | None:
    """The newest published version, held until the transaction ends: who adds a version waits for
    who is adding one.
    """
    rows = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED)
    return for_update(rows).order_by("-number").first()


def hold_draft(number: int | None) -> CatalogueVersion:
    """The draft `number` (None: the one there is), locked until the transaction ends.

    Raises Conflict where there is none, or it is published.
    """
    which = {"status": CatalogueStatus.DRAFT} if number is None else {"pk": number}
    version = for_update(CatalogueVersion.objects.filter(**which)).first()
    if version is None:
        raise Conflict(_("There is no draft: start one first."))
    if not version.is_draft:
        raise Conflict(
            _("Version %(number)s is published: what is published never changes. Start a draft.")
            % {"number": version.number}
        )
    return version


def published_before(version: CatalogueVersion) -> Contents | None:
    """What the version published last before it holds; None for the first."""
    published = CatalogueVersion.objects.filter(
        status=CatalogueStatus.PUBLISHED, number__lt=version.number
    )
    number = published.order_by("-number").values_list("number", flat=True).first()
    return None if number is None else Contents.of(number)


def key_of(target: CatalogueVersion | Row) -> str:
    """How the trail names it: `V:2`, `variable:2/sales`."""
    if isinstance(target, CatalogueVersion):
        return f"V:{target.number}"
    return f"{target._meta.model_name}:{target.catalogue_id}/{target.code}"
