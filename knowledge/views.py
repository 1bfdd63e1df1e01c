"""The library: the seven products first, then what else the network reads."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.models import Work
from pip_network.web.text import Folded, search

PER_PAGE = 25
SORTS = {
    "": (F("product").asc(nulls_last=True), "number"),
    "title": (Folded("title"), "number"),
    "year": (F("year").desc(nulls_last=True), "number"),
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


def narrowed(works: QuerySet, chosen: dict[str, str], *, without: str = "") -> QuerySet:
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
    matching = search(Work.objects.all(), chosen["q"], "title", "authors", "publisher", "type")
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


def facets(works: QuerySet, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """What the list can be narrowed by, with how many works each would leave; one query for each."""
    labelled = {
        "language": labels.language_label,
        "type": lambda code: labels.TYPES.get(code, code),
        "country": labels.country_label,
    }
    titles = {"language": _("Language"), "type": _("Type"), "country": _("Country or reach")}
    shown = []
    for name, label in labelled.items():
        rows = (
            narrowed(works, chosen, without=name)
            .exclude(**{name: ""})
            .order_by()
            .values(name)
            .annotate(n=Count("pk"))
        )
        choices = [(row[name], str(label(row[name])), row["n"]) for row in rows]
        choices.sort(key=lambda choice: (-choice[2], choice[1], choice[0]))
        shown.append(
            {"name": name, "title": titles[name], "chosen": chosen[name], "choices": choices}
        )
    counts = narrowed(works, chosen, without="period").aggregate(
        **{f"p{i}": Count("pk", filter=in_period(key)) for i, key in enumerate(labels.PERIODS)}
    )
    periods = [
        (key, str(label), counts[f"p{i}"])
        for i, (key, label) in enumerate(labels.PERIODS.items())
        if counts[f"p{i}"]
    ]
    shown.append(
        {"name": "period", "title": _("Year"), "chosen": chosen["period"], "choices": periods}
    )
    return shown


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
