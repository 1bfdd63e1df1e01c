"""Writing the approved record: differences against what is live, observations, the next link of the
chain.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monitoring.choices import ApprovalKind, Kind, Level, Missing, Source
from monitoring.models import (
    Approval,
    Measurement,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Submission,
)
from monitoring.record.chain import Act, Facts, canonical, chained
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import UNKNOWN, Unit, UnitNetwork
from monitoring.sheet.units_of_record import networks_of
from pip_network.files import bulk
from pip_network.models import User
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update

CHUNK = 500
NO_DATA = (None, Missing.NO_DATA.value, Source.SYSTEM.value)
OBSERVED = (
    "membership",
    "country",
    "sector",
    "size",
    "owner_sex",
    "currency",
    "constituted_on",
    "joined_on",
    "captured_on",
    "reconstructed",
)
MEASURED = (
    "project",
    "level",
    "subject",
    "firm",
    "network",
    "kind",
    "round",
    "catalogue",
    "variable",
    "variable_code",
    "period",
    "value",
    "missing",
    "source",
    "currency",
)
MODELS: dict[str, Any] = {
    "measurements": Measurement,
    "observations": Observation,
    "rates": Rate,
    "narratives": Narrative,
}


@dataclass
class Draft:
    """The rows of the next approval, before they are written, and the ids that they supersede."""

    measurements: list[tuple] = field(default_factory=list)  # values in the order of MEASURED
    observations: list[Observation] = field(default_factory=list)
    networks: list[ObservationNetwork] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    narratives: list[Narrative] = field(default_factory=list)
    superseded: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in MODELS})

    def observe(self, row: Observation, networks: Iterable[UnitNetwork]) -> None:
        self.observations.append(row)
        self.networks += [
            ObservationNetwork(
                observation=row,
                network_id=n.code,
                typology=n.typology,
                constituted_on=n.constituted_on,
                joined_on=n.joined_on,
                position=n.position,
            )
            for n in networks
        ]

    @property
    def is_empty(self) -> bool:
        rows = (
            self.measurements,
            self.observations,
            self.rates,
            self.narratives,
            *self.superseded.values(),
        )
        return not any(rows)


def write(
    draft: Draft,
    *,
    kind: ApprovalKind,
    approver: User,
    at: dt.datetime,
    reason: str = "",
    submission: Submission | None = None,
) -> Approval:
    """Take the next number under the lock of the head, write the rows and the link of the chain.

    In a transaction that already holds the submission's lock, if there is one: numbers have no gaps
    and commit in order.
    """
    head = for_update(RecordHead.objects.all()).get(pk=1)
    number = head.number + 1
    for name, ids in draft.superseded.items():
        for start in range(0, len(ids), CHUNK):
            MODELS[name].objects.filter(pk__in=ids[start : start + CHUNK]).update(
                superseded_in=number
            )
    _insert(draft, number)
    author = submission.submitted_by_id if submission else None
    act = Act(
        number,
        kind.value,
        submission.project_id if submission else "",
        submission.round_id if submission else "",
        submission.revision if submission else 0,
        at,
        author,
        approver.pk,
        reason,
    )
    approval = Approval.objects.create(
        number=number,
        kind=kind,
        submission=submission,
        revision=submission.revision if submission else None,
        at=at,
        author_id=author,
        approver=approver,
        reason=reason,
        previous_hash=head.hash,
        hash=chained(head.hash, canonical(act, Facts.read(number))),
    )
    head.number, head.hash = number, approval.hash
    head.save(update_fields=["number", "hash"])
    return approval


def _insert(draft: Draft, number: int) -> None:
    """All rows of the approval; their foreign key to it is checked at commit."""
    bulk.insert(
        Measurement, (*MEASURED, "approved_in"), ((*row, number) for row in draft.measurements)
    )
    for rows in (draft.observations, draft.rates, draft.narratives):
        for row in rows:
            row.approved_in_id = number
    Observation.objects.bulk_create(draft.observations)
    for tie in draft.networks:
        tie.observation_id = tie.observation.pk
    ObservationNetwork.objects.bulk_create(draft.networks)
    Rate.objects.bulk_create(draft.rates)
    Narrative.objects.bulk_create(draft.narratives)


# --- the differences of a submission


def draft_of(sheet: Sheet) -> Draft:
    """What approving this sheet changes in the record.

    Raises Conflict when a core cell has become blank meanwhile.
    """
    draft = Draft()
    if sheet.blank_core:
        raise Conflict(
            _(
                "The registry has changed since this was submitted: %(count)s core cells are "
                "blank now. Return it."
            )
            % {"count": len(sheet.blank_core)}
        )
    _measure(draft, sheet)
    _observe(draft, sheet)
    _narrate(draft, sheet.submission)
    return draft


def _measure(draft: Draft, sheet: Sheet) -> None:
    submission, by_subject = sheet.submission, sheet.roster.by_subject
    fields = (
        "subject",
        "kind",
        "variable_code",
        "id",
        "value",
        "missing",
        "source",
        "period",
        "currency",
    )
    live = {
        row[:3]: row[3:]
        for row in Measurement.objects.live()
        .filter(project_id=submission.project_id, round_id=submission.round_id)
        .order_by()
        .values_list(*fields)
    }
    for key, asked in sheet.asked.items():
        value, missing, source = asked.written or sheet.contents.get(key, NO_DATA)[:3]
        currency = by_subject[key.subject].currency if asked.variable.is_money else ""
        live_row = live.pop(key, None)
        if live_row is not None:
            if live_row[1:] == (value, missing, source, asked.period, currency):
                continue
            draft.superseded["measurements"].append(live_row[0])
        draft.measurements.append(
            _measurement(submission, key, asked, value, missing, source, currency)
        )
    draft.superseded["measurements"] += [row[0] for row in live.values()]  # no longer asked


def _measurement(
    submission: Submission,
    key: CellKey,
    asked: Asked,
    value: Decimal | None,
    missing: str,
    source: str,
    currency: str,
) -> tuple:
    """Its catalogue is the version in which its variable's definition began: two ends of a panel
    are compared by it.
    """
    variable, (subject, kind, variable_code) = asked.variable, key
    level, code = subject[0], subject[2:]
    return (
        submission.project_id,
        variable.level,
        subject,
        code if level == "F" else None,
        code if level == "N" else None,
        kind,
        submission.round_id,
        variable.defined_in,
        variable.pk,
        variable_code,
        asked.period,
        value,
        missing,
        source,
        currency,
    )


def _observe(draft: Draft, sheet: Sheet) -> None:
    live = live_observations(sheet.submission.project_id, sheet.submission.round_id)
    for unit in sheet.roster.units:
        for kind in (Kind.BASELINE, Kind.REGULAR) if unit.needs_baseline else (Kind.REGULAR,):
            row = _observation(sheet, unit, kind)
            live_row = live.pop((unit.subject, kind.value), None)
            if live_row is not None:
                if live_row[1:] == (observed(row), unit.networks):
                    continue
                draft.superseded["observations"].append(live_row[0].pk)
            draft.observe(row, unit.networks)
    draft.superseded["observations"] += [live_row[0].pk for live_row in live.values()]


def live_observations(
    project: str, round: str
) -> dict[tuple[str, str], tuple[Observation, tuple, tuple[UnitNetwork, ...]]]:
    """What the record says of each subject of a round: by (subject, kind), the row, its attributes,
    its networks.
    """
    rows = list(
        Observation.objects.live().filter(project_id=project, round_id=round).order_by("id")
    )
    networks = networks_of(rows)
    return {(row.subject, row.kind): (row, observed(row), networks.get(row.pk, ())) for row in rows}


def observed(row: Observation) -> tuple:
    """The attributes that an observation freezes, in one order."""
    return tuple(getattr(row, name) for name in OBSERVED)


def _observation(sheet: Sheet, unit: Unit, kind: Kind) -> Observation:
    submission = sheet.submission
    return Observation(
        project_id=submission.project_id,
        level=unit.level,
        subject=unit.subject,
        firm_id=unit.code if unit.level == Level.FIRM else None,
        network_id=unit.code if unit.level == Level.NETWORK else None,
        kind=kind.value,
        round_id=submission.round_id,
        catalogue_id=submission.catalogue_id,
        membership=str(unit.state),
        country=unit.country,
        sector=unit.sector,
        size=_size(sheet, unit),
        owner_sex=unit.owner_sex,
        currency=unit.currency,
        constituted_on=unit.constituted_on,
        joined_on=unit.joined_on,
        captured_on=unit.captured_on,
        reconstructed=unit.reconstructed,
    )


def _size(sheet: Sheet, unit: Unit) -> str:
    """Size class of a firm, from the jobs of its baseline."""
    if unit.level != Level.FIRM or not unit.needs_baseline:
        return unit.size
    return size_class(sheet.data.values.get(CellKey(unit.subject, Kind.BASELINE.value, "jobs")))


def size_class(jobs: Decimal | None) -> str:
    if jobs is None:
        return UNKNOWN
    for name, below in (("micro", 10), ("small", 50), ("medium", 250)):
        if jobs < below:
            return name
    return "large"


def _narrate(draft: Draft, submission: Submission) -> None:
    """Texts that differ from the approved ones; an emptied text takes the approved one away."""
    live = {
        n.theme: n
        for n in Narrative.objects.live().filter(
            project_id=submission.project_id, round_id=submission.round_id
        )
    }
    for text in submission.narrative_drafts.order_by("theme"):
        approved = live.get(text.theme)
        if (
            (approved.text, approved.language) == (text.text, text.language)
            if approved
            else not text.text.strip()
        ):
            continue
        if approved is not None:
            draft.superseded["narratives"].append(approved.pk)
        if text.text.strip():
            draft.narratives.append(
                Narrative(
                    project_id=submission.project_id,
                    round_id=submission.round_id,
                    theme=text.theme,
                    text=text.text,
                    language=text.language,
                )
            )
