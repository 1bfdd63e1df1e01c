"""Published versions of the catalogue in the record: an approval states the digest of each."""

import datetime as dt
from collections.abc import Iterator

from monitoring.choices import ApprovalKind, CatalogueStatus
from monitoring.models import Approval, CatalogueDigest, CatalogueVersion
from monitoring.record import approving
from monitoring.record.defining import digest_of
from monitoring.record.draft import Draft
from monitoring.record.facts import FORMAT, FORMATS
from pip_network.models import User
from pip_network.people.access import Process


def state(reason: str, *, approver: User | Process, at: dt.datetime) -> Approval | None:
    """One approval that states all published versions that none has stated yet; None for none.

    In the transaction that publishes: `approver` has been asked for the permission there.
    """
    columns = FORMATS[FORMAT].definitions or 1
    draft = Draft(
        catalogues=[
            CatalogueDigest(
                catalogue=version, columns=columns, digest=digest_of(version.number, columns)
            )
            for version in CatalogueVersion.objects.exclude(status=CatalogueStatus.DRAFT)
            .filter(stated__isnull=True)
            .order_by("number")
        ]
    )
    if not draft.catalogues:
        return None
    at = at.replace(microsecond=0)
    return approving.write(
        draft, kind=ApprovalKind.CATALOGUE, approver=approver, at=at, reason=reason
    )


def changed() -> Iterator[int]:
    """Versions that are not what an approval stated of them."""
    rows = CatalogueDigest.objects.order_by("catalogue").values_list(
        "catalogue_id", "columns", "digest"
    )
    for version, columns, digest in rows:
        if digest_of(version, columns) != digest:
            yield version
