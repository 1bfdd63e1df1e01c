"""What a lesson says, as values by name: the one place that reads and writes them."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knowledge.models import PARAGRAPHS, Lesson, LessonText, LessonTheme, LessonTypology
from pip_network.models import User
from pip_network.web.edits import CUT, clean
from pip_network.web.errors import Invalid
from pip_network.web.stamps import stamp_of
from pip_network.web.text import fold, require_no_null, require_seen

TEXTS = ("title", *PARAGRAPHS)
FIELDS = ("outcome", "confidence", "themes", "typologies", *TEXTS)
# What each is called where it is asked for.
LABELS = {
    "title": _lazy("Title"),
    "context": _lazy("Context"),
    "problem": _lazy("Problem"),
    "done": _lazy("What was done"),
    "happened": _lazy("What happened"),
    "why": _lazy("Why"),
    "not_when": _lazy("When it does not apply"),
    "outcome": _lazy("Outcome"),
    "confidence": _lazy("Confidence"),
    "themes": _lazy("Themes"),
    "typologies": _lazy("Typologies"),
}
LONGEST = 4000  # characters of a paragraph, and of the voice
LONGEST_TITLE = 120  # of one that is taken from the voice


def read(lesson: Lesson) -> dict[str, Any]:
    """All that the original says, by the names of `FIELDS`."""
    text = lesson.original
    return {
        "outcome": lesson.outcome,
        "confidence": lesson.confidence,
        "themes": tuple(sorted(row.theme for row in lesson.themes.all())),
        "typologies": tuple(sorted(row.typology for row in lesson.typologies.all())),
        **{name: getattr(text, name) if text else "" for name in TEXTS},
    }


def write(lesson: Lesson, values: dict[str, Any]) -> None:
    """Store outcome, confidence, themes and typologies; names that are not given keep what stands."""
    for name in ("outcome", "confidence", "origin"):
        if name in values:
            setattr(lesson, name, values[name])
    clean(lesson)
    lesson.save()
    _write_rows(lesson, LessonTheme, "theme", values.get("themes"))
    _write_rows(lesson, LessonTypology, "typology", values.get("typologies"))
    forget_what_was_read(lesson)


def _write_rows(lesson: Lesson, model: type[Any], column: str, values: Any) -> None:
    if values is None:
        return
    model.objects.filter(lesson=lesson).delete()
    for value in sorted(set(values)):
        row = model(lesson=lesson, **{column: value})
        clean(row)
        row.save()


def write_text(
    lesson: Lesson,
    language: str,
    values: dict[str, Any],
    *,
    person: User | None,
    at: dt.datetime,
    original: bool = False,
) -> LessonText:
    """Store the words of one language. Raises Invalid (place: the field)."""
    row = LessonText.objects.filter(lesson=lesson, language=language).first()
    row = row or LessonText(lesson=lesson, language=language, original=original)
    for name in TEXTS:
        if name in values:
            setattr(row, name, words(values[name], place=name))
    if not says_something(row.title):
        raise Invalid(_("Give the lesson a title."), place="title")
    row.changed_by, row.changed_at = person, at
    clean(row)
    row.save()
    forget_what_was_read(lesson)
    return row


def stamp_of_text(row: LessonText | None) -> str:
    """What stands in a language, in short; nothing where there is nothing."""
    return stamp_of(row, TEXTS) if row else ""


def words(text: str, *, place: str) -> str:
    """Without the blanks around them. Raises Invalid for too many, for what no database keeps, and
    for those of which nothing is seen.
    """
    text = text.strip()
    require_no_null(text, place)
    require_seen(text, place)
    if len(text) > LONGEST:
        raise Invalid(_("At most %(count)s characters.") % {"count": LONGEST}, place=place)
    return text


def language_now() -> str:
    """In which who writes a note reads the portal, and so writes."""
    return (get_language() or "es")[:2]


def says_something(text: str) -> bool:
    """Is there a letter or a digit that one can see?"""
    return any(sign.isalnum() for sign in fold(text))


def title_of(voice: str) -> str:
    """The beginning of what was told, for a draft that nobody has given a title."""
    first = next(line.strip() for line in voice.splitlines() if says_something(line))
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def forget_what_was_read(lesson: Lesson) -> None:
    vars(lesson).pop("_prefetched_objects_cache", None)


def told(value: Any) -> Any:
    """A value as the trail keeps it: texts cut."""
    return list(value) if isinstance(value, tuple) else str(value)[:CUT]
