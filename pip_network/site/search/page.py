"""The page: every source that the reader may ask, answered by kind."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pip_network.folding.words import beginning, seen_as_typed
from pip_network.web.requests import reads_words

from .addresses import first_address
from .answers import Group, Reader, Source
from .questions import LENGTH, Question, read
from .sources import SOURCES

SHOWN, SHOWN_OF_ONE = 10, 100


class Found(NamedTuple):
    """`question`: as it was answered, whole words or their beginnings."""

    question: Question
    groups: list[Group]


def find(reader: Reader, question: Question, kind: str = "") -> Found:
    """What `reader` may see of what she asked for, by kind; only `kind` when it is one that she may
    ask. Words that nothing has whole are taken for beginnings.
    """
    if not question.words:
        return Found(question, [])
    shown = [source for source in SOURCES if source.shown(reader)]
    chosen = [source for source in shown if source.kind == kind]
    for asked in (question, question.by_beginnings):
        groups = [group_of(source, reader, asked, bool(chosen)) for source in chosen or shown]
        if any(group.count for group in groups):
            return Found(asked, [group for group in groups if group.count])
    return Found(question, [])


def group_of(source: Source, reader: Reader, question: Question, alone: bool) -> Group:
    answer = source.find(reader, question, SHOWN_OF_ONE if alone else SHOWN)
    more = "" if alone else more_url(source, question)
    return Group(source.kind, str(source.label), answer.count, answer.hits, more)


def more_url(source: Source, question: Question) -> str:
    """Where all hits of a source are: its own list with the same question, or this page with that
    source alone. A list asks for no other terms, but for that of the library.
    """
    address = first_address((source.list_url, [])) if source.list_url else None
    if address and source.of_library:
        literal = [] if question.expand else [("expand", "0")]
        return f"{address}?{urlencode([('q', question.of_library), *literal])}"
    if address and not question.concepts:
        return f"{address}?{urlencode([('q', question.text), *source.list_more])}"
    return f"{reverse('search')}?{urlencode({'q': question.text, 'in': source.kind})}"


@reads_words
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see of her question, by kind."""
    typed, expand = seen_as_typed(request.GET.get("q", "")), request.GET.get("expand") != "0"
    found = find(request.user, read(typed, expand=expand), request.GET.get("in", ""))
    question, groups = found
    return render(
        request,
        "site/search.html",
        {
            "asked": typed[:LENGTH].strip(),
            "signs": bool(request.GET.get("q", "").strip()) and not question.words,
            "question": question,
            "expand": expand,
            "begins": question.how is beginning,
            "groups": groups,
            "total": sum(group.count for group in groups),
            "length": LENGTH,
            "alone": groups[0]
            if len(groups) == 1 and request.GET.get("in") == groups[0].kind
            else None,
            "shown_of_one": SHOWN_OF_ONE,
        },
    )
