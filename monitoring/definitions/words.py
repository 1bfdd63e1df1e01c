"""The catalogue as its pages show it: indicators by theme, rules in words and as formulas."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, Indicator, Variable
from pip_network.choices import Theme

# What each rule does, for who has to trust it. The contract is docs/rules.md.
RULE_WORDS = {
    "sum": _(
        "The sum of what was reported by the units that answered. A flow is also added over the "
        "approved rounds; a stock is not."
    ),
    "mean": _(
        "The mean of the units that answered, with the median beside it. Groups are computed "
        "anew, never averaged."
    ),
    "ratio": _(
        "The sum of the numerators over the sum of the denominators, of the units with both. "
        "There is no average of percentages."
    ),
    "median": _("The median of the units that answered, with its quartiles. It is never added."),
    "median_ratio": _(
        "The median of the ratios of each unit with both data and a denominator above zero."
    ),
    "count_positive": _(
        "The number of different units with a value above zero. Groups are counted anew; rounds "
        "are not added."
    ),
    "share_positive": _("Units with a value above zero, over the units that answered."),
    "share_among": _("Of the units that meet a condition, those that also meet a second one."),
    "panel_sum": _("The sum over the units with data at their own baseline and now."),
    "panel_change_abs": _(
        "The sum of the differences between now and the baseline, unit by unit. Closed firms "
        "count zero."
    ),
    "panel_change_pct": _(
        "The sum now over the sum at the baseline of the same units, less one, at constant "
        "prices. Closed firms count zero."
    ),
    "panel_share_up": _("Of the units with both data, those that rise by the threshold or more."),
    "survival": _(
        "Of the units with a baseline, those that still operate. Those that left without data are "
        "unknown, never counted as closed."
    ),
    "median_tie_density": _(
        "The median over networks of the ties declared over the ties possible between those that "
        "answered."
    ),
}
# The same by name, where a code would stand.
RULE_NAMES = {
    "sum": _("Sum"),
    "mean": _("Mean"),
    "ratio": _("Ratio of two sums"),
    "median": _("Median"),
    "median_ratio": _("Median of ratios"),
    "count_positive": _("Number above zero"),
    "share_positive": _("Share above zero"),
    "share_among": _("Share among those with a condition"),
    "panel_sum": _("Sum of the panel"),
    "panel_change_abs": _("Change of the panel"),
    "panel_change_pct": _("Change of the panel in percent"),
    "panel_share_up": _("Share of the panel that rises"),
    "survival": _("Survival"),
    "median_tie_density": _("Median density of ties"),
}
FORMULAS = {
    "sum": "Σ x",
    "mean": "Σ x / n",
    "ratio": "f × Σ a / Σ b",
    "median": "Me(x)",
    "median_ratio": "f × Me(a / b)",
    "count_positive": "#{x > 0}",
    "share_positive": "100 × #{x > 0} / n",
    "share_among": "100 × #{c = 1, x = 1} / #{c = 1}",
    "panel_sum": "Σ x₁",
    "panel_change_abs": "Σ (x₁ − x₀)",
    "panel_change_pct": "100 × (Σ x₁ / Σ x₀ − 1)",
    "panel_share_up": "100 × #{x₁ > x₀, x₁ ≥ (1 + u/100) x₀} / n",
    "survival": "100 × #{o = 1} / #{o}",
    "median_tie_density": "Me(v / (k (k − 1) / 2))",
}
OVER_TIME = {
    "sum": _("Flows are added over rounds; stocks are not."),
    "panel_sum": _("The last value, never added over rounds."),
    "count_positive": _("The last value, never added over rounds."),
}
NEVER_ADDED = _("Never added over rounds.")


@dataclass(frozen=True)
class ThemeGroup:
    """Indicators (or variables) of one theme, in catalogue order."""

    key: str
    title: str
    rows: list


def current_version() -> CatalogueVersion | None:
    """The latest published version."""
    return (
        CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED)
        .order_by("-number")
        .first()
    )


def indicators_by_theme(version: CatalogueVersion) -> list[ThemeGroup]:
    return _by_theme(
        Indicator.objects.filter(catalogue=version).select_related("unit").order_by("position")
    )


def variables_by_theme(version: CatalogueVersion) -> list[ThemeGroup]:
    return _by_theme(
        Variable.objects.filter(catalogue=version).select_related("unit").order_by("position")
    )


def _by_theme(rows) -> list[ThemeGroup]:
    groups: dict[str, list] = {}
    for row in rows:
        groups.setdefault(row.theme, []).append(row)
    return [ThemeGroup(key, str(Theme(key).label), found) for key, found in groups.items()]


def parts(indicator: Indicator) -> list[str]:
    """Codes of the variables of an indicator, numerator before denominator, each once."""
    text = (
        f"{indicator.numerator}+{indicator.denominator}"
        if indicator.denominator
        else indicator.numerator
    )
    return list(dict.fromkeys(code for code in text.replace("-", "+").split("+") if code))


def formula(indicator: Indicator) -> str:
    """The rule's formula with the indicator's own parts and numbers."""
    text = FORMULAS[indicator.rule]
    own = [
        f"a = {indicator.numerator}"
        if indicator.denominator and indicator.rule in ("ratio", "median_ratio")
        else f"x = {indicator.numerator}"
    ]
    if indicator.rule == "share_among":
        own.append(f"c = {indicator.denominator}")
    elif indicator.rule == "median_tie_density":
        own = [f"v = {indicator.numerator}", f"k = {indicator.denominator} ≥ {indicator.min_k}"]
    elif indicator.rule == "survival":
        own = [f"o = {indicator.numerator}"]
    elif indicator.denominator:
        own.append(f"b = {indicator.denominator}")
    if indicator.factor and "f ×" in text:
        own.append(f"f = {indicator.factor}")
    if indicator.threshold:
        own.append(f"u = {indicator.threshold}")
    return f"{text}, {', '.join(own)}"
