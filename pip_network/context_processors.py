"""What every page shows around its content."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pip_network import access, navigation
from projects.models import Project

LANGUAGE_NAMES = {"es": "Español", "pt": "Português", "en": "English"}


def portal(request: HttpRequest) -> dict:
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "nav": SimpleLazyObject(lambda: navigation.main_menu(request, user)),
        "languages": [
            (code, LANGUAGE_NAMES[code], code == (get_language() or "")[:2]) for code, _name in settings.LANGUAGES
        ],
        "demo_data": SimpleLazyObject(lambda: Project.objects.filter(origin="demo").exists()),
        "person_role": SimpleLazyObject(lambda: role_words(user)),
        "version": settings.VERSION,
    }


def role_words(user) -> str:
    """The first role of a person and, when it is held on one project or network, which."""
    held = sorted(access.assignments(user), key=lambda pair: list(access.Role).index(pair[0]))
    if not held:
        return ""
    role, scope = held[0]
    places = {place for other, place in held if other == role}
    return f"{role.label} · {scope[2:]}" if len(places) == 1 and scope[:2] in ("P:", "N:") else str(role.label)
