"""The public home: what the programme published about itself, and the way into every room."""

from typing import NamedTuple

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from knowledge.models import Work
from projects.counts import counted, current_networks
from projects.latin_america import map_of
from projects.models import Country
from workshops.models import Workshop


class Published(NamedTuple):
    """Totals as the programme's presentation states them; amounts in tenths of a million US$."""

    projects: int = 19
    networks: int = 71
    countries: int = 16
    total: int = 441
    fomin: int = 225
    counterpart: int = 216
    institutions: int = 70  # "more than"


class Product(NamedTuple):
    number: int
    title: str
    note: str = ""


PRODUCTS = (
    Product(
        1,
        _("Case studies and best practices in Latin America"),
        _("With SDS/MIC; published by Harvard University Press"),
    ),
    Product(2, _("Lessons learned in the design of productive integration and cluster operations")),
    Product(3, _("Manual of the common monitoring system of the PIP projects")),
    Product(4, _("Method for promoting collective action")),
    Product(5, _("Qualitative analysis of the impacts of the PIP projects")),
    Product(
        6,
        _("First initiative of a learning network among the bodies most active in the region"),
        _("An initiative, not a text"),
    ),
    Product(
        7,
        _("Learning guide for policy makers and project operators"),
        _("Productive integration and local competitiveness"),
    ),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    countries = Country.objects.annotate(
        network_count=counted(current_networks(), "pk", country=OuterRef("pk"))
    ).order_by("iso2")
    works = {work.product: work for work in Work.objects.filter(product__isnull=False).only("number", "product")}
    return render(
        request,
        "home.html",
        {
            "published": Published(),
            "map": map_of(list(countries)),
            "workshops": Workshop.objects.order_by("number"),
            "products": [(product, works.get(product.number)) for product in PRODUCTS],
        },
    )
