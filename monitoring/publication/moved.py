"""Which groups would move by few units if a round were published again: who compares both
publications learns how much those few gave.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q

from monitoring.analysis.parsing import PUBLIC_GROUPINGS
from monitoring.choices import Kind
from monitoring.models import Measurement, Observation
from monitoring.reports import names

FEW = 3


class Moved(NamedTuple):
    """A group of the public groupings, and how many firms changed in it; the empty grouping is the
    whole programme.
    """

    grouping: str
    group: str
    units: int

    @property
    def name(self) -> str:
        if not self.grouping:
            return names.Names().group({})
        value = names.Names().value(self.grouping, self.group)
        return f"{names.grouping(self.grouping)}: {value}"


def moved(round_code: str, before: int, after: int) -> list[Moved]:
    """Groups in which some firm changed between two approvals, the fewest first."""
    changed = changed_firms(round_code, *sorted((before, after)))
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number in {before, after}:  # a group that a firm has left moves too
        for firm, grouping, group in memberships(round_code, number, changed):
            members[grouping, group].add(firm)
    rows = [Moved(grouping, group, len(firms)) for (grouping, group), firms in members.items()]
    return sorted(rows, key=lambda row: (row.units, row.grouping, row.group))


def few(rows: Iterable[Moved]) -> list[Moved]:
    """Those that fewer than three units would move."""
    return [row for row in rows if row.units < FEW]


def changed_firms(round_code: str, first: int, last: int) -> set[str]:
    """Firms with a value or an attribute that figures of the round read, and that was written or
    superseded after one approval and up to another.
    """
    between = Q(approved_in__gt=first, approved_in__lte=last) | Q(
        superseded_in__gt=first, superseded_in__lte=last
    )
    found: set[str] = set()
    for rows in (Measurement.objects.all(), Observation.objects.all()):
        of_firms = rows.filter(between, firm__isnull=False, round__lte=round_code)
        found.update(of_firms.order_by().values_list("subject", flat=True).distinct())
    return found


def memberships(
    round_code: str, as_of: int, firms: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """(firm, grouping, group) of every group that a firm has been in up to the round."""
    for row in _observed(round_code, as_of, set(firms)):
        yield row.subject, "", ""
        for grouping in PUBLIC_GROUPINGS:
            if grouping == "typology":
                for network in row.networks.all():
                    yield row.subject, grouping, network.typology
            else:
                yield row.subject, grouping, getattr(row, grouping) or names.UNKNOWN


def _observed(round_code: str, as_of: int, firms: set[str]) -> Iterator[Observation]:
    rows = Observation.objects.as_of(as_of).filter(kind=Kind.REGULAR, round__lte=round_code)
    rows = rows.filter(firm__isnull=False).prefetch_related("networks").order_by("pk")
    return (row for row in rows if row.subject in firms)
