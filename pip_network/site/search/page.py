"""The page: every source that the reader may ask, answered by kind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from .addresses import first_address
from .answers import Group, Reader, Source
from .questions import LENGTH, Question, read
from .sources import SOURCES

SHOWN, SHOWN_OF_ONE = 10, 100


def find(reader: Reader, question: Question, kind: str = "") -> list[Group]:
    """What `reader` may see of what she asked for, by kind; only `kind` when it is one that she may
    ask.
    """
    if not question.words:
        return []
    shown = [source for source in SOURCES if source.shown(reader)]
    chosen = [source for source in shown if source.kind == kind]
    groups = []
    for source in chosen or shown:
        answer = source.find(reader, question, SHOWN_OF_ONE if chosen else SHOWN)
        if answer.count:
            more = "" if chosen else more_url(source, question)
            groups.append(Group(source.kind, str(source.label), answer.count, answer.hits, more))
    return groups


def more_url(source: Source, question: Question) -> str:
    """Where all hits of a source are: its own list with the same question, or this page with that
    source alone.
    """
    address = first_address((source.list_url, [])) if source.list_url else None
    if address:
        return f"{address}?{urlencode([('q', question.text), *source.list_more])}"
    return f"{reverse('search')}?{urlencode({'q': question.text, 'in': source.kind})}"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see of her question, by kind."""
    typed = request.GET.get("q", "")
    question = read(typed)
    groups = find(request.user, question, request.GET.get("in", ""))
    return render(
        request,
        "site/search.html",
        {
            "asked": typed[:LENGTH].strip(),
            "question": question,
            "groups": groups,
            "total": sum(group.count for group in groups),
            "length": LENGTH,
            "alone": groups[0]
            if len(groups) == 1 and request.GET.get("in") == groups[0].kind
            else None,
            "shown_of_one": SHOWN_OF_ONE,
        },
    )
