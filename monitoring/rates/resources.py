"""Exchange rates and price indices as rows: of a file, or of the form of the administration."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.analysis.periods import first_day
from monitoring.models import Rate
from monitoring.rates import needed
from monitoring.rates.actions import RateRow, approve_rates, check_rate, in_force
from pip_network.files.importing import Amount, PlannedRow, TableResource, Text
from pip_network.files.incoming import Cell
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web import formats
from pip_network.web.days import day_of
from pip_network.web.errors import Invalid

EARLIEST = "1950"
DOLLAR = "USD"


class EightDecimals(Amount):
    """A number with as many decimals as it has, at most eight; a change is told in per cent too."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, places=8, **options)

    def shown(self, value: Decimal | None) -> str:
        return "" if value is None else rate_text(value)

    def difference(self, old: Decimal, new: Decimal) -> str:
        change = 100 * (new / old - 1)
        return f"{'+' if change > 0 else ''}{formats.percent(change, 2)}"


class Capitals(Text):
    """A code that may come in small letters."""

    def read(self, cell: Cell) -> str:
        return super().read(cell).upper()


class RateResource(TableResource):
    """The columns of a file of rates, and what its rows would do."""

    model = Rate
    key = ("currency", "period")
    permission = Permission.MANAGE_RATES
    columns = (
        Capitals("currency", required=True, help=gettext_lazy("Three capital letters of ISO 4217")),
        Capitals(
            "period", required=True, help=gettext_lazy("A year or a semester: 2005 or 2005-S2")
        ),
        EightDecimals(
            "usd_rate",
            required=True,
            help=gettext_lazy("Local units for one US dollar, average of the period"),
        ),
        EightDecimals(
            "cpi",
            required=True,
            help=gettext_lazy("Consumer price index of the period, 2000 = 100"),
        ),
        Text("source", help=gettext_lazy("Where both come from, at most 200 characters")),
    )
    explanation = gettext_lazy(
        "A currency and period that has a rate gets a corrected one; another one gets its first. "
        "In a CSV write four "
        "decimals: 2.905 could be two numbers, 2.9050 is one."
    )
    reason = ""

    def get_queryset(self):
        return Rate.objects.live()

    def find(self, rows: Sequence[PlannedRow]) -> None:
        rates = in_force(key_of(row) for row in rows)
        for row in rows:
            row.instance = rates.get(key_of(row))

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        """All that the action will ask, and what makes no sense: a currency that nobody uses, a
        period to come.
        """
        currencies, today = needed.currencies(), day_of(at)
        for row in rows:
            try:
                _require_sense(check_rate(rate_row(row)), currencies, today)
            except Invalid as error:
                row.refuse_for(error)

    def needs_rehearsal(self, row: PlannedRow) -> bool:
        return False

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        approve_rates([rate_row(row) for row in rows], self.reason, by=by, at=at)


def key_of(row: PlannedRow) -> tuple[str, str]:
    """Currency and period."""
    return row.values["currency"], row.values["period"]


def rate_row(row: PlannedRow[Rate]) -> RateRow:
    """What a row asks for; a column that the file does not have says what is in force."""
    source = row.instance.source if row.instance is not None else ""
    return RateRow(**{"source": source, **row.values})


def rate_text(value: Decimal) -> str:
    """A rate as the reader writes it, without the zeros at its end."""
    return formats.number(trimmed(value))


def trimmed(value: Decimal) -> Decimal:
    """Without the zeros at its end, and never with an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


def _require_sense(row: RateRow, currencies: set[str], today: dt.date) -> None:
    if row.currency not in currencies:
        raise Invalid(
            _(
                "No country of the registry has the currency %(currency)s: correct the code, or "
                "give the currency to its country first."
            )
            % {"currency": row.currency}
        )
    if row.period < EARLIEST:
        raise Invalid(
            _("The period %(period)s is too long ago to be meant: correct the year.")
            % {"period": row.period}
        )
    if first_day(row.period) > today:
        raise Invalid(
            _("The period %(period)s has not begun: its average is not known.")
            % {"period": row.period}
        )
    if row.currency == DOLLAR and row.usd_rate != 1:
        raise Invalid(
            _("One US dollar is one US dollar: its rate is 1; its price index is its own.")
        )
