"""How an act is walked: who does it and who may not, where its button stands, what its form needs,
and what makes it impossible.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse


class Walk(NamedTuple):
    who: tuple[str, str, int]
    address: Callable[[], tuple[Any, ...]]
    page: Callable[[], str] | None = None  # has the button; None: other pages have it
    data: dict[str, Any] | Callable[[], dict[str, Any]] = {}
    prepare: Callable[[], object] = lambda: None
    spoil: Callable[[], object] | None = None  # None: it is always possible
    refusal: int = 409
    call: Callable[[Any], object] | None = None  # the action, where its own table has it not


def of(who: tuple[str, str, int], thing: Callable[[], Any], **more: Any) -> Walk:
    """On the page of a thing, whose code is the address."""

    def code() -> tuple[Any, ...]:
        return (getattr(thing(), "slug", None) or thing().pk,)

    return Walk(who, code, lambda: thing().get_absolute_url(), **more)


def step(who: tuple[str, str, int], round_code: str, page: str, **more: Any) -> Walk:
    address = ("PIP-01", round_code)
    return Walk(who, lambda: address, lambda: reverse(page, args=address), **more)
