"""The order of hits: the exact code, a name that begins so, a name with every word, anything else;
then by name.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

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
from django.db.models.functions import Cast, Lower
from django.utils import translation

from pip_network.web.text import fold

from .answers import Answer, Hit
from .questions import Question

EXACT, BEGINS, IN_NAME, ELSEWHERE = range(4)
Candidate = tuple[str, str, Hit]  # code, folded text that is searched, and the hit if it answers


def ranked(
    rows: QuerySet, question: Question, *, code: str, title: str, limit: int
) -> tuple[int, list[Any]]:
    """The best `limit` of `rows` and how many there are, in one query. `title` is a folded column,
    `code` one of plain letters.

    Best is: the exact code, a name that begins so, a name with every word, anything else; then by
    name.
    """
    in_title = Q()
    for word in question.words:
        in_title &= Q(**{f"{title}__contains": fold(word)})
    coded = rows.order_by().annotate(search_code=Lower(Cast(code, TextField())))
    ordered = coded.annotate(
        search_rank=Case(
            When(search_code=question.folded, then=Value(EXACT)),
            When(**{f"{title}__startswith": question.folded}, then=Value(BEGINS)),
            When(in_title, then=Value(IN_NAME)),
            default=Value(ELSEWHERE),
            output_field=IntegerField(),
        ),
        search_count=Window(Count(F("pk"))),
    )
    best = list(ordered.order_by("search_rank", title, "search_code", "pk")[:limit])
    return (best[0].search_count if best else 0), best


def in_every_language(name_of: Callable[[], str]) -> str:
    """A text as each of our three languages has it: for names that are not in the database."""
    names = []
    for language in ("es", "pt", "en"):
        with translation.override(language):
            names.append(name_of())
    return fold(" ".join(names))


def listed(candidates: Iterable[Candidate], question: Question, limit: int) -> Answer:
    """As `ranked`, for a few candidates at hand."""
    words, folded = [fold(word) for word in question.words], question.folded
    hits = []
    for code, searched, hit in candidates:
        if all(word in searched for word in words):
            title = fold(hit.title)
            hits.append((_place(fold(code), title, words, folded), title, code, hit))
    hits.sort(key=lambda ranked_hit: ranked_hit[:3])
    return Answer(len(hits), [hit for _place, _title, _code, hit in hits[:limit]])


def _place(code: str, title: str, words: Sequence[str], folded: str) -> int:
    if code == folded:
        return EXACT
    if title.startswith(folded):
        return BEGINS
    return IN_NAME if all(word in title for word in words) else ELSEWHERE
