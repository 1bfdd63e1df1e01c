"""Variables that mean something else from a version on: their series ends, and what follows from it."""

from typing import NamedTuple

from monitoring.analysis.rules import RULES
from monitoring.catalogue.contents import SERIES, Contents, parts_of, same_series
from monitoring.choices import Level
from monitoring.models import Indicator, Variable

from .differences import labels


class Break(NamedTuple):
    """A variable whose series ends: values before are not compared with values after."""

    variable: Variable
    fields: str  # names of the fields that differ
    panels: list[
        str
    ]  # indicators whose change is undefined where one end lies before and one after
    sums: list[str]  # indicators that add rounds, those before and those after alike


def breaks(now: Contents, then: Contents) -> list[Break]:
    """Variables of both versions that mean something else from now on."""
    earlier, broken = then.by_code, []
    for row in now.variables:
        earlier_row = earlier.get(row.code)
        if earlier_row is None or same_series(row, earlier_row):
            continue
        differing = [name for name in SERIES if getattr(row, name) != getattr(earlier_row, name)]
        users = [indicator for indicator in now.indicators if row.code in parts_of(indicator)]
        panels = [indicator.code for indicator in users if _has_panel(indicator, now)]
        sums = [indicator.code for indicator in users if _adds_rounds(indicator, now)]
        broken.append(Break(row, labels(Variable, differing), panels, sums))
    return broken


def _has_panel(indicator: Indicator, now: Contents) -> bool:
    parts = [now.by_code[code] for code in parts_of(indicator) if code in now.by_code]
    return indicator.level != Level.PROJECT and all(part.asked_at_baseline for part in parts)


def _adds_rounds(indicator: Indicator, now: Contents) -> bool:
    rule = RULES.get(indicator.rule)
    parts = [now.by_code[code] for code in parts_of(indicator) if code in now.by_code]
    return (
        bool(rule and rule.adds)
        and not indicator.not_summed_over
        and all(p.stock_or_flow == "flow" for p in parts)
    )
