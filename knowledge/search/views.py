"""The list of the library: what answers a question, narrowed by facets."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.reach import keys_of
from knowledge.usage import missed
from pip_network.web.requests import reads_words

from .answers import Answer
from .asked import answer_to
from .facet_labels import FACETS, label, note
from .families import family
from .hits import hits_of
from .limits import sparing
from .questions import LENGTH, Question
from .suggestions import alone, meant
from .thesaurus import Label

PER_PAGE = 20


@reads_words
@require_safe
@sparing
def library(request: HttpRequest) -> HttpResponse:
    """The works that answer the question and the facets that the address holds."""
    answer = answer_to(request.GET, keys_of(request.user))
    question = answer.question
    sorts = sorts_for(question)
    if question.typed and not answer.total and not any(answer.chosen.values()):
        missed.note(request, question.typed, (get_language() or "es")[:2], at=timezone.now())
    sort = request.GET.get("sort", "")
    sort = sort if sort in sorts else next(iter(sorts))
    return render(
        request,
        "knowledge/library.html",
        {
            "page": page_of(request, answer, sort),
            "question": question,
            "answer": answer,
            "facets": facets_of(answer),
            "sort": sort,
            "sorts": sorts,
            "narrowed": ", ".join(label(*one) for one in answer.chosen.items()),
            "also": other_terms(answer),
            "expand": answer.expand,
            "meant": meant(answer),
            "alone": alone(answer),
            "family": family(answer),
            "length": LENGTH,
        },
    )


def other_terms(answer: Answer) -> list[Label]:
    """Terms in each language that are asked besides what was typed, each once."""
    labels = (label for concept in answer.concepts for label in concept.labels if label.preferred)
    return list({label.told: label for label in labels}.values())


def sorts_for(question: Question) -> dict[str, str]:
    """The first is the usual one."""
    usual = ("product", _("Products first")) if question.empty else ("relevance", _("Relevance"))
    return dict([usual, ("year", _("Year")), ("title", _("Title"))])


def page_of(request: HttpRequest, answer: Answer, sort: str) -> Page:
    """A page whose rows are read only as far as it shows them."""
    page = Paginator(range(answer.total), PER_PAGE).get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    found = answer.page(start, PER_PAGE, sort=sort, language=(get_language() or "es")[:2])
    page.object_list = hits_of(request.user, answer, found)  # type: ignore[assignment]
    return page


def facets_of(answer: Answer) -> list[dict[str, Any]]:
    """Those with something to choose or to free."""
    facets = [
        {
            "name": name,
            "title": title,
            "chosen": answer.chosen.get(name, ""),
            "choices": answer.choices(name),
            "note": note(name, answer.chosen.get(name, "")),
        }
        for name, title in FACETS.items()
    ]
    return [facet for facet in facets if facet["choices"] or facet["chosen"]]
