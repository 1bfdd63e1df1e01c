"""The first row of a file: which column stands where. What could mean two columns is asked."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell
from pip_network.web.errors import Invalid
from pip_network.web.text import fold

from .columns import Column

Places = list[tuple[Column, int]]
SHOWN = 60  # letters of a heading that a sentence repeats


class OpenHeading(NamedTuple):
    """A heading, its place counted from 0, and the columns that it could mean."""

    place: int
    text: str
    columns: list[Column]


class Ambiguous(Invalid):
    """Headings that could mean several columns; nothing is guessed."""

    def __init__(self, headings: Sequence[OpenHeading]) -> None:
        named = "; ".join(
            f"«{heading.text}» ({', '.join(column.label for column in heading.columns)})"
            for heading in headings
        )
        super().__init__(
            _("These headings could mean several columns: %(headings)s.") % {"headings": named},
            place="file",
        )
        self.headings = list(headings)


def places_of(heading: Sequence[Cell], columns: Sequence[Column], key: Collection[str]) -> Places:
    """The columns of the file, each with its place counted from 0.

    The name that a column has for machines wins. A row of labels of one language, as our own
    exports write it, is read in that language. Any other heading may be a name or a label in any
    language, however it is written.

    Raises Invalid for a heading that is unknown or stands twice, and where a column of `key` is
    missing; Ambiguous where one could mean several columns.
    """
    texts = {place: str(cell).strip() for place, cell in enumerate(heading) if cell is not None}
    by_name = {column.name: column for column in columns}
    found = {place: by_name[text] for place, text in texts.items() if text in by_name}
    words = {place: text for place, text in texts.items() if place not in found}
    free = [column for column in columns if column not in found.values()]
    found |= _in_one_language(words, free) or _by_word(words, columns, found)
    _require_once(found)
    places = [(found[place], place) for place in sorted(found)]
    _require_key({column.name for column, _place in places}, columns, key)
    return places


def headings_as_chosen(
    heading: Sequence[Cell], chosen: Mapping[int, str]
) -> tuple[list[Cell], set[int]]:
    """The heading with the names that were chosen for some places, and the places left out (a blank
    choice).
    """
    named = [chosen.get(place, cell) or None for place, cell in enumerate(heading)]
    return named, {place for place, name in chosen.items() if not name}


def _in_one_language(
    words: Mapping[int, str], columns: Sequence[Column]
) -> dict[int, Column] | None:
    """The columns of these words if they are labels of one language, letter by letter."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels = {column.label: column for column in columns}
        if words and all(text in labels for text in words.values()):
            return {place: labels[text] for place, text in words.items()}
    return None


def _by_word(
    words: Mapping[int, str], columns: Sequence[Column], found: Mapping[int, Column]
) -> dict[int, Column]:
    known = [(column, column.headings()) for column in columns]
    by_word: dict[int, Column] = {}
    several = []
    for place, text in words.items():
        meant = [column for column, headings in known if fold(text) in headings]
        if not meant:
            raise _unknown(text, columns)
        if len(meant) == 1:
            by_word[place] = meant[0]
            continue
        taken = [*found.values(), *by_word.values()]
        free = [column for column in meant if column not in taken]
        several.append(OpenHeading(place, text[:SHOWN], free or meant))
    if several:
        raise Ambiguous(several)
    return by_word


def _require_once(found: Mapping[int, Column]) -> None:
    seen = set()
    for place in sorted(found):
        column = found[place]
        if column.name in seen:
            raise Invalid(
                _("The heading «%(heading)s» stands twice.") % {"heading": column.label},
                place="file",
            )
        seen.add(column.name)


def _unknown(text: str, columns: Sequence[Column]) -> Invalid:
    return Invalid(
        _("The heading «%(heading)s» is not known. Known are: %(known)s.")
        % {
            "heading": text[:SHOWN],
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
