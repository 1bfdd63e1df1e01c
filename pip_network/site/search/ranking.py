"""The order of hits: the exact code, a name that begins so, a name with every word, anything else,
what other terms find; of equals those that write the words just so, then by name.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

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

from pip_network.folding.words import keyed, whole, written
from pip_network.web.text import Searched, fold, having, holds

from .answers import Answer, Hit
from .questions import Question

EXACT, BEGINS, IN_NAME, ELSEWHERE, BY_OTHER_TERMS = range(5)


class Candidate(NamedTuple):
    """What is searched of something at hand, and the hit if it answers."""

    code: str
    text: str
    hit: Hit


def ranked(
    rows: QuerySet,
    question: Question,
    searched: Searched,
    hit: Callable[[Any], Hit],
    *,
    code: str,
    limit: int,
) -> Answer:
    """The best `limit` of `rows` and how many there are, in one query. `code` is a column of plain
    letters; names are in `folded` and `named`.
    """
    model, words = rows.model, question.words
    literal = searched.having(model, words, question.how)
    coded = rows.order_by().annotate(search_code=Lower(Cast(code, TextField())))
    ordered = coded.filter(literal | wider(model, question, searched)).annotate(
        search_rank=Case(
            When(search_code=question.folded, then=Value(EXACT)),
            When(folded__startswith=question.folded, then=Value(BEGINS)),
            When(having(model, words, ["named"], how=question.how), then=Value(IN_NAME)),
            When(literal, then=Value(ELSEWHERE)),
            default=Value(BY_OTHER_TERMS),
            output_field=IntegerField(),
        ),
        search_other=Case(
            When(searched.writing(model, words), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
        search_count=Window(Count(F("pk"))),
    )
    order = ("search_rank", "search_other", "folded", "search_code", "pk")
    best = list(ordered.order_by(*order)[:limit])
    return Answer(best[0].search_count if best else 0, [hit(row) for row in best])


def wider(model: Any, question: Question, searched: Searched) -> Q:
    """Rows that have, of each concept that is named, its words or one of its other terms."""
    if not question.concepts:
        return Q(pk__in=())
    every = Q()
    for words, terms in question.wider:
        part = searched.having(model, words)
        for term in terms:
            part |= searched.having(model, [term])
        every &= part
    return every


def listed(candidates: Iterable[Candidate], question: Question, limit: int) -> Answer:
    """As `ranked`, for a few candidates at hand."""
    hits = []
    for number, (code, said, hit) in enumerate(candidates):
        text = keyed(said)
        place = _place(code, text, hit.title, question)
        if place is not None:
            other = not holds(text, question.words, written)
            hits.append(((place, other, fold(hit.title), code, number), hit))
    hits.sort(key=lambda ranked_hit: ranked_hit[0])
    return Answer(len(hits), [hit for _order, hit in hits[:limit]])


def _place(code: str, text: str, title: str, question: Question) -> int | None:
    """Nothing where it does not answer."""
    if fold(code) == question.folded:
        return EXACT
    if not holds(text, question.words, question.how):
        return BY_OTHER_TERMS if _has_other_terms(text, question) else None
    if fold(title).startswith(question.folded):
        return BEGINS
    in_name = holds(keyed(title), question.words, question.how)
    return IN_NAME if in_name else ELSEWHERE


def _has_other_terms(text: str, question: Question) -> bool:
    return bool(question.concepts) and all(
        holds(text, words) or any(holds(text, [term], whole) for term in terms)
        for words, terms in question.wider
    )
