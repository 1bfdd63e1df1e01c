"""The indicators that the portfolio shows, as the catalogue says it: its columns, its trends, what
each typology features.
"""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from monitoring.choices import Place


class Featured(Protocol):
    """An indicator of the catalogue, read for the engine or for a page."""

    @property
    def code(self) -> str: ...

    @property
    def places(self) -> Collection[str]: ...

    @property
    def featured_for(self) -> Collection[str]: ...

    @property
    def featured_order(self) -> int | None: ...


One = TypeVar("One", bound=Featured)


def columns(indicators: Iterable[One]) -> list[One]:
    """Columns of the portfolio's tables, in the order of the catalogue."""
    return [one for one in indicators if Place.PORTFOLIO in one.places]


def trending(indicators: Iterable[One]) -> list[One]:
    """Drawn over the rounds on the portfolio, in the order of the catalogue."""
    return [one for one in indicators if Place.TRENDS in one.places]


def of_typology(indicators: Iterable[One], typology: str) -> list[One]:
    """What says most about a typology, in its own order; those without a place in it come last."""
    chosen = (one for one in indicators if typology in one.featured_for)
    return sorted(chosen, key=lambda one: (one.featured_order is None, one.featured_order or 0))


def anywhere(indicators: Iterable[One]) -> list[One]:
    """Columns, and what some typology features."""
    return [one for one in indicators if one.featured_for or Place.PORTFOLIO in one.places]


def of_network(indicators: Iterable[One], typology: str) -> list[One]:
    """Columns, and what the typology of a network features."""
    return [
        one for one in indicators if typology in one.featured_for or Place.PORTFOLIO in one.places
    ]
