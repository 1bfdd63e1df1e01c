"""What every page shows around its content."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pip_network.people import access
from pip_network.site import navigation
from pip_network.web import drafts
from pip_network.web.signed_in import Reader
from projects.models import Project

# Rooms that no search engine has any use for; who may open them is decided by their views.
PRIVATE = (
    "/account",
    "/admin/",
    "/monitoring/",
    "/review/",
    "/portfolio/",
    "/reports/",
    "/jobs/",
    "/mail/",
    "/search/",
    "/start/",
    "/components/",
)
LANGUAGE_NAMES = {"es": "Español", "pt": "Português", "en": "English"}


def portal(request: HttpRequest) -> dict[str, Any]:
    """Menus, the reader's role and language, and what the portal is."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "nav": SimpleLazyObject(lambda: navigation.main_menu(request, user)),
        "nav_running": SimpleLazyObject(lambda: navigation.running_menu(request, user)),
        "site": site(request),
        "languages": [
            (code, LANGUAGE_NAMES[code], code == (get_language() or "")[:2])
            for code, _name in settings.LANGUAGES
        ],
        "demo_data": SimpleLazyObject(lambda: Project.objects.filter(origin="demo").exists()),
        "person_role": SimpleLazyObject(lambda: role_label(user)),
        "version": settings.VERSION,
        "drafts_days": drafts.KEPT_DAYS,
        "drafts_leave": SimpleLazyObject(lambda: json.dumps(drafts.leaving())),
        "drafts_sent": SimpleLazyObject(lambda: json.dumps(drafts.sent(request))),
    }


def site(request: HttpRequest) -> dict[str, Any]:
    """For the head of a page: its one address whatever was asked of it, and whether machines should
    keep it.

    A page with a question in its address (filtered, sorted) is a view of the same page; pages of a
    list count as such.
    """
    page = request.GET.get("page", "")
    numbered = (
        f"?page={page}"
        if page.isascii() and page.isdigit() and set(request.GET) == {"page"}
        else ""
    )
    return {
        "canonical": f"{settings.PUBLIC_URL}{request.path}{numbered}",
        "root": settings.PUBLIC_URL,
        "indexed": not request.path.startswith(PRIVATE) and set(request.GET) <= {"page"},
        "locale": {"es": "es_419", "pt": "pt_BR", "en": "en_US"}.get(
            (get_language() or "es")[:2], "es_419"
        ),
    }


def role_label(reader: Reader) -> str:
    """The first role of a person and, when it is held on one project or network, which."""
    roles = list(access.Role)
    assignments = sorted(access.assignments(reader), key=lambda pair: roles.index(pair[0]))
    if not assignments:
        return ""
    role, scope = assignments[0]
    places = {place for other, place in assignments if other == role}
    return (
        f"{role.label} · {scope[2:]}"
        if len(places) == 1 and scope[:2] in ("P:", "N:")
        else str(role.label)
    )
