"""What a lower floor learns from above: it names a place here, and the roof fills it.

All places are filled in one file, `pip_network/site/wiring.py`, as the applications start.
"""

from typing import Generic, TypeVar

T = TypeVar("T")


class NotWired(RuntimeError):
    """A place was asked that the roof has not filled: no answer may be invented in its stead."""


class Place(Generic[T]):
    """One value from above; `what` says in the error which it is."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.value: T | None = None

    def fill(self, value: T) -> None:
        self.value = value

    def __call__(self) -> T:
        if self.value is None:
            raise NotWired(f"{self.what}: pip_network/site/wiring.py has not filled this place.")
        return self.value
