"""The chapters of the Manual in their order, each made when it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.choices import Level
from monitoring.manual import listing, prose
from monitoring.manual.blocks import Content
from monitoring.manual.edition import Edition
from monitoring.manual.lists import PARTS
from pip_network.choices import Theme

WRITTEN = (
    "about",
    "logic",
    "terms",
    "variables",
    "rules",
    "indicators",
    "checks",
    "calendar",
    "sheet",
    "workbook",
    "review",
    "targets",
    "quality",
    "templates",
)
FIRST = WRITTEN[0]


@dataclass(frozen=True)
class Chapter:
    """`key` is the rest of its address; one with a slash belongs to the one before."""

    key: str
    title: str
    number: str
    make: Callable[[], Content]

    @property
    def is_part(self) -> bool:
        return "/" in self.key


def language() -> str:
    """In which the Manual is read now."""
    chosen = (get_language() or "es")[:2]
    return chosen if (prose.TEXTS / chosen).is_dir() else "es"


def chapters(edition: Edition) -> list[Chapter]:
    """All of them, numbered."""
    made: list[Chapter] = []
    for number, key in enumerate(WRITTEN, 1):
        title = prose.written(language(), key)[0]
        made.append(Chapter(key, title, str(number), partial(_written, key, edition)))
        made += [
            Chapter(f"{key}/{part}", words, f"{number}.{at}", make)
            for at, (part, words, make) in enumerate(_parts(key, edition), 1)
        ]
    return made


def _written(key: str, edition: Edition) -> Content:
    title, lede, pieces = prose.written(language(), key)
    blocks = prose.filled(pieces, lambda part: PARTS[part](edition))
    return Content(title, lede, tuple(blocks))


def _parts(key: str, edition: Edition) -> Iterator[tuple[str, str, Callable[[], Content]]]:
    """Key, title and content of what belongs to a chapter."""
    if key == "variables":
        for level in Level.values:
            title = str(listing.LEVELS[Level(level)])
            yield level, title, partial(_variables, title, edition, level)
    if key == "indicators":
        for theme in listing.themes(edition):
            title = _("Indicators: %(theme)s") % {"theme": Theme(theme).label}
            yield theme, title, partial(_indicators, title, edition, theme)


def _variables(title: str, edition: Edition, level: str) -> Content:
    lede = _("What is entered, how, and what is computed from it.")
    return Content(title, lede, tuple(listing.variables_of(edition, level)))


def _indicators(title: str, edition: Edition, theme: str) -> Content:
    lede = _(
        "Definition, rule, formula, and an example that the portal's own engine computes from "
        "invented values."
    )
    return Content(title, lede, tuple(listing.indicators_of(edition, theme)))
