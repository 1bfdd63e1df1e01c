"""What a work or a lesson says in rows of other tables, as the trail tells it: the trail has the
names of its record, of which its own table knows only some.
"""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from knowledge.labels import country_label
from knowledge.lessons import writing
from knowledge.models import Expression, LessonTheme, LessonTypology, WorkTheme, WorkTypology
from knowledge.works import authors, records
from knowledge.works.columns import InLanguage
from pip_network.audit.objects import value_label
from pip_network.audit.words import Said
from pip_network.web.columns import column_of

ROWS_OF_LESSON = {
    "themes": column_of(LessonTheme, "theme"),
    "typologies": column_of(LessonTypology, "typology"),
}
ROWS_OF_WORK = {
    "themes": column_of(WorkTheme, "theme"),
    "typologies": column_of(WorkTypology, "typology"),
}
LANGUAGE = column_of(Expression, "language")


def of_lesson(name: str) -> Said | None:
    if name not in writing.TEXTS and name not in ROWS_OF_LESSON:
        return None
    return Said(writing.LABELS[name], partial(value_label, ROWS_OF_LESSON.get(name)))


def of_work(name: str) -> Said | None:
    if name in records.OF_LANGUAGES:
        column = column_of(Expression, name.rpartition("_")[0])
        return Said(InLanguage(name).label, partial(value_label, column))
    if name in ROWS_OF_WORK:
        label = _("Themes") if name == "themes" else _("Typologies")
        return Said(label, partial(_marked, ROWS_OF_WORK[name]))
    if name == "original":
        return Said(_("Language of the original"), partial(value_label, LANGUAGE))
    if name == "countries":
        return Said(_("Countries"), _countries)
    return Said(_("Authors"), _authors) if name == "authors" else None


def _marked(column: Any, rows: Any) -> str:
    """Pairs of a value and whether it was inferred."""
    return value_label(column, [one[:1] if isinstance(one, list) else one for one in _list(rows)])


def _countries(rows: Any) -> str:
    return ", ".join(country_label(str(one)) for one in _list(rows))


def _authors(rows: Any) -> str:
    """As the form has them, in one line."""
    size = len(authors.Named._fields)
    whole = [one for one in _list(rows) if isinstance(one, list) and len(one) == size]
    return authors.written([authors.Named(*map(str, one)) for one in whole])


def _list(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []
