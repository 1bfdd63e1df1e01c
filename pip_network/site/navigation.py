"""The main menu as data: label, address, who sees it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission as P
from pip_network.people.access import can_somewhere
from pip_network.web.signed_in import Reader

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NavItem(NamedTuple):
    """An entry of a menu, for those to whom it is shown."""

    label: "StrOrPromise"
    url_name: str
    shown: Callable[[Reader], bool]
    also: tuple[str, ...] = ()  # further address prefixes that belong to the same room


class NavLink(NamedTuple):
    """An entry as one page draws it; `current` when the page belongs to its room."""

    label: "StrOrPromise"
    url: str
    current: bool


def everyone(_reader: Reader) -> bool:
    return True


def holds(*permissions: P) -> Callable[[Reader], bool]:
    """Shown to who holds one of the permissions on at least one thing."""
    return lambda reader: any(can_somewhere(reader, permission) for permission in permissions)


def only_reads(reader: Reader) -> bool:
    """Somebody who has no part in the monitoring."""
    return not can_somewhere(reader, P.VIEW_MONITORING)


# Seven at most for one person: they share one line from 1160 px with what the administration has
# besides.
MAIN: tuple[NavItem, ...] = (
    NavItem(_("The network"), "home", only_reads),
    NavItem(_("About"), "about", only_reads),
    NavItem(_("Monitoring"), "monitoring", holds(P.ENTER_NETWORK, P.ENTER_PROJECT)),
    NavItem(_("Review"), "review", holds(P.VIEW_REVIEW_QUEUE)),
    NavItem(_("Portfolio"), "portfolio", holds(P.VIEW_PORTFOLIO)),
    NavItem(
        _("Reports"), "reports", holds(P.ORDER_REPORT, P.ORDER_OWN_REPORT), also=("/figures/",)
    ),
    NavItem(
        _("Projects"),
        "projects",
        everyone,
        also=("/networks/", "/countries/", "/institutions/", "/typologies/", "/documented/"),
    ),
    NavItem(_("Figures"), "figures", only_reads),
    NavItem(_("Indicators"), "indicators", everyone, also=("/manual/",)),
    NavItem(_("Library"), "library", everyone, also=("/lessons/",)),
    NavItem(_("Workshops"), "workshops", everyone),
)
# Beside them, for who runs the network.
RUNNING: tuple[NavItem, ...] = (
    NavItem(_("What waits"), "start", holds(P.MANAGE_PEOPLE)),
    NavItem(_("People"), "people", holds(P.MANAGE_PEOPLE)),
    NavItem(_("Audit"), "audit", holds(P.VIEW_AUDIT)),
    NavItem(_("Administration"), "admin:index", holds(P.MANAGE_PEOPLE)),
)


def main_menu(request: HttpRequest, reader: Reader) -> list[NavLink]:
    return links(request, reader, MAIN)


def running_menu(request: HttpRequest, reader: Reader) -> list[NavLink]:
    return links(request, reader, RUNNING)


def links(request: HttpRequest, reader: Reader, items: tuple[NavItem, ...]) -> list[NavLink]:
    shown = [(item, reverse(item.url_name)) for item in items if item.shown(reader)]
    return [NavLink(item.label, url, belongs(request.path, url, item.also)) for item, url in shown]


def belongs(path: str, url: str, also: tuple[str, ...]) -> bool:
    """Whether the page at `path` is in the room at `url`."""
    if url == "/":
        return path == "/"
    return path.startswith((url, *also))
