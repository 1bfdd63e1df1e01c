"""Words in lessons: all of them in one and the same language."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from knowledge.models import LessonQuerySet, LessonText
from pip_network.folding.words import beginning, whole
from pip_network.web.text import How, Searched, words_of

TEXTS = Searched(("searched",))


def telling(words: Iterable[str], how: How = whole) -> Exists:
    """Lessons that have all of `words`."""
    return in_one_text(TEXTS.having(LessonText, words, how))


def in_one_text(asked: Q) -> Exists:
    return Exists(LessonText.objects.filter(asked, lesson=OuterRef("pk")))


def with_words(lessons: LessonQuerySet, text: str) -> LessonQuerySet:
    """Those with all words of a search box, in any of their forms, or where none has them so, with
    words that begin with them; and the one that has it as its code.
    """
    return found_with(lessons, text)[0]


def found_with(lessons: LessonQuerySet, text: str) -> tuple[LessonQuerySet, bool]:
    """The same, and whether only beginnings of words were found."""
    words = words_of(text)
    if not words:
        return lessons, False
    coded = Q(code=text.strip().upper())
    found = lessons.filter(telling(words) | coded)
    if found.exists():
        return found, False
    begun = lessons.filter(telling(words, beginning))
    return begun, begun.exists()
