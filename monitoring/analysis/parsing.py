"""From a JSON object to a resolved Specification, or to the list of everything that is wrong with
it.

Pure: it knows the record only through a Universe. Unknown keys and codes are refused with their
JSON path.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from unicodedata import category

from .catalogue import Catalogue
from .groups import GROUPINGS
from .periods import is_round
from .specification import SECTIONS, Problem, Specification, SpecificationError
from .universe import SCOPE_KEYS, Universe

LANGUAGES = ("es", "pt", "en")
AUDIENCES = ("staff", "public")
PRICES = ("current", "constant")
CURRENCIES = ("USD", "local")
PUBLIC_GROUPINGS = ("country", "typology", "sector", "size", "owner_sex")
LONGEST_TITLE = 200


def gettext_noop(text: str) -> str:
    """Marks a message id for translation; whoever shows it translates it."""
    return text


DEFAULTS: dict[str, Any] = {
    "version": 1,
    "title": "",
    "language": "es",
    "audience": "staff",
    "scope": {},
    "group_by": [],
    "indicators": "core",
    "baseline": "own",
    "round": None,
    "prices": "current",
    "currency": "USD",
    "sections": "all",
    "as_of": None,
}


def parse_specification(
    given: Mapping[str, Any] | str | bytes,
    universe: Universe,
    catalogue: Catalogue | Callable[[int], Catalogue],
    sections: Sequence[str] = SECTIONS,
) -> Specification:
    """A resolved Specification from a JSON object (or its text). Raises SpecificationError with all
    problems.

    `catalogue` may be a function of N: what indicators a question can name depends on the approval
    it is asked about.
    """
    return _Parser(universe, catalogue, sections).parse(_loaded(given))


def _loaded(given: Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
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


class _Parser:
    """Collects every problem instead of stopping at the first."""

    def __init__(
        self,
        universe: Universe,
        catalogue: Catalogue | Callable[[int], Catalogue],
        sections: Sequence[str],
    ) -> None:
        self.universe, self.catalogue_of, self.sections = universe, catalogue, tuple(sections)
        self.problems: list[Problem] = []

    def parse(self, given: Mapping[str, Any]) -> Specification:
        for key in given:
            if key not in DEFAULTS:
                self.refuse(f"$.{key}", gettext_noop("Unknown key."))
        values = {**DEFAULTS, **{key: value for key, value in given.items() if key in DEFAULTS}}
        as_of = self.as_of(values["as_of"])
        self.catalogue = (
            self.catalogue_of(as_of) if callable(self.catalogue_of) else self.catalogue_of
        )
        scope = self.scope(values["scope"])
        specification = Specification(
            version=self.one_of("$.version", values["version"], (1,)),
            title=self.title(values["title"]),
            language=self.one_of("$.language", values["language"], LANGUAGES),
            audience=self.one_of("$.audience", values["audience"], AUDIENCES),
            scope=scope,
            group_by=self.group_by(values["group_by"]),
            indicators=self.indicators(values["indicators"]),
            baseline=self.one_of("$.baseline", values["baseline"], ("own",)),
            round=self.round(values["round"], as_of),
            prices=self.one_of("$.prices", values["prices"], PRICES),
            currency=self.one_of("$.currency", values["currency"], CURRENCIES),
            sections=self.some("$.sections", values["sections"], self.sections),
            as_of=as_of,
        )
        self.check_public(specification)
        self.check_currency(specification)
        if self.problems:
            raise SpecificationError(self.problems)
        return specification

    # Single keys

    def title(self, value: Any) -> str:
        if not isinstance(value, str):
            self.refuse("$.title", gettext_noop("Text is expected here."))
        elif len(value) > LONGEST_TITLE:
            self.refuse("$.title", gettext_noop("At most %(most)s characters."), most=LONGEST_TITLE)
        elif any(category(character) in ("Cc", "Cs") for character in value):
            self.refuse("$.title", gettext_noop("Control characters are not allowed."))
        else:
            return value
        return ""

    def scope(self, value: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, Mapping):
            self.refuse("$.scope", gettext_noop("An object is expected here."))
            return {}
        scope = {}
        for key, named in value.items():
            if key not in SCOPE_KEYS:
                self.refuse(f"$.scope.{key}", gettext_noop("Unknown key."))
            else:
                scope[key] = tuple(
                    sorted(set(self.codes(f"$.scope.{key}", named, self.universe.codes_of(key))))
                )
        return scope

    def group_by(self, value: Any) -> tuple[str, ...]:
        groupings = self.codes("$.group_by", value, GROUPINGS, may_be_empty=True)
        if len(groupings) > 2:
            self.refuse("$.group_by", gettext_noop("At most two groupings."))
        if len(set(groupings)) != len(groupings):
            self.refuse("$.group_by", gettext_noop("A grouping appears twice."))
        return tuple(groupings)

    def indicators(self, value: Any) -> tuple[str, ...]:
        indicators = self.catalogue.indicators
        if value == "all":
            return tuple(sorted(indicators))
        if value == "core":
            return tuple(sorted(code for code, indicator in indicators.items() if indicator.core))
        return tuple(sorted(set(self.codes("$.indicators", value, indicators))))

    def as_of(self, value: Any) -> int:
        head = self.universe.head
        if value is None:
            if not head:
                self.refuse("$.as_of", gettext_noop("Nothing has been approved yet."))
            return head
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= head:
            self.refuse(
                "$.as_of", gettext_noop("The number of an approval, from 1 to %(head)s."), head=head
            )
            return head
        return value

    def round(self, value: Any, as_of: int) -> str:
        if value is None:
            latest = self.universe.latest_round(as_of)
            if latest is None:
                self.refuse("$.round", gettext_noop("No round had been approved then."))
            return latest or ""
        if not isinstance(value, str) or not is_round(value) or value not in self.universe.rounds:
            self.refuse("$.round", gettext_noop("Unknown code: %(code)s."), code=value)
        elif self.universe.rounds[value] > as_of:
            self.refuse("$.round", gettext_noop("Nothing of this round had been approved then."))
        else:
            return value
        return ""

    # Across keys

    def check_public(self, specification: Specification) -> None:
        """Public: the whole scope, at most one grouping of a short list."""
        if specification.audience != "public":
            return
        for key in specification.scope:
            self.refuse(
                f"$.scope.{key}", gettext_noop("A public report is about the whole programme.")
            )
        if len(specification.group_by) > 1:
            self.refuse("$.group_by", gettext_noop("A public report has at most one grouping."))
        for place, key in enumerate(specification.group_by):
            if key not in PUBLIC_GROUPINGS:
                self.refuse(f"$.group_by[{place}]", gettext_noop("This grouping is not public."))

    def check_currency(self, specification: Specification) -> None:
        if (
            specification.currency == "local"
            and len(self.universe.currencies(specification.scope)) != 1
        ):
            self.refuse(
                "$.currency", gettext_noop("Local currency needs a scope with one currency.")
            )

    # Shapes

    def one_of(self, path: str, value: Any, allowed: Sequence[Any]) -> Any:
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
        self.problems.append(Problem(path, message, values))


def _listed(allowed: Iterable[Any]) -> str:
    return ", ".join(str(one) for one in allowed)
