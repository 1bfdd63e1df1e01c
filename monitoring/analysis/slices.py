"""The units of one figure, cut out of an indicator that was evaluated for all: what its rule
computes from.
"""

from collections import Counter

from monitoring.analysis.rules.result import Answer, Value
from monitoring.analysis.rules.slice import Slice

from .evaluation import Evaluation
from .groups import Group
from .rules.total import to_date
from .states import ByVariable, State


def slice_of(evaluation: Evaluation, group: Group) -> Slice:
    """Answers and causes of E(t), pairs and losses of the panel, each with its cluster, of one
    group.
    """
    units, panel_units = evaluation.units(group), evaluation.panel_units(group)
    now, pairs, losses = evaluation.now, evaluation.pairs, evaluation.losses
    at_t, converted = evaluation.at_t, evaluation.converted
    slice_ = answers_of(evaluation, units, now, evaluation.cells_now)
    in_panel = [unit for unit in panel_units if unit in pairs]
    slice_.pairs = [pairs[unit] for unit in in_panel]
    slice_.panel_eligible = len(panel_units)
    lost = Counter(losses[unit] for unit in panel_units if unit in losses)
    slice_.lost = dict(sorted(lost.items()))
    slice_.reconstructed = sum(1 for unit in in_panel if at_t.base.observation[unit].reconstructed)
    slice_.has_baseline = evaluation.has_baseline
    broken = evaluation.broken
    slice_.changed = any(unit in broken for unit in in_panel) if broken else False
    slice_.pairs_unrated = converted and any(
        part.is_nan() for pair in slice_.pairs for part in pair
    )
    ends = (evaluation.cells_now, evaluation.baseline_cells)
    slice_.pair_currencies = evaluation.currencies(in_panel, *ends)
    slice_.pair_currencies_now = evaluation.currencies(in_panel, evaluation.cells_now)
    slice_.pairs_unrated_now = converted and any(
        pair.x.is_nan() or pair.w.is_nan() for pair in slice_.pairs
    )
    if evaluation.rule.over == "P":
        slice_.joined_later = joined_later(evaluation, units, panel_units)
        slice_.zero_at_base = sum(1 for unit in in_panel if is_zero_at_base(evaluation, unit))
    if evaluation.question.intervals and evaluation.indicator.level != "project":
        frame = at_t.base if evaluation.rule.over == "baseline" else at_t.frame
        slice_.clusters = [frame.cluster[unit] for unit in units if isinstance(now[unit], tuple)]
        slice_.pair_clusters = [at_t.base.cluster[unit] for unit in in_panel]
    if evaluation.adds:
        slice_.to_date = added_rounds(evaluation, group)
    return slice_


def answers_of(evaluation: Evaluation, units: list[int], states: State, cells: ByVariable) -> Slice:
    """Answers and causes of these units, without a panel; `cells`: those that the states tell."""
    answers: list[Answer] = []
    causes: list[str] = []
    for unit in units:
        state = states[unit]
        if isinstance(state, tuple):
            answers.append(state)
        else:
            causes.append(state)
    slice_ = Slice(evaluation.indicator, answers, causes)
    answered = (unit for unit in units if isinstance(states[unit], tuple))
    slice_.currencies = evaluation.currencies(answered, cells)
    slice_.unrated = evaluation.converted and any(x.is_nan() or w.is_nan() for x, w in answers)
    return slice_


def joined_later(evaluation: Evaluation, units: list[int], panel_units: list[int]) -> int:
    """Respondents who are not panel-eligible."""
    eligible, now = set(panel_units), evaluation.now
    return sum(1 for unit in units if isinstance(now[unit], tuple) and unit not in eligible)


def is_zero_at_base(evaluation: Evaluation, unit: int) -> bool:
    """As entered, so that it is known without a rate."""
    columns = evaluation.baseline_cells.values()
    return not any(unit in cells and cells[unit][0] for cells in columns)


def added_rounds(evaluation: Evaluation, group: Group) -> Value:
    """The value of `to_date`: each asked round up to t, added."""
    slices = []
    for snapshot, states, cells in evaluation.earlier:
        eligible = snapshot.eligible
        units = [
            unit for unit in snapshot.frame.units(group) if unit in eligible and unit in states
        ]
        slices.append(answers_of(evaluation, units, states, cells))
    return to_date(slices)
