"""Tiny records written by hand: 2005-S2 is t, baselines are about 2003 (semester variables:
2003-S2).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from monitoring.analysis import Catalogue, Figure, MemorySource, Specification, compute
from monitoring.analysis.money import Rate
from monitoring.analysis.sources import MeasurementRow, NetworkRow, Observation
from tests.monitoring.analysis.records import CATALOGUE_FOLDER

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
PREFIX = {"firm": "F:", "network": "N:", "project": "P:"}
Values = dict[str, Any]  # variable -> number, or a missing code


@dataclass
class Hand:
    """Collects observations and cells; `source()` is the record."""

    observed: list[Observation] = field(default_factory=list)
    measured: list[MeasurementRow] = field(default_factory=list)
    rated: list[Rate] = field(default_factory=list)

    def unit(
        self,
        code: str,
        now: Values | None,
        base: Values | None = None,
        *,
        level: str = "firm",
        project: str = "P1",
        networks: tuple[str, ...] = ("N1",),
        typology: str = "cluster",
        membership: str = "active",
        joined: date = date(2004, 2, 1),
        constituted: date = date(2004, 1, 15),
        at: str = "2005-S2",
        currency: str = "USD",
        **facts: Any,
    ) -> "Hand":
        """One unit at a round (`now` None: not observed then), and its baseline if `base` is given."""
        rows = tuple(
            NetworkRow(name, typology, constituted, joined, n) for n, name in enumerate(networks, 1)
        )
        subject = PREFIX[level] + code
        fixed = {
            "project": project,
            "level": level,
            "subject": subject,
            "membership": membership,
            "country": "AR",
            "sector": "15",
            "size": "micro",
            "owner_sex": "f",
            "currency": currency,
            "constituted_on": constituted if level == "network" else None,
            "joined_on": joined if level == "firm" else None,
            "reconstructed": False,
            "networks": rows,
            "approved_in": 1,
        } | facts
        if now is not None:
            self.observed.append(Observation(**fixed, round=at, kind="regular"))
            self._cells(project, subject, "regular", at, now, currency)
        if base is not None:
            self.observed.append(
                Observation(**fixed | {"membership": "active"}, round="2004-S1", kind="baseline")
            )
            self._cells(project, subject, "baseline", "2004-S1", base, currency)
        return self

    def _cells(
        self, project: str, subject: str, kind: str, at: str, values: Values, currency: str
    ) -> None:
        for code, value in values.items():
            annual = CATALOGUE.variables[code].frequency == "annual"
            period = (
                ("2003" if annual else "2003-S2")
                if kind == "baseline"
                else at[:4]
                if annual
                else at
            )
            known = None if isinstance(value, str) else Decimal(str(value))
            missing = value if isinstance(value, str) else ""
            self.measured.append(
                MeasurementRow(
                    project, subject, kind, at, code, known, missing, period, currency, "1", 1
                )
            )

    def rate(self, currency: str, period: str, usd_rate: str | None, cpi: str = "100") -> "Hand":
        self.rated.append(
            Rate(currency, period, Decimal(usd_rate) if usd_rate else None, Decimal(cpi), 1)
        )
        return self

    def dollars(self) -> "Hand":
        """US$ all along, without inflation."""
        for period in ("2003", "2004", "2005", "2003-S2", "2004-S2", "2005-S1", "2005-S2"):
            self.rate("USD", period, "1")
        return self

    def source(self) -> MemorySource:
        return MemorySource(tuple(self.observed), tuple(self.measured), tuple(self.rated))

    def figures(self, *indicators: str, **spec: Any) -> dict[tuple[str, str, str], Figure]:
        """Figures by (indicator, measure, values of the group)."""
        found = compute(specification(*indicators, **spec), self.source(), CATALOGUE)
        return {(f.indicator, f.measure, " ".join(f.group.values())): f for f in found}

    def main(self, indicator: str, **spec: Any) -> Figure:
        return self.figures(indicator, **spec)[indicator, "main", ""]


def specification(*indicators: str, **spec: Any) -> Specification:
    asked: dict[str, Any] = {"scope": {}, "group_by": (), "round": "2005-S2", "as_of": 1, **spec}
    return Specification(indicators=tuple(sorted(indicators)), **asked)


def part(thing: Any, names: str) -> list[Any]:
    return [getattr(thing, name) for name in names.split()]
