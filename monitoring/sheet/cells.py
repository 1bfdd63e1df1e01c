"""What a submission asks of each unit, and what the system writes itself (docs/rules.md, Terms)."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from monitoring.calendar.rounds import asks, period_of
from monitoring.choices import Frequency, Kind, Level, MembershipState, Missing, Source
from monitoring.models import Round, Variable
from monitoring.sheet.roster import Roster
from monitoring.sheet.units import Unit
from projects import semesters

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
OPERATING = "operating"
UNIT_COST_INDEX = "unit_cost_index"
ZERO_WHEN_CLOSING = frozenset({OPERATING, "jobs", "jobs_women", "jobs_paid"})
ZERO_ONCE_CLOSED = ZERO_WHEN_CLOSING | {"sales", "exports", "payroll"}
TEXT_FORM = re.compile(r"([FNP]:[^|\s]+)\|(regular|baseline)\|([a-z0-9_]+)", re.ASCII)
DISSOLVED = {"support_ended": ONE, "active_unsubsidised": ZERO}


class CellKey(NamedTuple):
    """Names a cell of a submission; its text form is `F:ABC|regular|sales`."""

    subject: str
    kind: str
    variable: str

    def __str__(self) -> str:
        return "|".join(self)

    @classmethod
    def parse(cls, text: str) -> "CellKey":
        """Raises ValueError for any other form."""
        match = TEXT_FORM.fullmatch(text)
        if (
            match is None or not text.isprintable()
        ):  # NUL and half characters, which no database can look for
            raise ValueError(f"not a cell: {text!r}")
        return cls(*match.groups())

    @property
    def level(self) -> str:
        return {"F": Level.FIRM, "N": Level.NETWORK, "P": Level.PROJECT}[self.subject[0]]


class Written(NamedTuple):
    """What the system writes into a cell: a value, or the reason why there is none."""

    value: Decimal | None
    missing: str
    source: str


class Asked(NamedTuple):
    """A cell that a submission asks; `written` is None where people fill it."""

    variable: Variable
    period: str
    written: Written | None


NOT_APPLICABLE = Written(None, Missing.NOT_APPLICABLE, Source.SYSTEM)
NOT_COLLECTED = Written(None, Missing.NOT_COLLECTED, Source.SYSTEM)
CLOSED_NOT_APPLICABLE = Written(None, Missing.NOT_APPLICABLE, Source.CLOSURE)
CLOSED_ZERO = Written(ZERO, "", Source.CLOSURE)
OPERATES = Written(ONE, "", Source.SYSTEM)

AskedRow = dict[str, Asked]


def asked_cells(roster: Roster) -> dict[CellKey, Asked]:
    """Every cell that a submission asks, unit by unit in catalogue order, baseline before regular.

    As if every active firm had answered: `operating_of` says which of them operate.
    """
    rows = AskedRows(roster)
    cells: dict[CellKey, Asked] = {}
    for unit in roster.units:
        subject = unit.subject
        for kind, row in (
            (Kind.BASELINE.value, rows.baseline(unit)),
            (Kind.REGULAR.value, rows.regular(unit)),
        ):
            for code, asked in row.items():
                cells[CellKey(subject, kind, code)] = asked
    return cells


def operating_of(asked: Mapping[CellKey, Asked], answered: Collection[str]) -> dict[CellKey, Asked]:
    """The cells asked, once it is known which subjects have `answered`: only they operate."""
    silent = {
        key: cell._replace(written=NOT_COLLECTED)
        for key, cell in asked.items()
        if (key.kind, key.variable) == (Kind.REGULAR, OPERATING)
        and cell.written == OPERATES
        and key.subject not in answered
    }
    return {**asked, **silent}


class AskedRows:
    """The row of cells of each unit.

    Units that are asked the same share one row object: there are few different ones.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.round = roster.round
        self.rows: dict[tuple, AskedRow] = {}
        milestone = roster.submission.is_milestone
        self.variables = {
            level: [v for v in of_level if asks(v, self.round, milestone)]
            for level, of_level in roster.definitions.by_level.items()
        }

    def regular(self, unit: Unit) -> AskedRow:
        situation = _situation(unit, self.round)
        key = (unit.level, situation, unit.typologies)
        if key not in self.rows:
            self.rows[key] = self._regular(unit, situation)
        return self.rows[key]

    def _regular(self, unit: Unit, situation: str) -> AskedRow:
        write = SITUATIONS[situation]
        row: AskedRow = {}
        for variable in self.variables[unit.level]:
            if situation == "left" and variable.code != OPERATING:
                continue
            written = NOT_APPLICABLE if not _applies(variable, unit) else write(variable)
            row[variable.code] = Asked(variable, period_of(variable, self.round.code), written)
        return row

    def baseline(self, unit: Unit) -> AskedRow:
        began_on = unit.began_on
        if not unit.needs_baseline or began_on is None:
            return {}
        late = unit.is_late(unit.captured_on or self.roster.day)
        as_of = semesters.of(unit.captured_on) if unit.captured_on else self.round.code
        key = (
            unit.level,
            unit.typologies,
            began_on.year,
            semesters.of(began_on),
            as_of,
            late,
        )
        if key not in self.rows:
            self.rows[key] = {
                variable.code: Asked(
                    variable,
                    _baseline_period(variable, began_on, as_of),
                    _baseline_written(variable, unit, late),
                )
                for variable in self.roster.definitions.by_level[unit.level]
                if variable.asked_at_baseline
            }
        return self.rows[key]


def _applies(variable: Variable, unit: Unit) -> bool:
    return not variable.applies_to or not variable.typologies.isdisjoint(unit.typologies)


def _baseline_period(variable: Variable, began_on: dt.date, as_of: str) -> str:
    """The last closed year or semester before the unit joined; milestone variables: the semester of
    the capture.
    """
    if variable.frequency == Frequency.ANNUAL:
        return str(began_on.year - 1)
    return (
        semesters.before(semesters.of(began_on))
        if variable.frequency == Frequency.SEMESTER
        else as_of
    )


def _baseline_written(variable: Variable, unit: Unit, late: bool) -> Written | None:
    if not _applies(variable, unit):
        return NOT_APPLICABLE
    if variable.code == OPERATING:
        return OPERATES
    if variable.code == UNIT_COST_INDEX:
        return Written(HUNDRED, "", Source.SYSTEM)
    return NOT_COLLECTED if late and variable.frequency == Frequency.MILESTONE else None


# --- how a unit stands at the close of the round, and what the system then writes


def _situation(unit: Unit, round: Round) -> str:
    closed_on = unit.closed_on
    if unit.level == Level.NETWORK:
        return "dissolved" if closed_on is not None and closed_on <= round.ends_on else "active"
    if unit.state == MembershipState.LEFT:
        return "left"
    if unit.state != MembershipState.CLOSED:
        return "active"
    if closed_on is not None and closed_on.year < round.year:
        return "closed"
    return "closed_before" if closed_on is not None and closed_on < round.starts_on else "closing"


def _active(variable: Variable) -> Written | None:
    return OPERATES if variable.code == OPERATING else None


def _left(variable: Variable) -> Written | None:
    return NOT_COLLECTED


def _closing(variable: Variable) -> Written | None:
    """The year of closing: no jobs at its end, its flows are entered, other stocks do not apply."""
    if variable.code in ZERO_WHEN_CLOSING:
        return CLOSED_ZERO
    return None if variable.stock_or_flow == "flow" else CLOSED_NOT_APPLICABLE


def _closed_before(variable: Variable) -> Written | None:
    """Closed in the first half of the year: the second half has no flows of its own, the year has."""
    return CLOSED_NOT_APPLICABLE if variable.frequency == Frequency.SEMESTER else _closing(variable)


def _closed(variable: Variable) -> Written | None:
    return CLOSED_ZERO if variable.code in ZERO_ONCE_CLOSED else CLOSED_NOT_APPLICABLE


def _dissolved(variable: Variable) -> Written | None:
    if variable.code in DISSOLVED:
        return Written(DISSOLVED[variable.code], "", Source.SYSTEM)
    return NOT_APPLICABLE


SITUATIONS = {
    "active": _active,
    "left": _left,
    "closing": _closing,
    "closed_before": _closed_before,
    "closed": _closed,
    "dissolved": _dissolved,
}
