"""The public pages: home, about, figures, contact, statements."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.models import Work
from monitoring import portfolio, publication
from monitoring.analysis import Figure, approved_rounds_from_database
from monitoring.models import Approval, Indicator
from monitoring.reports import text
from pip_network.choices import Relation
from pip_network.models import Institution, User
from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.site.home import privacy as kept
from pip_network.site.home import samples
from pip_network.site.home.published import PRODUCTS, Product, Published
from pip_network.web.signed_in import Reader
from projects.actions import identification
from projects.counts import counted, current_networks
from projects.latin_america import map_of
from projects.models import Country, Project
from workshops.models import Workshop

FAMILY = "pip"  # the family that the published totals speak of


def products(reader: Reader) -> list[tuple[Product, Work | None]]:
    """Each product with the work of the library that stands for it, if `reader` may read one."""
    readable = Work.objects.visible_to(reader)
    works = {
        work.product: work
        for work in readable.filter(product__isnull=False).only("code", "product")
    }
    return [(product, works.get(product.number)) for product in PRODUCTS]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The face of the portal."""
    countries = Country.objects.annotate(
        network_count=counted(
            current_networks().filter(project__family=FAMILY), "pk", country=OuterRef("pk")
        )
    ).order_by("iso2")
    return render(
        request,
        "site/home.html",
        {
            "published": Published(),
            "map": map_of(list(countries)),
            "workshops": list(Workshop.objects.order_by("number")),
            "products": products(request.user),
            "latest": latest_for(request.user),
        },
    )


def latest_for(user: User | AnonymousUser) -> dict | None:
    """The newest semester that somebody may know of: staff of an approval, others of a
    publication.
    """
    if can(user, P.VIEW_PORTFOLIO):
        return latest_approval()
    shown = publication.shown()
    return {"number": shown.as_of, "at": shown.at, "round": shown.round} if shown else None


def latest_approval() -> dict[str, Any] | None:
    """The newest round as every question means it, with the day and number of its last approval."""
    rounds = approved_rounds_from_database()
    code = rounds.newest(rounds.last)
    found = Approval.objects.filter(submission__round=code).order_by("-number").first()
    return {"number": found.number, "at": found.at, "round": code} if found else None


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The programme: members, products, workshops."""
    return render(
        request,
        "site/about.html",
        {
            "published": Published(),
            "members": Institution.objects.current()
            .filter(relation=Relation.MEMBER)
            .order_by("folded", "pk"),
            "products": products(request.user),
            "workshops": Workshop.objects.order_by("number"),
        },
    )


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Two columns that are never added or compared: what was published, and what this portal holds."""
    shown = publication.shown()
    return render(
        request,
        "site/figures.html",
        {
            "totals": totals(),
            "themes": themes(shown) if shown else [],
            "published": shown,
        },
    )


def totals() -> dict[str, dict[str, Any]]:
    """What was published and what the portal holds; amounts in tenths of a million US$."""
    projects = Project.objects.current().of_family(FAMILY)
    held = projects.aggregate(
        fomin=Sum("amount_fomin"), counterpart=Sum("amount_local"), projects=Count("code")
    )
    fomin, counterpart = held["fomin"] or Decimal(0), held["counterpart"] or Decimal(0)
    return {
        "published": Published()._asdict(),
        "held": {
            "projects": held["projects"],
            "networks": current_networks().filter(project__in=projects).count(),
            "countries": Country.objects.filter(projects__in=projects).distinct().count(),
            "total": tenths(fomin + counterpart),
            "fomin": tenths(fomin),
            "counterpart": tenths(counterpart),
            "institutions": Institution.objects.current().count(),
        },
    }


def tenths(amount: Decimal) -> Decimal:
    """US$ as tenths of a million, as the presentation rounds."""
    return (amount / 100_000).quantize(Decimal(1))


class Shown(NamedTuple):
    """A public figure in words; `value` empty where there is none, with its reason."""

    indicator: Indicator
    value: str
    reason: str
    n: str
    interval: str
    period: str
    suppressed: bool


def themes(published: publication.Shown) -> list[tuple[str, list[Shown]]]:
    """(theme, public figures) of the core indicators, in the order of the catalogue."""
    rows = portfolio.indicators(published.catalogue).filter(core=True).order_by("position")
    by_theme: dict[str, list[Shown]] = {}
    for row in rows.select_related("unit"):
        if figure := published.figures.get(row.code):
            by_theme.setdefault(str(row.get_theme_display()), []).append(shown(row, figure))
    return list(by_theme.items())


def shown(row: Indicator, figure: Figure) -> Shown:
    """A figure of an indicator as the page writes it."""
    sign = text.signed(row)
    has_value = figure.value is not None
    low, high = text.interval_ends(figure, sign)
    return Shown(
        row,
        text.amount(figure.value, figure.unit, sign=sign) if has_value else "",
        "" if has_value else text.reason(figure.reason, row.rule, figure.measure),
        text.count(figure.n) if figure.n is not None else "",
        _("%(low)s to %(high)s") % {"low": low, "high": high} if low else "",
        figure.period,
        bool(figure.suppressed),
    )


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contact.html", {"address": settings.CONTACT_EMAIL})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html", {"address": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "address": settings.CONTACT_EMAIL,
        "kept": kept.periods(),
        "questions": identification.EACH_DAY,
    }
    return render(request, "site/privacy.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """For who builds pages: every partial in its states.

    Invented content; the administration and demonstrations only.
    """
    if settings.MODE != "demo" and not can(request.user, P.MANAGE_PEOPLE):
        raise Http404
    return render(request, "site/components.html", samples.everything(request))
