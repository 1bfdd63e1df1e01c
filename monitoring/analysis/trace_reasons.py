"""Why a unit is left out of a figure, or of its panel."""

from .evaluation import Evaluation
from .frames import Snapshot
from .groups import Group
from .sources import LEFT, NOT_APPLICABLE, Observation
from .states import ByVariable, State


def exclusion_reason(
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
    return missing_code(state) if isinstance(state, str) else ""


def missing_code(state: str) -> str:
    """The missing code alone, without what was missing."""
    return state.rpartition(":")[2]


def panel_exclusion_reason(
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
