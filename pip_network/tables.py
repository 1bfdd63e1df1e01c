"""Tables of lists: columns that know how their value looks on a page and what it is in a file.

A column whose cell is a link or a mark needs a `value_<name>` beside its `render_<name>`: files hold values, never HTML.
"""

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from pip_network import formats

NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


class PortalTable(tables.Table):
    class Meta:
        template_name = "ui/table.html"
        order_by_field = "sort"


class Number(tables.Column):
    def __init__(self, **extra):
        super().__init__(attrs=NUM, initial_sort_descending=True, **extra)

    def render(self, value):
        return formats.number(value)

    def value(self, value):
        return value


class Money(Number):
    def render(self, value):
        return formats.number(value, 0)


class Day(tables.Column):
    def __init__(self, **extra):
        super().__init__(attrs={"td": {"class": "nb"}}, **extra)

    def render(self, value):
        return formats.short_date(value)

    def value(self, value):
        return value


class Moment(Day):
    """Day and time in the reader's zone; in a file in UTC."""

    def render(self, value):
        local = timezone.localtime(value)
        return f"{formats.short_date(local)}{formats.NBSP}{local:%H:%M}"


def linked(thing, words, small: str = ""):
    link = format_html('<a href="{}">{}</a>', thing.get_absolute_url(), words)
    return format_html("{}<small>{}</small>", link, small) if small else link
