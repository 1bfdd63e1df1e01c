"""The order of hits: the exact code, a name that begins so, a name with every word, anything else;
then by name.
"""

from collections.abc import Callable, Iterable

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast
from django.utils import translation

from pip_network.web.text import Folded, fold

from .answers import Found, Hit
from .questions import Question

EXACT, BEGINS, IN_NAME, ELSEWHERE = range(4)


def ranked(
    rows: QuerySet, question: Question, *, code: str, title: str, limit: int
) -> tuple[int, list]:
    """The best `limit` of `rows` and how many there are, in one query.

    Best is: the exact code, a name that begins so, a name with every word, anything else; then by
    name.
    """
    folded_code, folded_title = Folded(Cast(code, TextField())), Folded(title)
    in_title = Q()
    for word in question.words:
        in_title &= Q(search_title__contains=fold(word))
    found = rows.order_by().annotate(search_code=folded_code, search_title=folded_title)
    found = found.annotate(
        search_rank=Case(
            When(search_code=question.folded, then=Value(EXACT)),
            When(search_title__startswith=question.folded, then=Value(BEGINS)),
            When(in_title, then=Value(IN_NAME)),
            default=Value(ELSEWHERE),
            output_field=IntegerField(),
        ),
        search_count=Window(Count(F("pk"))),
    )
    kept = list(found.order_by("search_rank", "search_title", "search_code", "pk")[:limit])
    return (kept[0].search_count if kept else 0), kept


def in_every_language(words_of: Callable[[], str]) -> str:
    """A text as each of our three languages has it: for names that are not in the database."""
    said = []
    for language in ("es", "pt", "en"):
        with translation.override(language):
            said.append(words_of())
    return fold(" ".join(said))


def listed(candidates: Iterable[tuple[str, str, Hit]], question: Question, limit: int) -> Found:
    """As `ranked`, for a few candidates at hand: (code, text searched, hit)."""
    words, folded = [fold(word) for word in question.words], question.folded
    found = []
    for code, searched, hit in candidates:
        if all(word in searched for word in words):
            title = fold(hit.title)
            place = (
                EXACT if fold(code) == folded else BEGINS if title.startswith(folded) else IN_NAME
            )
            found.append((place, title, code, hit))
    found.sort(key=lambda one: one[:3])
    return Found(len(found), [one[3] for one in found[:limit]])
