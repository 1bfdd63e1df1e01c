"""Who is in a sheet now: told to those who have it open too, and forgotten soon after.

A row is stamped by the question that an open sheet asks once a minute; what somebody saves leaves its
line in the history anyway, so that a save writes nothing besides.
"""

import datetime as dt
from typing import NamedTuple

from monitoring.models import EntryChange, SheetVisit, Submission
from monitoring.sheet.cells import CellKey
from pip_network.files import bulk
from pip_network.models import User
from projects.models import Network

NOW = dt.timedelta(minutes=2, seconds=30)  # two questions may be late
KEEP = dt.timedelta(minutes=5)
RECENT = 200  # changes of the submission that are looked at for somebody's last cell
COLUMNS = ("submission", "network", "person", "cell", "seen_at")
ONCE = ("submission", "network", "person")


class Visitor(NamedTuple):
    """Somebody else in the sheet: `cell` is the one in which she was seen last, if it is known."""

    name: str
    cell: CellKey | None
    at: dt.datetime


def stamp_visit(
    submission: Submission, network: Network, person: User, cell: CellKey | None, *, at: dt.datetime
) -> None:
    """Say that she has this sheet open; who has closed hers is forgotten with it."""
    row = (submission.pk, network.pk, person.pk, str(cell or "")[:120], at)
    bulk.insert(SheetVisit, COLUMNS, [row], unique=ONCE, update=("cell", "seen_at"))
    sweep(at=at)


def visitors(
    submission: Submission, network: Network, *, besides: User, at: dt.datetime
) -> list[Visitor]:
    """The others who have this sheet open now, by name."""
    rows = SheetVisit.objects.filter(
        submission=submission, network=network, seen_at__gt=at - NOW
    ).exclude(person=besides)
    visits = list(
        rows.order_by("person__name", "pk").values_list(
            "person_id", "person__name", "cell", "seen_at"
        )
    )
    saved = _last_saved(submission, network, {person for person, *_rest in visits}, at)
    found = []
    for person, name, cell, seen_at in visits:
        last = saved.get(person)
        if last is not None and last[1] > seen_at:
            found.append(Visitor(name, *last))
        else:
            found.append(Visitor(name, CellKey.parse(cell) if cell else None, seen_at))
    return found


def _last_saved(
    submission: Submission, network: Network, people: set[int], at: dt.datetime
) -> dict[int, tuple[CellKey, dt.datetime]]:
    """By person, the cell of this network's firms that she saved last, not long ago."""
    if not people:
        return {}
    rows = EntryChange.objects.filter(submission=submission).order_by("-id")
    fields = ("by_id", "subject", "kind", "variable_code", "at")
    firms = {f"F:{code}" for code in network.memberships.values_list("firm_id", flat=True)}
    saved: dict[int, tuple[CellKey, dt.datetime]] = {}
    for person, subject, kind, variable, saved_at in rows.values_list(*fields)[:RECENT]:
        if person in people and subject in firms and saved_at > at - NOW:
            saved.setdefault(person, (CellKey(subject, kind, variable), saved_at))
    return saved


def sweep(*, at: dt.datetime) -> None:
    """Forget who has been in a sheet."""
    SheetVisit.objects.filter(seen_at__lt=at - KEEP).delete()
