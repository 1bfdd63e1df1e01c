"""Attrition: how many units are lost between the baseline that is due and the figure, why, and what
they could change.

Flow: baseline due -> captured -> answered at t -> used. Bounds: shares with all lost = no and all
lost = yes; amounts under two named scenarios, "lost firms unchanged since baseline" and "lost firms
closed". Never called best and worst.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .arithmetic import HUNDRED, exact, publish, total
from .catalogue import Catalogue
from .engine import make_question
from .evaluation import Evaluation
from .groups import Group
from .record import Record
from .sources import Source
from .specification import Specification


@dataclass(slots=True)
class Attrition:
    """Flow and bounds of one indicator in one group. Amounts and shares as published; None where
    undefined.

    losses: by stage (`captured`, `answered`, `used`) the units lost on the way there, by cause.
    bounds: shares: `all_lost_no`, `all_lost_yes` (percent); amounts: `baseline` (used and lost
    units with a baseline), `lost_unchanged`, `lost_closed` (the same units at t under each
    scenario).
    """

    indicator: str
    group: dict[str, str]
    period: str
    due: int
    captured: int
    answered: int
    used: int
    losses: dict[str, dict[str, int]] = field(default_factory=dict)
    bounds: dict[str, str | None] = field(default_factory=dict)


def attrition(
    spec: Specification,
    source: Source,
    catalogue: Catalogue,
    indicators: Iterable[str] | None = None,
) -> list[Attrition]:
    """Flow and bounds of each indicator that has a baseline, for each emitted group, in order.
    Staff only.

    Without `indicators` those of the catalogue's table of attrition.
    """
    if indicators is None:
        indicators = [indicator.code for indicator in catalogue.in_order("attrition_order")]
    flows: list[Attrition] = []
    with exact():
        question = make_question(spec, Record.load(source), catalogue, intervals=False)
        for code in indicators:
            evaluation = Evaluation.load(question, catalogue.indicators[code], source)
            if evaluation.has_baseline:
                flows += [flow(evaluation, group) for group in sorted(evaluation.groups())]
    return flows


def flow(evaluation: Evaluation, group: Group) -> Attrition:
    """The steps of one group, with the causes of what is lost at each."""
    due = [unit for unit in evaluation.at_t.base.units(group) if is_due(evaluation, unit)]
    captured = [unit for unit in due if has_baseline_before(evaluation, unit)]
    answered = [unit for unit in captured if isinstance(evaluation.now.get(unit), tuple)]
    used = [unit for unit in answered if unit in evaluation.pairs]
    losses = {
        "captured": Counter(str(evaluation.before.get(unit)) for unit in set(due) - set(captured)),
        "answered": Counter(
            evaluation.loss(unit) or str(evaluation.now.get(unit))
            for unit in set(captured) - set(answered)
        ),
        "used": Counter("baseline_not_before" for _ in set(answered) - set(used)),
    }
    return Attrition(
        indicator=evaluation.indicator.code,
        group=dict(group),
        period=evaluation.when.period_of("") or evaluation.question.frames.round,
        due=len(due),
        captured=len(captured),
        answered=len(answered),
        used=len(used),
        losses={stage: dict(sorted(causes.items())) for stage, causes in losses.items()},
        bounds=bounds(evaluation, group),
    )


def is_due(evaluation: Evaluation, unit: int) -> bool:
    """Whether the unit should have had a baseline by t."""
    if evaluation.rule.over == "baseline":
        return unit in evaluation.panel_eligible
    return (
        unit in evaluation.at_t.joined
        and unit in evaluation.before
        and (unit in evaluation.now or evaluation.unasked(unit) is not None)
    )


def has_baseline_before(evaluation: Evaluation, unit: int) -> bool:
    """Whether its baseline was captured and lies before the period."""
    return evaluation.rule.over == "baseline" or isinstance(evaluation.before[unit], tuple)


def bounds(evaluation: Evaluation, group: Group) -> dict[str, str | None]:
    """What the lost units could change; empty for rules that have no such scenario."""
    units = evaluation.panel_units(group)
    pairs = [evaluation.pairs[unit] for unit in units if unit in evaluation.pairs]
    lost = [unit for unit in units if unit in evaluation.losses]
    rule = evaluation.rule
    if rule.lost_as == "share":
        yes = sum(1 for pair in pairs if rule.is_yes(pair, evaluation.indicator))
        count = len(pairs) + len(lost)
        if not count:
            return {"all_lost_no": None, "all_lost_yes": None}
        return {
            "all_lost_no": publish(HUNDRED * yes / count),
            "all_lost_yes": publish(HUNDRED * (yes + len(lost)) / count),
        }
    if rule.lost_as != "amount":
        return {}
    ends = (evaluation.cells_now, evaluation.baseline_cells)
    if len(evaluation.currencies(units, *ends)) > 1:
        return dict.fromkeys(("baseline", "lost_unchanged", "lost_closed"))
    unchanged = [evaluation.before[unit] for unit in lost]
    at_base = total(state[0] for state in unchanged if isinstance(state, tuple))
    now, before = total(pair.x for pair in pairs), total(pair.x0 for pair in pairs)
    return {
        "baseline": amount(before + at_base),
        "lost_unchanged": amount(now + at_base),
        "lost_closed": amount(now),
    }


def amount(value: Decimal) -> str | None:
    """None where a rate was missing."""
    return None if value.is_nan() else publish(value)
