"""Tables of lists: columns that know how their value looks on a page and what it is in a file.

A column whose cell is a link or a mark needs a `value_<name>` beside its `render_<name>`: files
hold values, never HTML.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pip_network.web import formats
from pip_network.web.orders import Named, ordered, place_of

NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


class HasPage(Protocol):
    """A row, or anything else that has a page of its own."""

    def get_absolute_url(self) -> str: ...


class PortalTable(tables.Table):
    class Meta:
        template_name = "ui/table.html"
        order_by_field = "sort"

    def as_values(self, exclude_columns=()) -> Iterator[list[Any]]:
        """Headings, then the values of each row: what the library gives, asking what a column needs
        once and not for every cell, which took most of the time of a long file.
        """
        columns = [
            bound
            for bound in self.columns.iterall()
            if not bound.column.exclude_from_export and bound.name not in exclude_columns
        ]
        yield [force_str(bound.header, strings_only=True) for bound in columns]
        cells = [_cell(self, bound) for bound in columns]
        for row in self.rows:
            yield [cell(row) for cell in cells]


def _cell(table: tables.Table, bound) -> Callable[[Any], Any]:
    """What gives the value of the column `bound` for a row: its label where the field has choices,
    None where it is empty.
    """
    column, accessor, value_of = bound.column, bound.accessor, bound.value
    # The library's own does no more than pass on to `render`.
    if getattr(value_of, "__func__", None) is tables.Column.value:
        value_of = column.render
    labels = {
        code: str(label)
        for code, label in getattr(_field(table, accessor), "flatchoices", None) or ()
    }
    parameters = inspect.signature(value_of).parameters
    takes_all = any(each.kind is each.VAR_KEYWORD for each in parameters.values())

    def cell(row) -> Any:
        value = accessor.resolve(row.record, quiet=True)
        if labels:
            value = labels.get(value, value)
        if value in column.empty_values:
            return None
        arguments = {
            "value": value,
            "record": row.record,
            "column": column,
            "bound_column": bound,
            "bound_row": row,
            "table": table,
        }
        return force_str(
            value_of(
                **(arguments if takes_all else {name: arguments[name] for name in parameters})
            ),
            strings_only=True,
        )

    return cell


def _field(table: tables.Table, accessor):
    model = getattr(table.data, "model", None)
    return accessor.get_field(model) if model is not None else None


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


class Labelled(tables.Column):
    """A code that the reader sees as a name, and that is sorted by it.

    `names` gives the pairs of code and name; `stored` is where the code stands, if not under the
    name of the column; rows of one name are in the order of `key`.
    """

    def __init__(
        self, names: Callable[[], Named[Any]], *, key: str, stored: str = "", **extra: Any
    ) -> None:
        super().__init__(**extra)
        self.names, self.stored, self.key = names, stored, key

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        place = place_of(self.stored or str(self.accessor), self.names())
        return ordered(queryset, place, is_descending, self.key)


def by_day(queryset: QuerySet, name: str, key: str, descending: bool) -> tuple[QuerySet, bool]:
    """Rows by a day that some do not have: those come first, last when turned round.

    Databases differ when not told.
    """
    day = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_first=True)
    return queryset.order_by(day, f"-{key}" if descending else key), True


def linked(target: HasPage, text: str | Promise, small: str = "") -> SafeString:
    """A link to the page of `target`, with something in small print under it."""
    link = format_html('<a href="{}">{}</a>', target.get_absolute_url(), text)
    return format_html("{}<small>{}</small>", link, small) if small else link
