"""What the programme published about itself, in its presentation; nothing here is computed."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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
    """What the programme set out to produce, as its presentation numbers it."""

    number: int
    title: "StrOrPromise"
    note: "StrOrPromise" = ""


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
