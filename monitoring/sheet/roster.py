"""Who is asked: the units of a submission, as the registry says at the close of its round.

Once a round is approved its units are those that the record knows, with what was frozen then:
joining, leaving or closing that becomes known later changes no approved round.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from monitoring.choices import Kind, Level, Status
from monitoring.definitions.reading import Definitions, definitions
from monitoring.models import Observation, Round, Submission
from monitoring.sheet.baselines import with_baselines
from monitoring.sheet.units import Unit
from monitoring.sheet.units_of_record import units_of_record
from monitoring.sheet.units_of_registry import units_of_registry
from pip_network.folding import fold
from projects.models import Project


@dataclass(frozen=True)
class Roster:
    """The units of one submission in order: project, networks by code, firms by name."""

    submission: Submission
    units: list[Unit]
    definitions: Definitions = field(repr=False)
    frozen: bool = False
    day: dt.date | None = None

    @property
    def project(self) -> Project:
        return self.submission.project

    @property
    def round(self) -> Round:
        return self.submission.round

    @cached_property
    def by_subject(self) -> dict[str, Unit]:
        return {unit.subject: unit for unit in self.units}

    @cached_property
    def _members(self) -> dict[str, list[Unit]]:
        members: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.level == Level.FIRM:
                for network in unit.networks:
                    members.setdefault(network.code, []).append(unit)
        return members

    def firms_of(self, network_code: str) -> list[Unit]:
        return self._members.get(network_code, [])


def load_roster(
    submission: Submission, *, subjects: Collection[str] | None = None, day: dt.date | None = None
) -> Roster:
    """Units of a submission; with `subjects`, only those and the networks of those firms.

    `day` is the day of asking: milestone questions of a baseline close six months after joining.
    """
    observed = _observed(submission, subjects)
    frozen = any(row.kind == Kind.REGULAR for row in observed)
    units = (
        units_of_record(submission, observed)
        if frozen
        else units_of_registry(submission, subjects, {row.subject for row in observed})
    )
    units = with_baselines(
        submission,
        units,
        {row.subject: row for row in observed if row.kind == Kind.BASELINE},
        frozen,
    )
    order = {Level.PROJECT: 0, Level.NETWORK: 1, Level.FIRM: 2}
    units.sort(
        key=lambda u: (
            order[Level(u.level)],
            fold(u.label) if u.level == Level.FIRM else "",
            u.code,
        )
    )
    return Roster(submission, units, definitions(submission.catalogue_id), frozen, day)


def _observed(submission: Submission, subjects: Collection[str] | None) -> list[Observation]:
    """Live observations of the project: the regular ones of this round and all baselines."""
    live = Observation.objects.live().filter(project_id=submission.project_id)
    if subjects is not None:
        live = live.filter(subject__in=subjects)
    never_approved = submission.revision == 1 and submission.status != Status.APPROVED
    baselines = live.filter(kind=Kind.BASELINE)
    if never_approved:
        return list(baselines)
    return list(
        (baselines | live.filter(kind=Kind.REGULAR, round_id=submission.round_id)).order_by("id")
    )
