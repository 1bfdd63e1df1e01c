"""The first row of a file: which column stands where."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell
from pip_network.web.errors import Invalid
from pip_network.web.text import fold

from .columns import Column

Places = list[tuple[Column, int]]


def places_of(heading: Sequence[Cell], columns: Sequence[Column], key: Collection[str]) -> Places:
    """The columns of the file, each with its place counted from 0.

    Raises Invalid for a heading that is unknown or stands twice, and where a column of `key` is
    missing.
    """
    places: dict[str, tuple[Column, int]] = {}
    by_heading = {name: column for column in columns for name in column.headings()}
    for place, cell in enumerate(heading):
        if cell is None:
            continue
        column = by_heading.get(fold(str(cell).strip()))
        if column is None:
            raise _unknown(cell, columns)
        if column.name in places:
            raise Invalid(
                _("The heading «%(heading)s» stands twice.") % {"heading": column.label},
                place="file",
            )
        places[column.name] = (column, place)
    _require_key(places, columns, key)
    return list(places.values())


def _unknown(cell: Cell, columns: Sequence[Column]) -> Invalid:
    return Invalid(
        _("The heading «%(heading)s» is not known. Known are: %(known)s.")
        % {
            "heading": str(cell)[:60],
            "known": ", ".join(column.label for column in columns),
        },
        place="file",
    )


def _require_key(places: Collection[str], columns: Sequence[Column], key: Collection[str]) -> None:
    absent = [
        column.label for column in columns if column.name in key and column.name not in places
    ]
    if absent:
        raise Invalid(
            _("A column is missing: %(columns)s.") % {"columns": ", ".join(absent)},
            place="file",
        )
