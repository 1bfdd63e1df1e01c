"""Figures in words: every number that a reader sees is made here from the published digits, in the
active language.

Rounding is half-even from the exact published text, so page, PDF and chart show the same digits.
"""

from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import RULES, Figure
from monitoring.analysis.figures import COUNTING
from monitoring.analysis.rules.rule import RANKS as RANKED
from monitoring.analysis.sides import FEW_UNITS, FEWEST, FEWEST_RANKED
from pip_network.web import formats
from pip_network.web.formats import NBSP

# Decimals shown by unit; a unit that is not here is a count and shows none.
DECIMALS = {
    "percent": 1,
    "usd_per_usd": 2,
    "points_1_5": 2,
    "share_0_1": 2,
    "index_100": 1,
    "hours_per_firm": 1,
    "fte": 1,
}
MONEY = ("usd", "usd_per_month", "usd_per_fte", "usd_per_usd")
RANKS = ("median", "p25", "p75")  # of counts: a half is possible
PROTECTING = frozenset({"few_units", "few_contributors", "dominance", "secondary"})


def decimals(unit: str, measure: str = "main") -> int:
    if measure in RANKS and unit not in DECIMALS and unit not in MONEY:
        return 1
    return DECIMALS.get(unit, 0)


def amount(
    value: str | None, unit: str, measure: str = "main", sign: bool = False, currency: str = "US$"
) -> str:
    """A published value with its unit: `55,3 %`, `US$ 1.234`, `12,5`; with `sign`, +, − or nothing
    for zero.
    """
    if value is None:
        return ""
    number = rounded(value, unit, measure)
    amount = formats.number(abs(number) if sign else number)
    if unit == "percent":
        amount += f"{formats.MARKS[formats.language()][2]}%"
    elif unit in MONEY:
        amount = f"{currency}{NBSP}{amount}"
    if not sign or number == 0:
        return amount
    return ("+" if number > 0 else "\N{MINUS SIGN}") + amount


def target(value: str | None, unit: str, sign: bool = False, currency: str = "US$") -> str:
    """A target with its unit, to the digit: people said it so."""
    if value is None:
        return ""
    number = Decimal(value)
    places = number.normalize().as_tuple().exponent
    own = -places if isinstance(places, int) and places < 0 else 0
    if own <= decimals(unit):
        return amount(value, unit, sign=sign, currency=currency)
    shown = formats.number(abs(number) if sign else number, own)
    if unit == "percent":
        shown += f"{formats.MARKS[formats.language()][2]}%"
    elif unit in MONEY:
        shown = f"{currency}{NBSP}{shown}"
    if not sign or number == 0:
        return shown
    return ("+" if number > 0 else "\N{MINUS SIGN}") + shown


def rounded(value: str, unit: str, measure: str = "main") -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals(unit, measure)))  # half-even


def change(value: str | None, unit: str, currency: str = "US$") -> str:
    """A difference: percentages differ in points."""
    if value is None:
        return ""
    if unit != "percent":
        return amount(value, unit, sign=True, currency=currency)
    number = rounded(value, unit)
    mark = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else ""
    return f"{mark}{formats.number(abs(number))}{NBSP}{_('points')}"


class Computed(Protocol):
    """What has a rule: an indicator of the catalogue, read for the engine or for a page."""

    @property
    def rule(self) -> str: ...


def signed(indicator: Computed) -> bool:
    """Whether its value is itself a change, and is written with its sign."""
    return RULES[indicator.rule].is_change


def figure_change(figure: Figure, indicator: Computed, currency: str = "US$") -> str:
    """The change of a main figure's panel; one in percent is no difference in points."""
    if figure.panel is None:
        return ""
    if RULES[indicator.rule].is_growth:
        return amount(figure.panel.change, figure.unit, sign=True)
    return change(figure.panel.change, figure.unit, currency)


def interval(low: str | None, high: str | None, unit: str) -> str:
    """`51,0 a 59,0`, without the unit; nothing where there is no interval."""
    if low is None or high is None:
        return ""
    return _("{low} to {high}").format(
        low=formats.number(rounded(low, unit)), high=formats.number(rounded(high, unit))
    )


def interval_ends(figure: Figure, sign: bool = False) -> tuple[str, str]:
    """The two ends of a figure's interval, each with its unit; empty where there is none."""
    low, high = (amount(end, figure.unit, sign=sign) for end in (figure.ci_low, figure.ci_high))
    return (low, high) if low and high else ("", "")


def share(value: str | None) -> str:
    """A fraction 0-1 as a whole percentage."""
    return "" if value is None else formats.percent(Decimal(value) * 100)


def part(count: int, whole: int) -> str:
    """One number of another as a whole percentage; nothing of nothing."""
    return formats.percent(Decimal(100 * count) / whole) if whole else ""


def count(value: int | None) -> str:
    return "" if value is None else formats.number(value)


def basis(figure: Figure) -> str:
    """`842 de 905 (93 %)`: how many answered, of how many eligible."""
    if figure.n is None:
        return ""
    if not figure.eligible:
        return count(figure.n)
    return _("{n} of {eligible} ({share})").format(
        n=count(figure.n), eligible=count(figure.eligible), share=share(figure.coverage)
    )


def few(rule: str = "", measure: str = "main") -> str:
    """Fewer units than are shown: a rank asks for ten."""
    ranked = measure in RANKS or (rule in RULES and RULES[rule].gives_away == RANKED)
    return f"n{NBSP}<{NBSP}{FEWEST_RANKED if ranked else FEWEST}"


def hidden(code: str | None, rule: str = "", measure: str = "main") -> str:
    """The same as `reason` in a narrow column, of what is hidden."""
    return few(rule, measure) if code == FEW_UNITS else _("withheld")


def reason(code: str | None, rule: str = "", measure: str = "main") -> str:
    """Why there is no number; `rule`, `measure`: of which number."""
    reasons = {
        "zero_denominator": _("the denominator is zero"),
        "no_data": _("no data"),
        FEW_UNITS: few(rule, measure),
        "few_contributors": _("not published: too few firms have a value"),
        "dominance": _("not published: one firm has nearly all of it"),
        "secondary": _("not published, to protect another figure"),
        "not_asked_at_baseline": _("not asked at the baseline"),
        "definition_changed": _("the definition changed"),
        "no_rate": _("no exchange rate"),
    }
    return reasons.get(code or "no_data", reasons["no_data"])


def missing(code: str) -> str:
    """Why a unit of the panel is lost."""
    return {
        "left": _("left the network"),
        "closed_unknown": _("closed, without data"),
        "refused": _("refused to answer"),
        "not_collected": _("not collected"),
        "no_data": _("left blank"),
    }[code]


def flag(code: str) -> str:
    return {
        "projects_missing": _("some project in scope has no approved data for this period"),
        "mixed_periods": _("each project at its own last milestone"),
        "reconstructed_over_30": _(
            "more than 30%\N{NO-BREAK SPACE}of the baselines are reconstructed"
        ),
        "estimate": _("an estimate of the project"),
    }[code]


def measure(code: str) -> str:
    """Name of a measure, as a row of a table."""
    return {
        "main": _("Value"),
        "median": _("Median"),
        "p25": _("First quartile"),
        "p75": _("Third quartile"),
        "to_date": _("Added over the approved rounds"),
        "total": _("Total of those that answered"),
        "joined_later": _("Answered, without a baseline to compare"),
        "excluded": _("Left out: denominator zero"),
        "not_answered": _("Did not answer"),
        "gained": _("Began (no at the baseline, yes now)"),
        "lost": _("Ceased (yes at the baseline, no now)"),
        "up": _("Rise"),
        "equal": _("Stay equal"),
        "within": _("Within the threshold"),
        "down": _("Fall"),
        "bound_low": _("Bound if all unknown had closed"),
        "bound_high": _("Bound if none of the unknown had closed"),
    }[code]


def method(code: str | None) -> str:
    return {
        "linearised": _("linearised, by cluster"),
        "wilson_neff": _("Wilson with effective n"),
        "woodruff": _("Woodruff, by cluster"),
        "none_few_clusters": _("none: fewer than 8 clusters"),
    }.get(code or "none", _("no interval"))


def units(level: str, count: int | None = None) -> str:
    """What `count` units of a level are called; of no number, many."""
    count = 2 if count is None else count
    return {
        "firm": ngettext("firm", "firms", count),
        "network": ngettext("network", "networks", count),
        "project": ngettext("project", "projects", count),
    }[level]


def counts(measure_code: str) -> bool:
    return measure_code in COUNTING
