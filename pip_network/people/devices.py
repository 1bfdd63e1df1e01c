"""A letter when somebody signs in from a browser that the account has not used before."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "pip_device"
YEAR = 365 * 24 * 3600
PEOPLE = 5  # several people may share a computer


def greet(request: HttpRequest, response: HttpResponse, user, *, first: bool) -> None:
    """Write the letter unless the browser is known, or it is the first sign-in of all; know the
    browser from now on.

    Demonstration accounts get none: their password is public.
    """
    device_people = _people_of_device(request)
    if user.pk not in device_people and not first and not user.is_demo:
        get_adapter(request).send_notification_mail("account/email/new_device", user)
    response.set_cookie(
        COOKIE,
        signing.dumps(
            [user.pk, *(number for number in device_people if number != user.pk)][:PEOPLE],
            salt=COOKIE,
        ),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _people_of_device(request: HttpRequest) -> list[int]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=YEAR)
    except signing.BadSignature:
        return []


NAMES = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """`Firefox · Windows`: what a person recognises of what her browser says about itself."""
    names = [
        next((name for mark, name in marks if mark in user_agent), "") for marks in (NAMES, SYSTEMS)
    ]
    return " · ".join(filter(None, names)) or user_agent[:60] or "–"
