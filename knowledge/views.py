"""The library: the seven products first, then what else the network reads."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.models import PRODUCTS_FIRST, Work
from knowledge.works.finding import found, with_folded_title
from pip_network.web.text import fold

PER_PAGE = 25
SORTS: dict[str, tuple[Any, str]] = {
    "": PRODUCTS_FIRST,
    "title": ("folded_title", "code"),
    "year": (F("year").desc(nulls_last=True), "code"),
}
Choice = tuple[str, str, int]  # value, label, how many works
LABELS: dict[str, Callable[[str], str]] = {
    "language": labels.language_label,
    "type": labels.type_label,
    "country": labels.country_label,
}
COLUMNS = {"language": "expressions__language", "type": "type", "country": "countries__iso2"}


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
            works = works.filter(**{COLUMNS[name]: chosen[name]})
    return works.filter(in_period(chosen["period"])) if without != "period" else works


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The works that answer the question and the facets that the address holds."""
    chosen = {
        name: request.GET.get(name, "")[:80]
        for name in ("q", "language", "type", "country", "period", "sort")
    }
    matching = found(Work.objects.visible_to(request.user).with_parts(), chosen["q"])
    order = SORTS.get(chosen["sort"], SORTS[""])
    works = with_folded_title(narrowed(matching, chosen)).order_by(*order)
    page = Paginator(works, PER_PAGE).get_page(request.GET.get("page"))
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


def choices_of(name: str, works: QuerySet) -> list[Choice]:
    """The values that `works` have, the most frequent first."""
    label = LABELS[name]
    rows = works.order_by().values_list(COLUMNS[name]).annotate(n=Count("pk", distinct=True))
    choices = [(value, label(value), n) for value, n in rows if value]
    return sorted(choices, key=lambda choice: (-choice[2], fold(choice[1]), choice[0]))


def periods_of(works: QuerySet) -> list[Choice]:
    """The periods that some of `works` are of, the newest first."""
    counts = works.aggregate(
        **{f"p{i}": Count("pk", filter=in_period(key)) for i, key in enumerate(labels.PERIODS)}
    )
    return [
        (key, str(label), counts[f"p{i}"])
        for i, (key, label) in enumerate(labels.PERIODS.items())
        if counts[f"p{i}"]
    ]
