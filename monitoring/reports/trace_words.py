"""The trace of a figure in words: its own numbers, its formula with them, each row and each
exclusion.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monitoring.analysis import Figure, Trace, TraceRow
from monitoring.analysis.rules import RULES
from monitoring.choices import MembershipState
from monitoring.definitions.words import formula
from monitoring.models import Indicator
from pip_network.web import formats

from . import target_words, text, wording
from .blocks import FlowStep
from .names import Names, grouping

COLUMNS = (
    "project",
    "subject",
    "round",
    "membership",
    "cluster",
    "eligible",
    "respondent",
    "panel_eligible",
    "in_panel",
    "reason",
    "panel_reason",
    "value",
    "denominator",
    "base_value",
    "base_denominator",
    "reconstructed",
    "approvals",
)


def of_figure(figure: Figure, indicator: Indicator, trace: Trace, names: Names) -> dict[str, Any]:
    """Tiles, formula and facts of one figure."""
    panel, rule = figure.panel, RULES[indicator.rule]
    return {
        "value": text.amount(figure.value, figure.unit, figure.measure, sign=rule.is_change)
        if figure.value is not None
        else text.reason(figure.reason, indicator.rule, figure.measure),
        "measure": text.measure(figure.measure),
        "interval": text.interval(figure.ci_low, figure.ci_high, figure.unit),
        "method": text.method(figure.ci_method),
        "basis": text.basis(figure),
        "change": text.figure_change(figure, indicator) if panel else "",
        "change_interval": text.interval(panel.ci_low, panel.ci_high, figure.unit) if panel else "",
        "verdict": wording.verdict_words(wording.verdict(panel))
        if panel and panel.change is not None
        else "",
        "panel_basis": f"{text.count(panel.n)} / {text.count(panel.eligible)}"
        if panel and panel.n is not None
        else "",
        "panel_reason": text.reason(panel.reason, indicator.rule) if panel and panel.reason else "",
        "reconstructed": text.share(figure.reconstructed_share),
        "target": target_words.target(figure, indicator) if figure.measure == "main" else "",
        "way": target_words.beside(figure, indicator) if figure.measure == "main" else "",
        "flags": [text.flag(code) for code in figure.flags],
        "rule": rule.description,
        "rule_name": rule.title,
        "formula": formula(indicator),
        "with_numbers": with_numbers(figure, indicator),
        "over_time": rule.over_time,
        "place": place(figure, names),
        "answers": answers(trace),
        "comparison": comparison(figure, trace),
    }


def place(figure: Figure, names: Names) -> str:
    """Code, group and period of a figure, for the line above its title."""
    group = [f"{grouping(key)}: {names.value(key, code)}" for key, code in figure.group.items()]
    return " · ".join([figure.indicator, *(group or [_("whole scope")]), figure.period])


def with_numbers(figure: Figure, indicator: Indicator) -> str:
    """The figure's own division or difference, where it is one."""
    panel, rule = figure.panel, RULES[indicator.rule]
    if rule.is_growth and panel and panel.baseline is not None and panel.change is not None:
        now, base = (plain(value) for value in (panel.value, panel.baseline))
        return f"100 × ({now} / {base} − 1) = {text.amount(panel.change, figure.unit, sign=True)}"
    if rule.works_out == "difference" and panel and panel.change is not None:
        now, base = (plain(value) for value in (panel.value, panel.baseline))
        return f"{now} − {base} = {plain(panel.change)}"
    if (
        figure.measure == "main"
        and figure.numerator is not None
        and figure.denominator is not None
        and figure.value is not None
    ):
        times = (
            indicator.factor if indicator.factor not in ("", "1") else "100" if rule.percent else ""
        )
        factor = f" × {times}" if times else ""
        return f"{plain(figure.numerator)} / {plain(figure.denominator)}{factor} = {text.amount(figure.value, figure.unit)}"
    return ""


def plain(value: str | None) -> str:
    """A number for a formula: two decimals at most, none where it is whole."""
    if value is None:
        return ""
    number = Decimal(value)
    return formats.number(number, 0 if number == number.to_integral_value() else 2)


def answers(trace: Trace) -> list[FlowStep]:
    """From all units of the scope to those that answered; each that is left out stands in one
    reason. Nothing where the figure itself is of those compared: the comparison says all.
    """
    if RULES[trace.indicator.rule].over == "P":
        return []
    left_out = counted(row.reason for row in trace.rows)
    return _steps(
        trace, [*left_out, (sum(row.respondent for row in trace.rows), _("answered"), False)]
    )


def comparison(figure: Figure, trace: Trace) -> list[FlowStep]:
    """From all units of the scope to those whose baseline is due, and on to those that are
    compared; nothing where the figure compares none.
    """
    panel = figure.panel
    if panel is None or panel.n is None or figure.measure != "main":
        return []
    due = [row for row in trace.rows if row.panel_eligible]
    level = text.units(figure.level)
    return _steps(
        trace,
        [
            *counted(row.panel_reason for row in trace.rows if not row.panel_eligible),
            (len(due), _("{units} with a baseline due").format(units=level), False),
            *counted(row.panel_reason for row in due),
            (sum(row.in_panel for row in due), _("used in the comparison"), False),
        ],
    )


def counted(codes: Iterable[str]) -> list[tuple[int, str, bool]]:
    """How many are left out for each reason, the most frequent first; two codes of one word are one
    reason.
    """
    counts = Counter(reason_left_out(code) for code in codes if code)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(number, reason, True) for reason, number in ordered]


def _steps(trace: Trace, lines: Iterable[tuple[int, str, bool]]) -> list[FlowStep]:
    """Lines of (count, words, whether it is a loss) below all units behind the figure."""
    whole = left = len(trace.rows)
    steps = [FlowStep(whole, text.count(whole), _("in this scope and group"), of=whole)]
    for number, words, is_loss in lines:
        left -= number if is_loss else 0
        shown = f"\N{MINUS SIGN}{text.count(number)}" if is_loss else text.count(number)
        steps.append(FlowStep(number, shown, words, is_loss, left if is_loss else 0, whole))
    return steps


def reason_left_out(code: str) -> str:
    """Why a unit is not in the figure, in the words of reports."""
    extra = {
        "other_project": _("counted in its first project"),
        "other_group": _("in another group then"),
        "closed_without_baseline": _("closed, never had a baseline"),
        "not_applicable": _("does not apply"),
        "not_asked": _("not asked"),
        "zero_denominator": _("the denominator is zero"),
        "below_min_k": _("too few answers on ties"),
        "condition_not_met": _("the condition does not hold"),
        "no_baseline": _("no baseline"),
        "not_asked_at_baseline": _("not asked at the baseline"),
        "joined_after": _("joined after the period"),
        "baseline_not_before": _("baseline not before the period"),
    }
    return extra.get(code) or text.missing(code.rpartition(":")[2])


def contributions(by_project: Sequence[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
    most = max((contribution["units"] for contribution in by_project), default=1) or 1
    return [
        {**contribution, "name": names.project(contribution["project"]), "most": most}
        for contribution in by_project
    ]


def row(unit: TraceRow, names: Mapping[str, str]) -> dict[str, Any]:
    """One unit for the page; its cells as entered, with what they are in the figure."""
    return {
        "code": unit.subject[2:],
        "name": names.get(unit.subject, ""),
        "project": unit.project,
        "membership": MembershipState(unit.membership).label,
        "value": plain(unit.value),
        "denominator": plain(unit.denominator),
        "base": plain(unit.base_value),
        "base_denominator": plain(unit.base_denominator),
        "why": reason_left_out(unit.reason) if unit.reason else "",
        "panel_why": reason_left_out(unit.panel_reason) if unit.panel_reason else "",
        "in_panel": unit.in_panel,
        "reconstructed": unit.reconstructed,
        "approvals": unit.approvals,
    }


def flat(unit: TraceRow) -> list[Any]:
    """One line of the CSV."""
    values = {name: getattr(unit, name) for name in COLUMNS}
    values["approvals"] = " ".join(str(number) for number in unit.approvals)
    return [
        ("yes" if value else "no") if isinstance(value, bool) else value
        for value in values.values()
    ]
