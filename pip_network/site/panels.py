"""What a page shows from rooms above its own; which panels there are is written in `wiring.py`."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest

from pip_network.running.wired import Place

# Gets (request, subject) and returns the template's context, or None when there is nothing to show
# to this reader.
Content = Callable[[HttpRequest, Any], dict[str, Any] | None]


class Panel(NamedTuple):
    """`place` is the kind of page, such as `firm`."""

    place: str
    template: str
    content: Content


PANELS: Place[tuple[Panel, ...]] = Place("the panels of pages")


def at(place: str) -> Iterator[tuple[str, Content]]:
    """Template and function of each panel of `place`, in order."""
    for panel in PANELS():
        if panel.place == place:
            yield panel.template, panel.content
