"""Numbers and days as a reader writes them; what has no value says so in words."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pip_network.web import formats

register = template.Library()
# What needs no word for "no value" is the format itself.
for words in (formats.minutes, formats.hours, formats.days):
    register.filter(words)

Number = Decimal | int | str  # "" as None: no value


def nil(text: str = "") -> SafeString:
    """What has no value says so in words: never a zero, never a bare dash."""
    return format_html('<span class="nil">{}</span>', text or _("no data"))


@register.filter
def number(value: Number | None, decimals: int | None = None) -> str:
    return nil() if value in (None, "") else formats.number(value, decimals)


@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    return nil() if value in (None, "") else formats.percent(value, decimals)


@register.filter
def money(value: Number | None, decimals: int = 0) -> str:
    return nil() if value in (None, "") else formats.money(value, decimals)


@register.filter
def tenths(value: int | str) -> str:
    """A whole number of tenths with one decimal: 441 is 44,1."""
    return formats.number(Decimal(value).scaleb(-1), 1)


@register.filter
def longdate(day: dt.date | None) -> str:
    return formats.long_date(day) if day else nil(_("date not published"))


@register.filter
def shortdate(day: dt.date | None) -> str:
    return formats.short_date(day) if day else nil(_("no date"))


@register.filter
def daterange(first: dt.date | None, last: dt.date | None) -> str:
    if not first:
        return nil(_("date not published"))
    return formats.date_range(first, last) if last and last != first else formats.long_date(first)
