"""From a figure back to the record: its rule, its rows, why others were left out, and the approvals
behind them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from .arithmetic import exact, publish
from .catalogue import Catalogue
from .catalogue_rows import Indicator
from .engine import make_question
from .evaluation import Evaluation
from .frames import Moment, Snapshot
from .groups import Group
from .record import Record
from .sources import LEFT, NOT_APPLICABLE, Observation, Source
from .specification import Specification
from .states import ByVariable, State


class TraceCell(NamedTuple):
    """One approved cell behind a figure; `converted` as published, None where nothing is converted."""

    variable: str
    period: str
    value: Decimal | None
    missing: str
    currency: str
    converted: str | None
    catalogue: str
    approved_in: int


@dataclass(slots=True)
class TraceRow:
    """One unit of one project at one round, and its part in the figure.

    eligible, respondent: in E(t), in R; panel_eligible, in_panel: the same of the panel. `reason`
    says why it is not a respondent, `panel_reason` why it is not in P; empty when it is. Codes
    besides the missing codes of the record: other_project, other_group, left,
    closed_without_baseline, not_asked, zero_denominator, below_min_k, condition_not_met; for the
    panel no_baseline, not_asked_at_baseline, joined_after, baseline_not_before, closed_unknown.
    value, denominator: what enters the figure, as published; base_*: the same at the unit's own
    baseline.
    """

    project: str
    subject: str
    round: str
    membership: str
    cluster: str
    eligible: bool
    respondent: bool
    panel_eligible: bool
    in_panel: bool
    reason: str = ""
    panel_reason: str = ""
    value: str | None = None
    denominator: str | None = None
    base_value: str | None = None
    base_denominator: str | None = None
    reconstructed: bool = False
    cells: list[TraceCell] = field(default_factory=list)
    baseline: list[TraceCell] = field(default_factory=list)
    approvals: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Trace:
    """What stands behind one figure."""

    indicator: Indicator
    measure: str
    group: dict[str, str]
    period: str
    rule: str
    rows: list[TraceRow]

    @property
    def exclusions(self) -> dict[str, int]:
        """Rows that are not respondents, by reason."""
        return dict(sorted(Counter(row.reason for row in self.rows if row.reason).items()))

    @property
    def panel_exclusions(self) -> dict[str, int]:
        return dict(
            sorted(Counter(row.panel_reason for row in self.rows if row.panel_reason).items())
        )

    @property
    def approvals(self) -> list[int]:
        """Numbers of all approvals that wrote an observation or a cell behind the figure."""
        return sorted({number for row in self.rows for number in row.approvals})


def rows_behind(definition: Mapping[str, Any], source: Source, catalogue: Catalogue) -> Trace:
    """The rows behind a figure, from what its id stands for (see `figures.definition`).

    All units of the figure's scope and group are listed, those left out with the reason, the other
    projects' rows of a firm in several projects too; for `to_date` once for each round. Raises
    KeyError for an unknown indicator.
    """
    group: Group = tuple(sorted(definition["group"].items()))
    spec = Specification(
        scope={key: tuple(values) for key, values in definition["scope"].items()},
        group_by=tuple(key for key, _ in group),
        indicators=(definition["indicator"],),
        round=definition["round"],
        as_of=definition["as_of"],
        audience=definition["audience"],
        prices=definition["prices"],
        currency=definition["currency"],
    )
    with exact():
        question = make_question(spec, Record.load(source), catalogue, intervals=False)
        evaluation = Evaluation.load(
            question, catalogue.indicators[definition["indicator"]], source
        )
        rows = (
            _rows_of_rounds(evaluation, group)
            if definition["measure"] == "to_date"
            else _rows(evaluation, group)
        )
    return Trace(
        indicator=evaluation.indicator,
        measure=definition["measure"],
        group=dict(group),
        period=evaluation.when.period_of("") or spec.round,
        rule=evaluation.rule.meaning,
        rows=rows,
    )


def _rows(evaluation: Evaluation, group: Group) -> list[TraceRow]:
    at_t = evaluation.at_t
    units = {*_members(at_t.frame, group), *_members(at_t.base, group)}
    cells = evaluation.cells_now
    rows = []
    for unit in sorted(units):
        row = _row(evaluation, at_t, evaluation.now, cells, unit, group)
        _add_panel(evaluation, row, unit, group)
        rows.append(row)
    return rows


def _rows_of_rounds(evaluation: Evaluation, group: Group) -> list[TraceRow]:
    rows = []
    for code, (snapshot, states) in zip(evaluation.earlier_rounds, evaluation.earlier, strict=True):
        cells = evaluation.cells_at(Moment(code, annual=evaluation.when.annual))
        rows += [
            _row(evaluation, snapshot, states, cells, unit, group)
            for unit in sorted(_members(snapshot.frame, group))
        ]
    return rows


def _members(frame, group: Group) -> set[int]:
    return set(frame.units(group)) | set(frame.set_aside.get(group, ()))


def _row(
    evaluation: Evaluation,
    snapshot: Snapshot,
    states: State,
    cells: ByVariable,
    unit: int,
    group: Group,
) -> TraceRow:
    observation = snapshot.now[unit]
    reason = _reason(evaluation, snapshot, states, cells, unit, group)
    state = states.get(unit)
    traced = _cells(evaluation, cells, unit)
    return TraceRow(
        project=observation.project,
        subject=observation.subject,
        round=observation.round,
        membership=observation.membership,
        cluster=snapshot.frame.cluster.get(unit, ""),
        eligible=not reason or (isinstance(state, str) and reason == _code(state)),
        respondent=not reason,
        panel_eligible=False,
        in_panel=False,
        reason=reason,
        value=_number(state, 0),
        denominator=_number(state, 1) if evaluation.indicator.denominator else None,
        cells=traced,
        approvals=sorted({observation.approved_in, *(cell.approved_in for cell in traced)}),
    )


def _reason(
    evaluation: Evaluation,
    snapshot: Snapshot,
    states: State,
    cells: ByVariable,
    unit: int,
    group: Group,
) -> str:
    """Why a unit is no respondent; empty when it is."""
    over_baseline = evaluation.rule.over == "baseline"
    frame = snapshot.base if over_baseline else snapshot.frame
    if unit in frame.set_aside.get(group, ()):
        return "other_project"
    if unit not in frame.units(group):
        return "other_group"
    if not over_baseline and unit not in snapshot.eligible:
        return LEFT if snapshot.now[unit].membership == LEFT else "closed_without_baseline"
    state = states.get(unit)
    if state is None:
        asked = any(unit in column for column in cells.values())
        return NOT_APPLICABLE if asked else "not_asked"
    return _code(state) if isinstance(state, str) else ""


def _code(state: str) -> str:
    """The missing code alone, without what was missing."""
    return state.rpartition(":")[2]


def _add_panel(evaluation: Evaluation, row: TraceRow, unit: int, group: Group) -> None:
    observation = evaluation.at_t.base.observation.get(unit)
    row.panel_reason = _panel_reason(evaluation, observation, unit, group)
    row.in_panel = not row.panel_reason
    row.panel_eligible = unit in evaluation.panel_units(group)
    row.reconstructed = observation is not None and observation.reconstructed
    row.baseline = _cells(evaluation, evaluation.baseline_cells, unit)
    before = evaluation.before.get(unit)
    row.base_value = _number(before, 0)
    row.base_denominator = _number(before, 1) if evaluation.indicator.denominator else None
    numbers = {cell.approved_in for cell in row.baseline} | (
        {observation.approved_in} if observation else set()
    )
    row.approvals = sorted({*row.approvals, *numbers})


def _panel_reason(
    evaluation: Evaluation, observation: Observation | None, unit: int, group: Group
) -> str:
    """Why a unit is not in P; empty when it is."""
    at_t = evaluation.at_t
    if not evaluation.has_baseline:
        return "not_asked_at_baseline"
    if observation is None:
        return "no_baseline"
    if unit in at_t.base.set_aside.get(group, ()):
        return "other_project"
    if unit not in at_t.base.units(group):
        return "other_group"
    if unit not in evaluation.panel_eligible:
        if unit not in evaluation.now and not evaluation.unasked(unit):
            return NOT_APPLICABLE
        if unit not in at_t.joined:
            return "joined_after"
        return "baseline_not_before" if unit in evaluation.before else "not_asked_at_baseline"
    if unit in evaluation.pairs:
        return ""
    now, before = evaluation.now.get(unit), evaluation.before[unit]
    return evaluation.losses.get(unit) or str(now if isinstance(now, str) else before)


def _cells(evaluation: Evaluation, cells: ByVariable, unit: int) -> list[TraceCell]:
    traced = []
    for code, column in cells.items():
        if unit in column:
            value, missing, period, currency, version, number = column[unit]
            convert = evaluation.conversion(code)
            amount = convert(value, currency, period) if convert and value is not None else None
            converted = publish(amount) if amount is not None and not amount.is_nan() else None
            traced.append(
                TraceCell(code, period, value, missing, currency, converted, version, number)
            )
    return traced


def _number(state, place: int) -> str | None:
    if not isinstance(state, tuple) or state[place].is_nan():
        return None
    return publish(state[place])
