"""The version of the catalogue that a Manual is of."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from monitoring.choices import CatalogueStatus
from monitoring.definitions.words import current_version, parts
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.signed_in import Reader

LONGEST = 4  # digits of a number of a version


@dataclass(frozen=True)
class Edition:
    """All rows of one version, read when first asked for: one query each."""

    version: CatalogueVersion
    chosen: bool = False  # by its number, and not because it is in force

    @cached_property
    def variables(self) -> list[Variable]:
        rows = Variable.objects.filter(catalogue=self.version).select_related("unit")
        return list(rows.order_by("position"))

    @cached_property
    def indicators(self) -> list[Indicator]:
        rows = Indicator.objects.filter(catalogue=self.version).select_related("unit")
        return list(rows.order_by("position"))

    @cached_property
    def checks(self) -> list[Check]:
        return list(Check.objects.filter(catalogue=self.version).order_by("position"))

    @cached_property
    def published(self) -> list[CatalogueVersion]:
        """All versions that everybody reads, the newest first."""
        rows = CatalogueVersion.objects.exclude(status=CatalogueStatus.DRAFT)
        return list(rows.order_by("-number"))

    @cached_property
    def by_code(self) -> dict[str, Variable]:
        return {row.code: row for row in self.variables}

    def name(self, code: str) -> str:
        """Of a variable; its code where the version has none of it (a draft)."""
        return self.by_code[code].name if code in self.by_code else code

    def using(self, code: str) -> list[Indicator]:
        """The indicators that are computed from a variable."""
        return [row for row in self.indicators if code in parts(row)]

    def checking(self, code: str) -> list[Check]:
        """The checks that name a variable."""
        return [row for row in self.checks if code in (row.left, row.right, row.then_left)]


def fetch(asked: str | None, reader: Reader) -> Edition:
    """The version asked for by its number, or the one in force. A draft is there only for who
    manages the catalogue.

    Raises Http404.
    """
    if not asked:
        version = current_version()
        if version is None:
            raise Http404
        return Edition(version)
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST):
        raise Http404
    found = CatalogueVersion.objects.filter(number=int(asked)).first()
    if found is None:
        raise Http404
    if found.is_draft and not access.can(reader, Permission.MANAGE_CATALOGUE):
        raise Http404
    return Edition(found, chosen=True)
