"""From a figure back to the record: the rows behind it."""

from collections.abc import Mapping
from typing import Any

from .arithmetic import exact, publish
from .catalogue import Catalogue
from .engine import make_question
from .evaluation import Evaluation
from .frames import Snapshot
from .groups import Group
from .record import Record
from .sources import Source
from .specification import Specification
from .states import ByVariable, State
from .trace import Trace, TraceCell, TraceRow
from .trace_reasons import exclusion_reason, missing_code, panel_exclusion_reason


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
    for snapshot, states, cells in evaluation.earlier:
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
    reason = exclusion_reason(evaluation, snapshot, states, cells, unit, group)
    state = states.get(unit)
    traced = _cells(evaluation, cells, unit)
    return TraceRow(
        project=observation.project,
        subject=observation.subject,
        round=observation.round,
        membership=observation.membership,
        cluster=snapshot.frame.cluster.get(unit, ""),
        eligible=not reason or (isinstance(state, str) and reason == missing_code(state)),
        respondent=not reason,
        panel_eligible=False,
        in_panel=False,
        reason=reason,
        value=_number(state, 0),
        denominator=_number(state, 1) if evaluation.indicator.denominator else None,
        cells=traced,
        approvals=sorted({observation.approved_in, *(cell.approved_in for cell in traced)}),
    )


def _add_panel(evaluation: Evaluation, row: TraceRow, unit: int, group: Group) -> None:
    observation = evaluation.at_t.base.observation.get(unit)
    row.panel_reason = panel_exclusion_reason(evaluation, observation, unit, group)
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
