"""The main menu as data: label, address, who sees it."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission as P
from pip_network.people.access import can_somewhere


class NavItem(NamedTuple):
    label: str
    url_name: str
    shown: Callable[[object], bool]
    also: tuple[str, ...] = ()  # further address prefixes that belong to the same room


class NavLink(NamedTuple):
    label: str
    url: str
    current: bool


def everyone(_user) -> bool:
    return True


def holds(*permissions: P) -> Callable[[object], bool]:
    return lambda user: any(can_somewhere(user, permission) for permission in permissions)


def only_reads(user) -> bool:
    return not can_somewhere(user, P.VIEW_MONITORING)


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
    NavItem(_("Indicators"), "indicators", everyone),
    NavItem(_("Library"), "library", everyone),
    NavItem(_("Workshops"), "workshops", everyone),
)
# Beside them, for who runs the network.
RUNNING: tuple[NavItem, ...] = (
    NavItem(_("What waits"), "start", holds(P.MANAGE_PEOPLE)),
    NavItem(_("People"), "people", holds(P.MANAGE_PEOPLE)),
    NavItem(_("Audit"), "audit", holds(P.VIEW_AUDIT)),
    NavItem(_("Administration"), "admin:index", holds(P.MANAGE_PEOPLE)),
)


def main_menu(request: HttpRequest, user) -> list[NavLink]:
    return links(request, user, MAIN)


def running_menu(request: HttpRequest, user) -> list[NavLink]:
    return links(request, user, RUNNING)


def links(request: HttpRequest, user, items: tuple[NavItem, ...]) -> list[NavLink]:
    shown = [(item, reverse(item.url_name)) for item in items if item.shown(user)]
    return [NavLink(item.label, url, belongs(request.path, url, item.also)) for item, url in shown]


def belongs(path: str, url: str, also: tuple[str, ...]) -> bool:
    if url == "/":
        return path == "/"
    return path.startswith((url, *also))
