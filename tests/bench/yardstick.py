# ruff: noqa: S608 -- the parts are codes of the catalogue, and this runs on a database of its own
"""Hand-written SQL for the same values: what somebody who knows the record would write for one
table by project.

One statement for each indicator: n, eligible, main value, and n, baseline and value of the panel,
for each project that was approved at t. No other measures, no lists of losses, no coverage, no
flags; SQLite's or PostgreSQL's own arithmetic. It leaves out what the engine also does for firms in
two projects, which a table by project does not need.
"""

from collections.abc import Iterator
from typing import Any

from monitoring.analysis import Catalogue, Indicator
from monitoring.analysis.catalogue_rows import MONEY
from monitoring.analysis.periods import annual_round, last_day

CONSTANT = {"E02", "E03"}
POSITIVE = {"count_positive", "share_positive"}
UNCONVERTED = POSITIVE | {"share_among", "survival"}

MAIN = {
    "sum": "SUM(x)",
    "count_positive": "SUM(x)",
    "share_positive": "100.0 * SUM(x) / COUNT(x)",
    "mean": "SUM(x) / COUNT(x)",
    "ratio": "{factor} * SUM(CASE WHEN w IS NOT NULL THEN x END) / NULLIF(SUM(CASE WHEN x IS NOT "
    "NULL THEN w END), 0)",
}
PANEL = {
    "sum": ("SUM(x0)", "SUM(x)"),
    "count_positive": ("SUM(x0)", "SUM(x)"),
    "share_positive": ("100.0 * SUM(x0) / COUNT(*)", "100.0 * SUM(x) / COUNT(*)"),
    "mean": ("SUM(x0) / COUNT(*)", "SUM(x) / COUNT(*)"),
    "ratio": ("{factor} * SUM(x0) / NULLIF(SUM(w0), 0)", "{factor} * SUM(x) / NULLIF(SUM(w), 0)"),
    "panel_sum": ("SUM(x0)", "SUM(x)"),
    "panel_change_abs": ("SUM(x0)", "SUM(x)"),
    "panel_change_pct": ("SUM(x0)", "SUM(x)"),
}


class Yardstick:
    """SQL for the core indicators as of approval `number` at `round`, current prices, US$."""

    def __init__(self, catalogue: Catalogue, round_code: str, number: int) -> None:
        self.catalogue, self.round, self.number = catalogue, round_code, number

    def statements(self, indicators: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for code in indicators:
            yield code, self.statement(self.catalogue.indicators[code])

    def statement(self, indicator: Indicator) -> str:
        units = self.units(indicator)
        if indicator.rule == "median":
            return self.median(units)
        if indicator.rule == "share_among":
            return (
                f"WITH unit AS ({units}) SELECT project_id, SUM(CASE WHEN w = 1 AND x IS NOT NULL "
                "THEN 1 ELSE 0 END),"
                " SUM(CASE WHEN w = 1 OR w IS NULL THEN 1 ELSE 0 END),"
                " 100.0 * SUM(CASE WHEN w = 1 AND x = 1 THEN 1 END) /"
                " NULLIF(SUM(CASE WHEN w = 1 AND x IS NOT NULL THEN 1 ELSE 0 END), 0), NULL, "
                "NULL, NULL"
                " FROM unit WHERE member = 1 AND applies = 1 GROUP BY project_id"
            )
        if indicator.rule == "survival":
            return (
                f"WITH unit AS ({units}) SELECT project_id, COUNT(x), COUNT(*), 100.0 * SUM(x) / "
                "NULLIF(COUNT(x), 0),"
                " COUNT(x), 100, 100.0 * SUM(x) / NULLIF(COUNT(x), 0)"
                " FROM unit WHERE has_base = 1 AND applies = 1 GROUP BY project_id"
            )
        return self.ordinary(indicator, units)

    def ordinary(self, indicator: Indicator, units: str) -> str:
        factor = f"({indicator.factor.numerator}.0 / {indicator.factor.denominator})"
        both = "x IS NOT NULL" + (" AND w IS NOT NULL" if indicator.denominator else "")
        before = "x0 IS NOT NULL" + (" AND w0 IS NOT NULL" if indicator.denominator else "")
        base, now = (
            part.format(factor=factor) for part in PANEL.get(indicator.rule, ("NULL", "NULL"))
        )
        over_p = indicator.rule.startswith("panel_")
        main = {
            "panel_sum": "p.now",
            "panel_change_abs": "p.now - p.base",
            "panel_change_pct": "100.0 * (p.now / NULLIF(p.base, 0) - 1)",
            "panel_share_up": "100.0 * p.up / NULLIF(p.n, 0)",
        }.get(indicator.rule, "r.main")
        value = "NULL" if over_p else MAIN[indicator.rule].format(factor=factor)
        up = (
            f"SUM(CASE WHEN x > x0 AND x >= x0 * {1 + indicator.threshold / 100} THEN 1 ELSE 0 END)"
        )
        return (
            f"WITH unit AS ({units}), r AS (SELECT project_id, SUM(CASE WHEN {both} THEN 1 ELSE 0 "
            "END) AS n,"
            f" COUNT(*) AS eligible, {value} AS main FROM unit WHERE member = 1 AND applies = 1 "
            "GROUP BY project_id),"
            f" p AS (SELECT project_id, COUNT(*) AS n, {base} AS base, {now} AS now, {up} AS up "
            "FROM unit"
            f" WHERE in_panel = 1 AND {both} AND {before} GROUP BY project_id)"
            f" SELECT r.project_id, {'p.n' if over_p else 'r.n'}, r.eligible, {main}, p.n, p.base, p.now"
            " FROM r LEFT JOIN p ON p.project_id = r.project_id"
        )

    def median(self, units: str) -> str:
        def one(column: str, where: str) -> str:
            return (
                f"SELECT project_id, AVG({column}) AS middle, MAX(c) AS n FROM (SELECT "
                f"project_id, {column},"
                f" ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY {column}) AS k,"
                f" COUNT(*) OVER (PARTITION BY project_id) AS c FROM unit WHERE {where}) AS ordered"
                " WHERE k IN ((c + 1) / 2, (c + 2) / 2) GROUP BY project_id"
            )

        panel = "in_panel = 1 AND x IS NOT NULL AND x0 IS NOT NULL"
        return (
            f"WITH unit AS ({units}), r AS ({one('x', 'member = 1 AND applies = 1 AND x IS NOT NULL')}),"
            " e AS (SELECT project_id, COUNT(*) AS eligible FROM unit WHERE member = 1 AND "
            "applies = 1"
            f" GROUP BY project_id), b AS ({one('x0', panel)}), t AS ({one('x', panel)})"
            " SELECT e.project_id, r.n, e.eligible, r.middle, b.n, b.middle, t.middle FROM e"
            " LEFT JOIN r ON r.project_id = e.project_id LEFT JOIN b ON b.project_id = e.project_id"
            " LEFT JOIN t ON t.project_id = e.project_id"
        )

    # Units: one row each, wide

    def units(self, indicator: Indicator) -> str:
        """project, x, w, x0, w0, and whether the unit is a member, the cell applies, it may be in
        the panel.
        """
        annual = self.catalogue.frequency(indicator) == "annual"
        t = annual_round(self.round) if annual else self.round
        began = "constituted_on" if indicator.level == "network" else "joined_on"
        asked = 1 if self.catalogue.asked_at_baseline(indicator) else 0
        lower = self.read(indicator, indicator.denominator, "now") if indicator.denominator else "1"
        lower0 = (
            self.read(indicator, indicator.denominator, "base") if indicator.denominator else "1"
        )
        period = t[:4] if annual else t
        return (
            f"SELECT o.project_id, {self.read(indicator, indicator.numerator, 'now')} AS x, {lower} AS w,"
            f" {self.read(indicator, indicator.numerator, 'base')} AS x0, {lower0} AS w0,"
            " CASE WHEN o.membership = 'active' OR (o.membership = 'closed' AND b.subject IS NOT "
            "NULL)"
            " THEN 1 ELSE 0 END AS member,"
            f" CASE WHEN {self.applies(indicator, 'now')} THEN 1 ELSE 0 END AS applies,"
            " CASE WHEN b.subject IS NOT NULL THEN 1 ELSE 0 END AS has_base,"
            f" CASE WHEN {asked} = 1 AND b.{began} <= '{last_day(t)}' AND base.period < '{period}'"
            f" AND {self.applies(indicator, 'now')} AND {self.applies(indicator, 'base')} THEN 1 ELSE 0 END AS in_panel"
            " FROM monitoring_observation o LEFT JOIN monitoring_observation b ON b.project_id = "
            "o.project_id"
            f" AND b.subject = o.subject AND b.kind = 'baseline' AND {self.live('b')}"
            f" LEFT JOIN ({self.wide(indicator, 'regular', t)}) AS now ON now.project_id = o.project_id"
            " AND now.subject = o.subject"
            f" LEFT JOIN ({self.wide(indicator, 'baseline', '')}) AS base ON base.project_id = o.project_id"
            " AND base.subject = o.subject"
            f" WHERE o.level = '{indicator.level}' AND o.kind = 'regular' AND o.round_id = '{t}' "
            f"AND {self.live('o')}"
        )

    def wide(self, indicator: Indicator, kind: str, t: str) -> str:
        columns = ", ".join(
            f"MAX(CASE WHEN m.variable_code = '{code}' THEN {self.amount(indicator, code)} END) AS {code},"
            f" MAX(CASE WHEN m.variable_code = '{code}' THEN m.missing END) AS {code}_missing"
            for code in indicator.variables
        )
        codes = ", ".join(f"'{code}'" for code in indicator.variables)
        at = f"m.kind = 'regular' AND m.round_id = '{t}'" if t else "m.kind = 'baseline'"
        return (
            f"SELECT m.project_id, m.subject, MAX(m.period) AS period, {columns} FROM "
            "monitoring_measurement m"
            f"{self.rates(indicator)} WHERE m.variable_code IN ({codes}) AND {at} AND "
            f"{self.live('m')}"
            " GROUP BY m.project_id, m.subject"
        )

    def converts(self, indicator: Indicator) -> bool:
        money = any(self.catalogue.variables[code].unit == MONEY for code in indicator.variables)
        return money and indicator.rule not in UNCONVERTED

    def rates(self, indicator: Indicator) -> str:
        if not self.converts(indicator):
            return ""
        join = f" LEFT JOIN monitoring_rate r ON r.currency = m.currency AND r.period = m.period AND {self.live('r')}"
        if indicator.code in CONSTANT:
            year = annual_round(self.round)[:4]
            join += f" LEFT JOIN monitoring_rate q ON q.currency = m.currency AND q.period = '{year}' AND {self.live('q')}"
        return join

    def amount(self, indicator: Indicator, code: str) -> str:
        if not self.converts(indicator) or self.catalogue.variables[code].unit != MONEY:
            return "m.value"
        # 1.0: SQLite divides whole numbers without remainder
        converted = "1.0 * m.value * q.cpi / r.cpi / q.usd_rate"
        return converted if indicator.code in CONSTANT else "1.0 * m.value / r.usd_rate"

    def read(self, indicator: Indicator, expression: Any, at: str) -> str:
        parts = [f"{at}.{code}" for code in expression.variables]
        unknown = " OR ".join(
            f"({part} IS NULL AND {part}_missing <> 'not_applicable')" for part in parts
        )
        none = " AND ".join(f"{part} IS NULL" for part in parts)
        if indicator.rule in POSITIVE:
            above = " OR ".join(f"{part} > 0" for part in parts)
            return f"CASE WHEN {above} THEN 1 WHEN {unknown} OR ({none}) THEN NULL ELSE 0 END"
        added = " + ".join(f"{sign} * COALESCE({at}.{code}, 0)" for sign, code in expression.terms)
        return f"CASE WHEN {unknown} OR ({none}) THEN NULL ELSE {added} END"

    def applies(self, indicator: Indicator, at: str) -> str:
        """Each expression has a row that is not `not_applicable`."""
        found = []
        for expression in filter(None, (indicator.numerator, indicator.denominator)):
            found.append(
                "("
                + " OR ".join(
                    f"{at}.{code}_missing <> 'not_applicable'" for code in expression.variables
                )
                + ")"
            )
        return "(" + " AND ".join(found) + ")"

    def live(self, name: str) -> str:
        return (
            f"{name}.approved_in <= {self.number} AND ({name}.superseded_in IS NULL"
            f" OR {name}.superseded_in > {self.number})"
        )
