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


AnyIndicator = TypeVar("AnyIndicator", bound=Featured)


def columns(indicators: Iterable[AnyIndicator]) -> list[AnyIndicator]:
    """Columns of the portfolio's tables, in the order of the catalogue."""
    return [indicator for indicator in indicators if Place.PORTFOLIO in indicator.places]


def trending(indicators: Iterable[AnyIndicator]) -> list[AnyIndicator]:
    """Drawn over the rounds on the portfolio, in the order of the catalogue."""
    return [indicator for indicator in indicators if Place.TRENDS in indicator.places]


def of_typology(indicators: Iterable[AnyIndicator], typology: str) -> list[AnyIndicator]:
    """What says most about a typology, in its own order; those without a place in it come last."""
    chosen = (indicator for indicator in indicators if typology in indicator.featured_for)
    return sorted(
        chosen,
        key=lambda indicator: (indicator.featured_order is None, indicator.featured_order or 0),
    )


def anywhere(indicators: Iterable[AnyIndicator]) -> list[AnyIndicator]:
    """Columns, and what some typology features."""
    return [
        indicator
        for indicator in indicators
        if indicator.featured_for or Place.PORTFOLIO in indicator.places
    ]


def of_network(indicators: Iterable[AnyIndicator], typology: str) -> list[AnyIndicator]:
    """Columns, and what the typology of a network features."""
    return [
        indicator
        for indicator in indicators
        if typology in indicator.featured_for or Place.PORTFOLIO in indicator.places
    ]
