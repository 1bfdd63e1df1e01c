"""Scope, groups and frames: which units a figure is about, before any value is read (rules.md,
Terms).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from .periods import age_band
from .record import ByUnit, Record
from .sources import NetworkRow, Observation

GROUPINGS = (
    "country",
    "typology",
    "project",
    "network",
    "sector",
    "size",
    "owner_sex",
    "network_age",
)
OF_LEVEL = {
    "firm": GROUPINGS,
    "network": ("country", "typology", "project", "network", "sector", "network_age"),
    "project": ("country", "typology", "project"),
}
UNKNOWN = "unknown"
FAR = date.max

Group = tuple[tuple[str, str], ...]  # ((key, value), ...) sorted by key; () is the whole
WHOLE: Group = ()


@dataclass(frozen=True)
class Scope:
    """ "And" between keys, "or" inside one; an absent key asks nothing."""

    projects: frozenset[str] | None = None
    countries: frozenset[str] | None = None
    typologies: frozenset[str] | None = None
    networks: frozenset[str] | None = None

    @classmethod
    def of(cls, named: Mapping[str, Iterable[str]]) -> "Scope":
        return cls(**{key: frozenset(values) for key, values in named.items()})

    def rows(self, observation: Observation) -> tuple[NetworkRow, ...] | None:
        """The network rows of an observation that are in scope; None when the observation itself is
        not.
        """
        if self.projects is not None and observation.project not in self.projects:
            return None
        if self.countries is not None and observation.country not in self.countries:
            return None
        if self.networks is None and self.typologies is None:
            return observation.networks
        rows = tuple(row for row in observation.networks if self._holds(row))
        return rows or None

    def _holds(self, row: NetworkRow) -> bool:
        return (self.networks is None or row.network in self.networks) and (
            self.typologies is None or row.typology in self.typologies
        )


def cluster_of(observation: Observation) -> str:
    """Firm: the network joined first (without one: its project). Other levels: the project."""
    if observation.level == "firm" and observation.networks:
        return f"N:{observation.networks[0].network}"
    return f"P:{observation.project}"


@dataclass
class Frame:
    """Units in scope and by group, from one observation of each; emitted groups are a figure's
    possible groups.
    """

    observation: ByUnit = field(default_factory=dict)
    groups: dict[Group, list[int]] = field(default_factory=dict)
    cluster: dict[int, str] = field(default_factory=dict)
    set_aside: dict[Group, frozenset[int]] = field(default_factory=dict)

    def units(self, group: Group) -> list[int]:
        return self.groups.get(group, [])


@dataclass
class Grouper:
    """Sorts observations of one level into the groups of a specification."""

    record: Record
    scope: Scope
    group_by: Sequence[str]
    level: str
    last_day: date

    def __post_init__(self) -> None:
        keys = [key for key in self.group_by if key in OF_LEVEL[self.level]]
        self.combinations = [(), *((key,) for key in keys)]
        if len(keys) == 2:
            self.combinations.append(tuple(sorted(keys)))

    def frame(self, observations: ByUnit, now: ByUnit | None = None) -> Frame:
        """Sort each unit by its observation; `network_age` is read from `now` where that is another
        one.
        """
        frame = Frame()
        members: dict[Group, list[int]] = defaultdict(list)
        for unit, observation in observations.items():
            rows = self.scope.rows(observation)
            if rows is None:
                continue
            frame.observation[unit] = observation
            frame.cluster[unit] = cluster_of(observation)
            for group in self.groups_of(
                observation, rows, now[unit] if now is not None else observation
            ):
                members[group].append(unit)
        for group, units in members.items():
            frame.groups[group] = once = self._once(group, units, frame.observation)
            if len(once) != len(units):
                frame.set_aside[group] = frozenset(units) - frozenset(once)
        return frame

    def groups_of(
        self, observation: Observation, rows: Sequence[NetworkRow], now: Observation
    ) -> Iterator[Group]:
        """All groups of one unit: the whole, each margin, each cell. Each once."""
        for keys in self.combinations:
            if not keys:
                yield WHOLE
            elif keys == ("network", "typology"):
                pairs = dict.fromkeys((row.network, row.typology) for row in rows) or {
                    (UNKNOWN, UNKNOWN): None
                }
                yield from (
                    (("network", network), ("typology", typology)) for network, typology in pairs
                )
            else:
                for values in product(*(self._values(key, observation, rows, now) for key in keys)):
                    yield tuple(zip(keys, values, strict=True))

    def _values(
        self, key: str, observation: Observation, rows: Sequence[NetworkRow], now: Observation
    ) -> Sequence[str]:
        if key == "typology":
            return list(dict.fromkeys(row.typology for row in rows)) or [UNKNOWN]
        if key == "network":
            return list(dict.fromkeys(row.network for row in rows)) or [UNKNOWN]
        if key == "network_age":
            return [
                age_band(now.networks[0].constituted_on if now.networks else None, self.last_day)
            ]
        return [getattr(observation, key) or UNKNOWN]

    def _once(self, group: Group, units: list[int], observation: ByUnit) -> list[int]:
        """A firm in two projects counts once, where it joined first, unless the figure is by
        project or network.
        """
        shared = self.record.shared
        if not shared or any(key in ("project", "network") for key, _ in group):
            return units
        first: dict[str, int] = {}
        for unit in units:  # in order of project: an equal day leaves the lower code
            subject = observation[unit].subject
            if subject in shared and (
                subject not in first
                or _joined(observation[unit]) < _joined(observation[first[subject]])
            ):
                first[subject] = unit
        if not first:
            return units
        return [unit for unit in units if first.get(observation[unit].subject, unit) == unit]


def _joined(observation: Observation) -> date:
    return observation.joined_on or FAR
