"""Numbers, money and dates as the reader of each language writes them."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext

NBSP = "\N{NO-BREAK SPACE}"
# language: (decimal mark, thousands mark, what stands before %)
MARKS = {"es": (",", ".", NBSP), "pt": (",", ".", ""), "en": (".", ",", "")}
LONG_DATE = {
    "es": "{day} de {month} de {year}",
    "pt": "{day} de {month} de {year}",
    "en": "{day} {month} {year}",
}


def language() -> str:
    code = (get_language() or "es")[:2]
    return code if code in MARKS else "es"


def number(value: Decimal | int | float | str, decimals: int | None = None) -> str:
    """`value` with grouped thousands, rounded half-even to `decimals`; None keeps the decimals it
    has.
    """
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    if amount == 0:
        amount = abs(amount)  # no minus before a zero
    decimal_mark, thousands_mark, _before = MARKS[language()]
    text = (
        f"{amount:,f}".replace(",", "\0").replace(".", decimal_mark).replace("\0", thousands_mark)
    )
    return text.replace("-", "\N{MINUS SIGN}")


def percent(value: Decimal | int | str, decimals: int = 0) -> str:
    """`value` is already times 100."""
    return f"{number(value, decimals)}{MARKS[language()][2]}%"


def money(value: Decimal | int | str, decimals: int = 0, currency: str = "US$") -> str:
    return f"{currency}{NBSP}{number(value, decimals)}"


def long_date(day: dt.date) -> str:
    """12 de julio de 2006."""
    day = local_day(day)
    return LONG_DATE[language()].format(day=day.day, month=month(MONTHS, day), year=day.year)


def short_date(day: dt.date) -> str:
    """12 jul 2006, held together."""
    day = local_day(day)
    return NBSP.join((str(day.day), month(MONTHS_3, day), str(day.year)))


def date_range(first: dt.date, last: dt.date) -> str:
    """10 a 12 de julio de 2006; two whole dates when the months differ."""
    to = {"es": "a", "pt": "a", "en": "to"}[language()]
    start = (
        str(first.day) if (first.year, first.month) == (last.year, last.month) else long_date(first)
    )
    return f"{start} {to} {long_date(last)}"


def month(names: Mapping[int, str | Promise], day: dt.date) -> str:
    name = str(names[day.month])
    return name.title() if language() == "en" else name.lower()


def local_day(moment: dt.date) -> dt.date:
    if isinstance(moment, dt.datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()
    return moment


def minutes(count: int) -> str:
    """How long, in words, for sentences that name more than one number."""
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": number(count)}


def hours(count: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": number(count)}


def days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": number(count)}
