"""Small invented records, from which the Manual shows how an indicator is computed.

Eight units with round numbers, one of which came without a baseline, one of which did not answer
and, among firms, one of which has closed: what happens to each is seen. Nothing of the record of any
project is read.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitoring.analysis import Catalogue, Indicator, MemorySource, Specification, Variable
from monitoring.analysis.money import Rate
from monitoring.analysis.rules import RULES
from monitoring.analysis.sources import BASELINE, REGULAR, MeasurementRow, NetworkRow, Observation
from monitoring.models import Variable as VariableRow

ROUND, FIRST = "2006-S2", "2005-S1"
JOINED, LATER = date(2005, 3, 1), date(2006, 8, 1)
NOW = {"semester": ROUND, "annual": "2006", "milestone": ROUND}
BEFORE = {"semester": "2004-S2", "annual": "2004", "milestone": FIRST}
CURRENCY = "XXX"  # what ISO 4217 has where there is no currency
RATES = tuple(
    Rate(CURRENCY, period, Decimal(usd), Decimal(cpi), 1)
    for period, usd, cpi in (
        ("2004", "2", "100"),
        ("2004-S2", "2", "100"),
        ("2005-S1", "2", "100"),
        ("2006", "2.5", "125"),
        ("2006-S2", "2.5", "125"),
    )
)
LETTERS = "ABCDEFGH"
NO_BASELINE, NO_ANSWER, CLOSED = "F", "G", "H"
# What closing writes as zero (docs/rules.md, Closing); all else is then not applicable.
ZERO_WHEN_CLOSED = frozenset(
    {"operating", "sales", "exports", "jobs", "jobs_women", "jobs_paid", "payroll"}
)
# By unit: what parts are smaller (numerators) and larger (denominators) at both ends.
SMALL = {"now": (4, 0, 5, 2, 3, 1, 2, 3), "then": (2, 1, 0, 2, 1, 1, 2, 2)}
LARGE = {"now": (12, 8, 20, 10, 16, 6, 9, 14), "then": (10, 8, 15, 12, 10, 8, 9, 12)}
YES = {"now": (1, 0, 1, 0, 1, 1, 0, 1), "then": (0, 0, 1, 0, 0, 1, 0, 1)}
ALWAYS = {"now": (1, 1, 1, 0, 1, 1, 1, 1), "then": (1, 1, 0, 0, 1, 1, 1, 1)}
THOUSAND = 1000


@dataclass(frozen=True)
class World:
    """The record of one example: its source and the question that is asked of it."""

    source: MemorySource
    question: Specification


def world(indicator: Indicator, catalogue: Catalogue, limits: dict[str, VariableRow]) -> World:
    """The invented record for one indicator. `limits`: the rows, with least and greatest values."""
    maker = _Maker(indicator, catalogue, limits)
    observed: list[Observation] = []
    measured: list[MeasurementRow] = []
    for place, letter in enumerate(LETTERS):
        observed += maker.observations(letter)
        measured += maker.cells(place, letter)
    question = Specification(
        scope={}, group_by=(), indicators=(indicator.code,), round=ROUND, as_of=1
    )
    return World(MemorySource(tuple(observed), tuple(measured), RATES), question)


@dataclass(frozen=True)
class _Maker:
    indicator: Indicator
    catalogue: Catalogue
    limits: dict[str, VariableRow]

    def project(self, letter: str) -> str:
        return letter if self.indicator.level == "project" else "P"

    def subject(self, letter: str) -> str:
        return f"{self.indicator.level[0].upper()}:{letter}"

    def is_closed(self, letter: str) -> bool:
        return letter == CLOSED and self.indicator.level == "firm"

    def observations(self, letter: str) -> list[Observation]:
        """Of the round, and of the baseline where the level has one."""
        level = self.indicator.level
        begun = LATER if letter == NO_BASELINE else JOINED
        network = letter if level == "network" else "R"
        typology = self.indicator.applies_to[0] if self.indicator.applies_to else "cluster"
        now = Observation(
            project=self.project(letter),
            level=level,
            subject=self.subject(letter),
            round=ROUND,
            kind=REGULAR,
            membership="closed" if self.is_closed(letter) else "active",
            country="",
            sector="",
            size="",
            owner_sex="",
            currency=CURRENCY,
            constituted_on=begun if level == "network" else None,
            joined_on=begun if level == "firm" else None,
            reconstructed=False,
            networks=(NetworkRow(network, typology, begun, begun, 1),),
            approved_in=1,
        )
        if level == "project" or letter == NO_BASELINE:
            return [now]
        return [now, now._replace(round=FIRST, kind=BASELINE, membership="active")]

    def cells(self, place: int, letter: str) -> list[MeasurementRow]:
        rows = []
        for code in self.indicator.variables:
            variable = self.catalogue.variables[code]
            rows.append(self.now(variable, place, letter))
            asked = variable.asked_at_baseline and self.indicator.level != "project"
            if asked and letter != NO_BASELINE:
                value = self.value(variable, place, "then")
                period = BEFORE[variable.frequency]
                rows.append(self.row(variable, letter, BASELINE, FIRST, period, value, ""))
        return rows

    def now(self, variable: Variable, place: int, letter: str) -> MeasurementRow:
        value: Decimal | None = self.value(variable, place, "now")
        missing = ""
        if letter == NO_ANSWER:
            value, missing = None, "not_collected"
        elif self.is_closed(letter):
            is_zero = variable.code in ZERO_WHEN_CLOSED
            value, missing = (Decimal(0), "") if is_zero else (None, "not_applicable")
        period = NOW[variable.frequency]
        return self.row(variable, letter, REGULAR, ROUND, period, value, missing)

    def row(
        self,
        variable: Variable,
        letter: str,
        kind: str,
        code: str,
        period: str,
        value: Decimal | None,
        missing: str,
    ) -> MeasurementRow:
        return MeasurementRow(
            project=self.project(letter),
            subject=self.subject(letter),
            kind=kind,
            round=code,
            variable=variable.code,
            value=value,
            missing=missing,
            period=period,
            currency=CURRENCY,
            catalogue=str(self.catalogue.version),
            approved_in=1,
        )

    def is_large(self, code: str) -> bool:
        """Denominators, and what something is taken away from."""
        below = self.indicator.denominator
        terms = self.indicator.numerator.terms
        taken = any(sign < 0 for sign, _code in terms)
        return (below is not None and code in below.variables) or (taken and (1, code) in terms)

    def value(self, variable: Variable, place: int, when: str) -> Decimal:
        """A round number that the variable may have."""
        code, large = variable.code, self.is_large(variable.code)
        if code == "operating":
            return Decimal(1)
        if variable.value_type == "boolean":
            return Decimal((ALWAYS if large else YES)[when][place])
        alike = large or RULES[self.indicator.rule].positive  # or no unit would have none at all
        turn = 0 if alike else 3 * self.indicator.variables.index(code)
        number = (LARGE if large else SMALL)[when][(place + turn) % len(LETTERS)]
        if variable.unit == "index_100":
            number = 100 - 2 * number if when == "now" else 100
        elif variable.value_type == "amount":
            number *= THOUSAND
        elif RULES[self.indicator.rule].name == "median_tie_density" and not large:
            number = 2 * number + LARGE[when][place]  # ties are more than the firms that have them
        elif self.indicator.denominator is None and variable.value_type == "decimal":
            number = LARGE[when][place]
        row = self.limits[code]
        least, most = row.minimum, row.maximum
        shown = Decimal(number)
        shown = shown if least is None else max(shown, least)
        return shown if most is None else min(shown, most)
