"""Which groups would move by few units if a round were published again: who compares both
publications learns how much those few gave.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from monitoring.analysis import Catalogue
from monitoring.analysis.groups import OF_LEVEL
from monitoring.analysis.parsing import PROJECT, PUBLIC_GROUPINGS
from monitoring.choices import Kind, Level
from monitoring.models import Measurement, Observation
from monitoring.reports import names

FEW = 3
Place = tuple[str, str]  # grouping, group; both empty: the whole programme


class Moved(NamedTuple):
    """A group of the public groupings, and how many firms changed in it; the empty grouping is the
    whole programme.
    """

    grouping: str
    group: str
    units: int

    @property
    def name(self) -> str:
        return name_of(self.grouping, self.group)


def name_of(grouping: str, group: str) -> str:
    """A group of a public table, in words."""
    if not grouping:
        return _("Whole programme")
    return f"{names.grouping(grouping)}: {names.Names().value(grouping, group)}"


@dataclass
class Changes:
    """Units of one level that were written or superseded between two approvals, and the groups in
    which they have been as of either.
    """

    observed: set[str] = field(default_factory=set)
    by_variable: Mapping[str, set[str]] = field(default_factory=dict)
    places: Mapping[Place, set[str]] = field(default_factory=dict)

    def of(self, variables: Collection[str]) -> set[str]:
        """The units whose part in an indicator of these variables may have changed."""
        return self.observed.union(*(self.by_variable.get(code, set()) for code in variables))

    def moved(self, units: set[str]) -> list[Moved]:
        """The groups in which some of these units are, the fewest first."""
        rows = [Moved(*at, len(inside & units)) for at, inside in self.places.items()]
        return sorted(
            (row for row in rows if row.units), key=lambda row: (row.units, row.grouping, row.group)
        )


def moved(round_code: str, before: int, after: int) -> list[Moved]:
    """Groups in which some firm changed between two approvals, the fewest first."""
    changes = changes_of(Level.FIRM, round_code, before, after)
    return changes.moved(changes.observed.union(*changes.by_variable.values()))


def few(rows: Iterable[Moved]) -> list[Moved]:
    """Those that fewer than three units would move."""
    return [row for row in rows if row.units < FEW]


def few_by_indicator(
    catalogue: Catalogue,
    round_code: str,
    before: int,
    after: int,
    projects: Collection[str] = (),
) -> dict[str, list[Moved]]:
    """By indicator that gives no firm away: the groups that fewer than three units would move.
    `projects`: those that are a group too.
    """
    found: dict[str, list[Moved]] = {}
    levels: dict[str, Changes] = {}
    for code, indicator in sorted(catalogue.indicators.items()):
        if not indicator.hides_small_groups:
            continue
        level = indicator.level
        if level not in levels:
            levels[level] = changes_of(level, round_code, before, after, projects)
        rows = few(levels[level].moved(levels[level].of(indicator.variables)))
        if rows:
            found[code] = rows
    return found


def changes_of(
    level: str, round_code: str, before: int, after: int, projects: Collection[str] = ()
) -> Changes:
    """What a figure of the round may read: values and attributes of the round and before it."""
    first, last = sorted((before, after))
    between = Q(approved_in__gt=first, approved_in__lte=last) | Q(
        superseded_in__gt=first, superseded_in__lte=last
    )
    asked = {"round__lte": round_code, "subject__startswith": f"{level[0].upper()}:"}
    observed = Observation.objects.filter(between, **asked).order_by()
    by_variable: dict[str, set[str]] = defaultdict(set)
    values = Measurement.objects.filter(between, **asked).order_by()
    for code, subject in values.values_list("variable_code", "subject").distinct():
        by_variable[code].add(subject)
    changes = Changes(set(observed.values_list("subject", flat=True).distinct()), by_variable)
    units = changes.observed.union(*by_variable.values())
    places: dict[Place, set[str]] = defaultdict(set)
    for number in {before, after}:  # a group that a unit has left moves too
        for unit, *at in memberships(level, round_code, number, units, projects):
            places[at[0], at[1]].add(unit)
    changes.places = places
    return changes


def memberships(
    level: str, round_code: str, as_of: int, units: set[str], projects: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """(unit, grouping, group) of every group that a unit has been in up to the round."""
    groupings = [name for name in PUBLIC_GROUPINGS if name in OF_LEVEL[level]]
    for row in _observed(level, round_code, as_of, units):
        yield row.subject, "", ""
        if row.project_id in projects:
            yield row.subject, PROJECT, row.project_id
        for grouping in groupings:
            if grouping == "typology":
                for network in row.networks.all():
                    yield row.subject, grouping, network.typology
            else:
                yield row.subject, grouping, getattr(row, grouping) or names.UNKNOWN


def _observed(level: str, round_code: str, as_of: int, units: set[str]) -> Iterator[Observation]:
    rows = Observation.objects.as_of(as_of).filter(kind=Kind.REGULAR, round__lte=round_code)
    rows = rows.filter(level=level).prefetch_related("networks").order_by("pk")
    return (row for row in rows if row.subject in units)
