"""The library: the seven products first, then what else the network reads."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.models import Work
from pip_network.web.text import fold, search

PER_PAGE = 25
SORTS: dict[str, tuple[Any, str]] = {
    "": (F("product").asc(nulls_last=True), "number"),
    "title": ("folded", "number"),
    "year": (F("year").desc(nulls_last=True), "number"),
}
Choice = tuple[str, str, int]  # value, label, how many works
LABELS: dict[str, Callable[[str], str]] = {
    "language": labels.language_label,
    "type": lambda code: str(labels.TYPES.get(code, code)),
    "country": labels.country_label,
}


def in_period(key: str) -> Q:
    """Works of one period such as `2004-2007`; either end may be open, `none` is for those without
    a year.
    """
    if key not in labels.PERIODS:
        return Q()
    if key == "none":
        return Q(year__isnull=True)
    first, last = key.split("-")
    return Q(year__gte=int(first or 0), year__lte=int(last or 9999))


def narrowed(works: QuerySet[Work], chosen: dict[str, str], *, without: str = "") -> QuerySet[Work]:
    """Those that every chosen facet keeps; `without` is a facet that is not asked."""
    for name in ("language", "type", "country"):
        if chosen[name] and name != without:
            works = works.filter(**{name: chosen[name]})
    return works.filter(in_period(chosen["period"])) if without != "period" else works


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The works that answer the question and the facets that the address holds."""
    chosen = {
        name: request.GET.get(name, "")[:80]
        for name in ("q", "language", "type", "country", "period", "sort")
    }
    matching = search(Work.objects.all(), chosen["q"], "searched")
    order = SORTS.get(chosen["sort"], SORTS[""])
    page = Paginator(narrowed(matching, chosen).order_by(*order), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "knowledge/library.html",
        {
            "page": page,
            "chosen": chosen,
            "facets": facets(matching, chosen),
            "filters": [
                chosen[name] for name in ("language", "type", "country", "period") if chosen[name]
            ],
            "sorts": [("", _("Products first")), ("title", _("Title")), ("year", _("Year"))],
        },
    )


def facets(works: QuerySet[Work], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """What the list can be narrowed by, with how many works each would leave; one query for each."""
    titles = {"language": _("Language"), "type": _("Type"), "country": _("Country or reach")}
    return [
        *(
            facet(name, title, chosen, choices_of(name, narrowed(works, chosen, without=name)))
            for name, title in titles.items()
        ),
        facet("period", _("Year"), chosen, periods_of(narrowed(works, chosen, without="period"))),
    ]


def facet(name: str, title: str, chosen: dict[str, str], choices: list[Choice]) -> dict[str, Any]:
    return {"name": name, "title": title, "chosen": chosen[name], "choices": choices}


def choices_of(name: str, works: QuerySet[Work]) -> list[Choice]:
    """The values that `works` have, the most frequent first."""
    label = LABELS[name]
    rows = works.exclude(**{name: ""}).order_by().values(name).annotate(n=Count("pk"))
    choices = [(row[name], label(row[name]), row["n"]) for row in rows]
    return sorted(choices, key=lambda choice: (-choice[2], fold(choice[1]), choice[0]))


def periods_of(works: QuerySet[Work]) -> list[Choice]:
    """The periods that some of `works` are of, the newest first."""
    counts = works.aggregate(
        **{f"p{i}": Count("pk", filter=in_period(key)) for i, key in enumerate(labels.PERIODS)}
    )
    return [
        (key, str(label), counts[f"p{i}"])
        for i, (key, label) in enumerate(labels.PERIODS.items())
        if counts[f"p{i}"]
    ]


@require_safe
def work(request: HttpRequest, number: str) -> HttpResponse:
    """One work, with others of its kind."""
    record = get_object_or_404(Work, number=number)
    related = Work.objects.filter(type=record.type).exclude(pk=record.pk).order_by("number")[:4]
    return render(
        request,
        "knowledge/work.html",
        {
            "work": record,
            "related": related,
            "product": labels.PRODUCTS.get(record.product) if record.product else None,
            "products": range(1, 8),
        },
    )
