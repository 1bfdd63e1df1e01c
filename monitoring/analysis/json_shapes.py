"""The shapes that the JSON of a specification must have: an object, one of some values, a list
of codes.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .specification import Problem, SpecificationError


def gettext_noop(text: str) -> str:
    """Marks a message id for translation; whoever shows it translates it."""
    return text


def json_object(given: Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
    """The object, or what its text holds; raises SpecificationError where it is none."""
    if isinstance(given, str | bytes):
        try:
            given = json.loads(given, object_pairs_hook=_once)
        except SpecificationError:
            raise
        except (ValueError, RecursionError):
            raise SpecificationError(
                [Problem("$", gettext_noop("This is not valid JSON."), {})]
            ) from None
    if not isinstance(given, Mapping):
        raise SpecificationError(
            [Problem("$", gettext_noop("A specification is a JSON object."), {})]
        )
    return given


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise SpecificationError(
                [Problem(f"$.{key}", gettext_noop("The key appears twice."), {})]
            )
        values[key] = value
    return values


class Shapes:
    """Collects every problem instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def one_of(self, path: str, value: Any, allowed: Sequence[Any]) -> Any:
        """One of the values that are allowed; refused, it is the first of them."""
        if isinstance(value, bool) or value not in allowed:
            self.refuse(
                path,
                gettext_noop("One of these is expected: %(allowed)s."),
                allowed=_listed(allowed),
            )
            return allowed[0]
        return allowed[list(allowed).index(value)]

    def some(self, path: str, value: Any, allowed: Sequence[str]) -> tuple[str, ...]:
        """`all`, or some of a list, given back in its own order."""
        if value == "all":
            return tuple(allowed)
        chosen = set(self.codes(path, value, allowed))
        return tuple(code for code in allowed if code in chosen)

    def codes(
        self, path: str, value: Any, allowed: Collection[str], may_be_empty: bool = False
    ) -> list[str]:
        """A list of known codes; unknown ones are refused each with its own path."""
        if not isinstance(value, list | tuple):
            self.refuse(path, gettext_noop("A list is expected here."))
            return []
        if not value and not may_be_empty:
            self.refuse(path, gettext_noop("The list is empty."))
        codes = []
        for place, code in enumerate(value):
            if isinstance(code, str) and code in allowed:
                codes.append(code)
            else:
                self.refuse(f"{path}[{place}]", gettext_noop("Unknown code: %(code)s."), code=code)
        return codes

    def refuse(self, path: str, message: str, **values: Any) -> None:
        """Take down what is wrong at a path; `values` fill the places of the message."""
        self.problems.append(Problem(path, message, values))


def _listed(allowed: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in allowed)
