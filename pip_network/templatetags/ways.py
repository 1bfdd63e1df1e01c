"""The way up to a page: the rooms that it stands under, and what each step is called."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pip_network.web.tables import HasPage

Text = str | Promise
# Of the way up to a page: a room by its name, an address with its words, or a thing with a page; one
# that is not there is left out.
Step = str | tuple[str, Text] | HasPage | None

# The rooms that other pages stand under: what each is called on the way up to it.
ROOMS = {
    "audit": _("Audit trail"),
    "countries": _("Countries"),
    "figures": _("Figures"),
    "firms": _("Firms"),
    "help": _("Help"),
    "indicators": _("Indicators"),
    "institutions": _("Institutions"),
    "invitations": _("Invitations"),
    "lessons": _("Lessons"),
    "library": _("Library"),
    "lists": _("Lists and collections"),
    "manual": _("Manual"),
    "monitoring": _("Monitoring"),
    "networks": _("Networks"),
    "people": _("People"),
    "portfolio": _("Portfolio"),
    "projects": _("Projects"),
    "reports": _("Reports"),
    "review": _("Review"),
    "searches": _("Saved searches"),
    "typologies": _("Typologies"),
    "workshops": _("Workshops"),
}
REGISTRY = ("projects", "networks", "firms", "typologies", "countries", "institutions")


def crumbs_of(*steps: Step, here: Text = "") -> dict[str, Any]:
    """What the crumbs of a page are drawn with; without `here` the last step is the page itself."""
    ways = [way for way in map(way_of, steps) if way]
    return {"ways": ways if here else ways[:-1], "here": here or ways[-1][1]}


def way_of(step: Step) -> tuple[str, Any] | None:
    """Address and words of a step."""
    if not step:
        return None
    if isinstance(step, str):
        return reverse(step), ROOMS[step]
    return step if isinstance(step, tuple) else (step.get_absolute_url(), step)
