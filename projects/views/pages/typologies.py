"""The four typologies: the presentation's table, and each as a way into its networks."""

from collections import Counter

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pip_network.web.orders import place_of
from pip_network.web.text import fold
from projects.choices import PROGRAMME
from projects.counts import current_networks, networks_with_counts
from projects.models import Country
from projects.models.country import country_names
from projects.typologies import BY_CODE, KINDS

from .shared import SHOWN


def counts_by_country() -> dict[str, Counter[str]]:
    """Networks of the programme by typology and country."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in BY_CODE}
    rows = current_networks().order_by().values_list("typology", "country").annotate(n=Count("pk"))
    for typology, country, count in rows:
        counts[typology][country] = count
    return counts


@require_safe
def typologies(request: HttpRequest) -> HttpResponse:
    counts = counts_by_country()
    rows = [(kind, sum(counts[kind.code].values()), len(counts[kind.code])) for kind in KINDS]
    return render(
        request,
        "projects/typologies.html",
        {
            "kinds": KINDS,
            "rows": rows,
            "in_table": [kind for kind in KINDS if kind.in_table],
            "all": sum(n for _k, n, _c in rows),
        },
    )


@require_safe
def typology(request: HttpRequest, code: str) -> HttpResponse:
    kind = BY_CODE.get(code)
    if kind is None:
        raise Http404
    counts = counts_by_country()[code]
    countries = Country.objects.in_bulk(list(counts))
    by_country = [(countries[iso2], count) for iso2, count in counts.items()]
    by_country.sort(key=lambda pair: (-pair[1], fold(pair[0].name)))
    networks = (
        networks_with_counts()
        .filter(typology=code, project__family=PROGRAMME)
        .select_related("project", "country")
    )
    return render(
        request,
        "projects/typology.html",
        {
            "kind": kind,
            "others": [other for other in KINDS if other is not kind],
            "count": sum(counts.values()),
            "by_country": by_country,
            "most": max(counts.values(), default=0),
            "networks": networks.order_by(place_of("country", country_names()), "code")[:SHOWN],
            "shown": SHOWN,
        },
    )
