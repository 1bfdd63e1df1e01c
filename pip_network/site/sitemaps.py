"""What machines that visit ask for: the list of public addresses, what to leave alone, name and
pictures of the portal.

The language is the reader's choice and not part of an address, so each page stands once.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knowledge.models import Lesson, List, Work
from monitoring.definitions import words
from monitoring.manual.chapters import chapters
from monitoring.manual.edition import Edition
from monitoring.models import Indicator, Variable
from pip_network.models import Institution
from projects.counts import current_networks
from projects.models import Country, Project
from projects.typologies import KINDS
from workshops.models import Workshop

PAGES = (
    "home",
    "about",
    "figures",
    "projects",
    "networks",
    "countries",
    "institutions",
    "typologies",
    "documented-projects",
    "library",
    "lessons",
    "lists",
    "workshops",
    "indicators",
    "method",
    "manual",
    "help",
    "contact",
    "accessibility",
    "privacy",
)
# Rooms of people who sign in, what counts in the thousands, and files; nothing secret hides behind
# these lines.
LEFT_ALONE = (
    "/library/?",  # questions without end; works are reached by the map
    "/lessons/?",
    "/library/feed/?",
    "/library/searches/",
    "/library/oai",  # for harvesters; the same works are on their pages
    "/accounts/",
    "/account/",
    "/admin/",
    "/monitoring/",
    "/review/",
    "/portfolio/",
    "/reports/",
    "/jobs/",
    "/mail/",
    "/search/",
    "/start/",
    "/figures/*",
    "/*?*export=",
    "/*?*sort=",
)


def addresses() -> Iterator[str]:
    """Of every public page, each once."""
    yield from (reverse(name) for name in PAGES)
    for rows in (
        Project.objects.current().order_by("code"),
        current_networks().order_by("code"),
        Country.objects.order_by("iso2"),
        Workshop.objects.order_by("number"),
        Work.objects.visible_to(AnonymousUser()).order_by("code").only("code"),
        Lesson.objects.visible_to(AnonymousUser()).order_by("code").only("code"),
        List.objects.named_to(AnonymousUser()).order_by("code"),
    ):
        yield from (row.get_absolute_url() for row in rows)
    yield from (kind.get_absolute_url() for kind in KINDS)
    for name, keys in keys_of_pages():
        yield from (reverse(name, args=[key]) for key in keys)


def keys_of_pages() -> Iterator[tuple[str, Iterable[str]]]:
    """By url name, for rows that do not say their own address."""
    institutions = Institution.objects.current().order_by("slug")
    yield "institution", institutions.values_list("slug", flat=True)
    version = words.current_version()
    indicators = Indicator.objects.filter(catalogue=version).order_by("position")
    yield "indicator", indicators.values_list("code", flat=True)
    if version is not None:
        yield "manual-chapter", [one.key for one in chapters(Edition(version))]
    variables = Variable.objects.filter(catalogue=version).order_by("position")
    yield "variable", variables.values_list("code", flat=True)


@require_safe
@cache_control(max_age=3600, public=True)
def sitemap(_request: HttpRequest) -> HttpResponse:
    """The list of `addresses`, for search engines."""
    lines = "".join(
        f"<url><loc>{escape(settings.PUBLIC_URL + address)}</loc></url>\n"
        for address in addresses()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpResponse(f"{head}{lines}</urlset>\n", content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(max_age=3600, public=True)
def robots(_request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in LEFT_ALONE)]
    lines += ["Allow: /figures/$", "", f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """What a telephone asks for that puts the portal among its applications."""
    icons = [
        {"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": static(f"img/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
            for side in (192, 512)
        ),
    ]
    answer = JsonResponse(
        {
            "name": _("PIP Network"),
            "short_name": _("PIP Network"),
            "start_url": "/",
            "display": "browser",
            "background_color": "#ffffff",
            "theme_color": "#063f4e",
            "icons": icons,
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Content-Type"] = "application/manifest+json"
    return answer


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look that were told nothing."""
    return redirect(static("img/favicon.ico"))


@require_safe
@cache_control(max_age=3600, public=True)
def security(_request: HttpRequest) -> HttpResponse:
    """Where weaknesses are reported, as RFC 9116 has it.

    Good for a half year from today, so it never stands expired.
    """
    contact = (
        settings.SECURITY_CONTACT
        or settings.CONTACT_EMAIL
        or f"{settings.PUBLIC_URL}{reverse('contact')}"
    )
    expires = (timezone.now() + dt.timedelta(days=180)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = (
        f"Contact: {f'mailto:{contact}' if '@' in contact and ':' not in contact else contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: es, pt, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
