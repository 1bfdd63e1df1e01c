"""What waits in the library, by what there is to do with it."""

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Access, State
from knowledge.models import Work
from knowledge.works.rules import OPEN

from .rows import PUBLISHED, asked, with_file


class Shelf(NamedTuple):
    """Works with which the same is to be done."""

    key: str
    label: Any
    todo: Any
    where: Q


SHELVES = (
    Shelf(
        "proposed",
        _("Proposals"),
        _("Somebody waits: take each for review, or publish it as it is."),
        Q(state=State.PROPOSED) & ~Q(asked()),
    ),
    Shelf(
        "review",
        _("In review"),
        _("Complete the record, then publish it or say why not."),
        Q(state=State.REVIEW) & ~Q(asked()),
    ),
    Shelf(
        "sent-back",
        _("Sent back"),
        _("Nothing to do until who proposed it has sent it again."),
        Q(state__in=OPEN) & Q(asked()),
    ),
    Shelf(
        "embargoed",
        _("Hidden until a day"),
        _("Nothing to do: each appears by itself."),
        PUBLISHED & Q(embargo_until__isnull=False),
    ),
    Shelf(
        "restricted",
        _("Restricted"),
        _("Look whether those who may read it are still the right ones."),
        PUBLISHED & Q(access=Access.RESTRICTED),
    ),
    Shelf(
        "no-file",
        _("Without a file"),
        _("Ask who holds the rights for the file."),
        PUBLISHED & ~Q(with_file()),
    ),
    Shelf(
        "withdrawn",
        _("Withdrawn works"),
        _("Nothing to do; each withdrawal can be undone."),
        Q(state=State.WITHDRAWN),
    ),
)


def rows_of(shelf: Shelf, works: QuerySet[Work]) -> QuerySet[Work]:
    rows = works.filter(shelf.where)
    return rows.filter(embargo_until__gt=timezone.now()) if shelf.key == "embargoed" else rows
