"""Time zones as a person chooses one: the region's first."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

REGION = (
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Caracas",
    "America/Costa_Rica",
    "America/El_Salvador",
    "America/Guatemala",
    "America/Guayaquil",
    "America/Jamaica",
    "America/La_Paz",
    "America/Lima",
    "America/Managua",
    "America/Mexico_City",
    "America/Montevideo",
    "America/Panama",
    "America/Port-au-Prince",
    "America/Santiago",
    "America/Santo_Domingo",
    "America/Sao_Paulo",
    "America/Tegucigalpa",
    "America/Tijuana",
    "America/Manaus",
)
OTHERS = ("America/", "Atlantic/", "Europe/", "UTC")


def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    available = _available()
    region = sorted(
        ((zone, city(zone)) for zone in REGION if zone in available), key=lambda pair: pair[1]
    )
    other_zones = sorted(
        zone for zone in available if zone.startswith(OTHERS) and zone not in REGION
    )
    return [
        ("", _("Universal time (UTC)")),
        (_("Latin America and the Caribbean"), region),
        (_("Others"), [(zone, zone.replace("_", " ")) for zone in other_zones if zone != "UTC"]),
    ]


def city(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` is Buenos Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def override(zone: str):
    """Times within are in `zone`; without one, or with one that has gone, in UTC."""
    return timezone.override(zone if zone and exists(zone) else None)


@cache
def _available() -> frozenset[str]:
    return frozenset(available_timezones())


class TimeZoneMiddleware:
    """Times are shown in the zone that the person chose; to visitors and to those who chose none,
    in UTC.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        # Without a session cookie nobody is signed in, and no query is needed to know it.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        zone = getattr(request.user, "time_zone", "") if has_session else ""
        with override(zone):
            return self.get_response(request)
