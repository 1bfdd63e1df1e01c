"""The closed list of rules. A new rule is one more file and one more line here."""

from . import (
    count_positive,
    mean,
    median,
    median_ratio,
    median_tie_density,
    panel_change_abs,
    panel_change_pct,
    panel_share_up,
    panel_sum,
    ratio,
    share_among,
    share_positive,
    survival,
    total,
)
from .rule import Rule

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        total.RULE,
        mean.RULE,
        ratio.RULE,
        median.RULE,
        median_ratio.RULE,
        count_positive.RULE,
        share_positive.RULE,
        share_among.RULE,
        panel_sum.RULE,
        panel_change_abs.RULE,
        panel_change_pct.RULE,
        panel_share_up.RULE,
        survival.RULE,
        median_tie_density.RULE,
    )
}
