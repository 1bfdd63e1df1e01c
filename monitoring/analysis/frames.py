"""Moments and frames: the round at which each variable is read, and the units observed then, sorted
once per moment.
"""

from dataclasses import dataclass, field
from functools import cached_property

from .groups import Frame, Group, Grouper, Scope
from .periods import annual_round, is_second, last_day
from .record import ByUnit, Cells, Record
from .sources import ACTIVE, CLOSED

ANNUAL, MILESTONE = "annual", "milestone"


@dataclass(frozen=True)
class Moment:
    """t: one round for all projects, or (milestone variables) one for each project."""

    common: str = ""
    by_project: tuple[tuple[str, str], ...] = ()
    annual: bool = False

    @cached_property
    def _of(self) -> dict[str, str]:
        return dict(self.by_project)

    def round_of(self, project: str) -> str | None:
        return self.common or self._of.get(project)

    def period_of(self, project: str) -> str:
        code = self.round_of(project) or ""
        return code[:4] if self.annual else code

    def rounds(self) -> list[str]:
        return [self.common] if self.common else sorted({code for _, code in self.by_project})


def moment(frequency: str, report_round: str) -> Moment:
    """t of semester and annual variables: the last asked round at or before the report's."""
    if frequency == ANNUAL:
        return Moment(annual_round(report_round), annual=True)
    return Moment(report_round)


def milestones(record: Record, cells: Cells, variable: str, report_round: str) -> Moment:
    """t of a milestone variable, project by project: the last round up to the report's with regular
    rows of it.
    """
    last: dict[str, str] = {}
    for (of, code), rows in cells.items():
        if of != variable or code > report_round:  # `baseline` sorts after every round
            continue
        for unit in rows:
            project = record.keys[unit][0]
            last[project] = max(code, last.get(project, ""))
    return Moment(by_project=tuple(sorted(last.items())))


def asked_rounds(frequency: str, rounds: list[str]) -> list[str]:
    """Of these rounds, those that ask variables of a frequency."""
    return [code for code in rounds if is_second(code)] if frequency == ANNUAL else rounds


@dataclass
class Snapshot:
    """All that depends on level and moment only, so that indicators share it.

    now: observation of each unit at t, in scope or not; frame: those in scope, by group; eligible:
    members of E before any cell is read; base: units with a baseline observation in scope and an
    observation at t, by their group at baseline; joined: those of base that joined no later than
    the last day of t; missing: groups in which a project has earlier observations but none at t.
    """

    now: ByUnit
    frame: Frame
    eligible: frozenset[int]
    base: Frame
    joined: frozenset[int]
    missing: frozenset[Group]


@dataclass
class Frames:
    """Snapshots of one question, made when first asked for."""

    record: Record
    scope: Scope
    group_by: tuple[str, ...]
    round: str
    _made: dict[tuple[str, Moment], Snapshot] = field(default_factory=dict, repr=False)

    def at(self, level: str, when: Moment) -> Snapshot:
        key = (level, when)
        if key not in self._made:
            self._made[key] = self._make(level, when)
        return self._made[key]

    def _make(self, level: str, when: Moment) -> Snapshot:
        grouper = Grouper(self.record, self.scope, self.group_by, level, last_day(self.round))
        baseline = self.record.baseline[level]
        now = self._observed(level, when)
        frame = grouper.frame(now)
        base = grouper.frame(
            {unit: observation for unit, observation in baseline.items() if unit in now}, now
        )
        return Snapshot(
            now=now,
            frame=frame,
            eligible=frozenset(
                unit
                for unit, observation in frame.observation.items()
                if observation.membership == ACTIVE
                or (observation.membership == CLOSED and unit in baseline)
            ),
            base=base,
            joined=frozenset(
                unit
                for unit, observation in base.observation.items()
                if _began(observation, level) is None
                or _began(observation, level) <= last_day(when.period_of(observation.project))
            ),
            missing=self._missing(
                grouper, level, when, {observation.project for observation in now.values()}
            ),
        )

    def _observed(self, level: str, when: Moment) -> ByUnit:
        if when.common:
            return self.record.regular.get((level, when.common), {})
        by_unit: ByUnit = {}
        for code in when.rounds():
            for unit, observation in self.record.regular.get((level, code), {}).items():
                if when.round_of(observation.project) == code:
                    by_unit[unit] = observation
        return dict(sorted(by_unit.items()))

    def _missing(
        self, grouper: Grouper, level: str, when: Moment, present: set[str]
    ) -> frozenset[Group]:
        missing: set[Group] = set()
        for code in self.record.rounds(level, self.round):
            for observation in self.record.regular[level, code].values():
                if observation.project not in present:
                    rows = self.scope.rows(observation)
                    if rows is not None:
                        missing.update(grouper.groups_of(observation, rows, observation))
        return frozenset(missing)


def _began(observation, level: str):
    """When a unit's own history in the programme begins: joining (firm), constitution (network)."""
    return observation.constituted_on if level == "network" else observation.joined_on
