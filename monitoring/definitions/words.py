"""The catalogue as its pages show it: indicators by theme, rules as formulas."""

from dataclasses import dataclass

from monitoring.analysis.rules import RULES
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, Indicator, Variable
from pip_network.choices import Theme


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
    """Of one version, in its order."""
    return _by_theme(
        Indicator.objects.filter(catalogue=version).select_related("unit").order_by("position")
    )


def variables_by_theme(version: CatalogueVersion) -> list[ThemeGroup]:
    """Of one version, in its order."""
    return _by_theme(
        Variable.objects.filter(catalogue=version).select_related("unit").order_by("position")
    )


def _by_theme(rows) -> list[ThemeGroup]:
    groups: dict[str, list] = {}
    for row in rows:
        groups.setdefault(row.theme, []).append(row)
    return [
        ThemeGroup(key, str(Theme(key).label), group_rows) for key, group_rows in groups.items()
    ]


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
    rule = RULES[indicator.rule]
    upper, lower = rule.letters
    own = [f"{upper} = {indicator.numerator}"]
    if indicator.denominator:
        least = f" ≥ {indicator.min_k}" if indicator.min_k else ""
        own.append(f"{lower} = {indicator.denominator}{least}")
    if indicator.factor and "f ×" in rule.formula:
        own.append(f"f = {indicator.factor}")
    if indicator.threshold:
        own.append(f"u = {indicator.threshold}")
    return f"{rule.formula}, {', '.join(own)}"


def rule_choices() -> list[tuple[str, str]]:
    """Rules by name, in their order, for lists to choose from."""
    return [(name, str(rule.title)) for name, rule in RULES.items()]
