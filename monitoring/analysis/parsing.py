"""From a JSON object to a resolved Specification, or to the list of everything that is wrong with
it.

Pure: it knows the record only through a Universe. Unknown keys and codes are refused with their
JSON path.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unicodedata import category

from .catalogue import Catalogue
from .groups import GROUPINGS
from .json_shapes import Shapes, gettext_noop, json_object
from .money import LOCAL
from .periods import is_round
from .specification import SECTIONS, Specification, SpecificationError
from .universe import SCOPE_KEYS, Published, Universe

LANGUAGES = ("es", "pt", "en")
AUDIENCES = ("staff", "public")
PRICES = ("current", "constant")
CURRENCIES = ("USD", "local")
PUBLIC_GROUPINGS = ("country", "typology", "sector", "size", "owner_sex")
PROJECT = "project"  # public for those projects whose results are published
LONGEST_TITLE = 200


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
    return _Parser(universe, catalogue, sections).parse(json_object(given))


class _Parser(Shapes):
    """Reads key after key; what is wrong with one does not keep it from the next."""

    def __init__(
        self,
        universe: Universe,
        catalogue: Catalogue | Callable[[int], Catalogue],
        sections: Sequence[str],
    ) -> None:
        super().__init__()
        self.universe, self.catalogue_of, self.sections = universe, catalogue, tuple(sections)

    def parse(self, given: Mapping[str, Any]) -> Specification:
        for key in given:
            if key not in DEFAULTS:
                self.refuse(f"$.{key}", gettext_noop("Unknown key."))
        values = {**DEFAULTS, **{key: value for key, value in given.items() if key in DEFAULTS}}
        if values["audience"] == "public":
            values = self.as_published(values)
        as_of = self.as_of(values["as_of"])
        self.catalogue = (
            self.catalogue_of(as_of) if callable(self.catalogue_of) else self.catalogue_of
        )
        scope = self.scope(values["scope"])
        self.asked_scope = values["scope"]
        specification = Specification(
            version=self.one_of("$.version", values["version"], (1,)),
            title=self.title(values["title"]),
            language=self.one_of("$.language", values["language"], LANGUAGES),
            audience=self.one_of("$.audience", values["audience"], AUDIENCES),
            scope=scope,
            group_by=self.group_by(values["group_by"]),
            indicators=self.indicators(values["indicators"]),
            baseline=self.one_of("$.baseline", values["baseline"], ("own",)),
            round=self.round(values["round"], as_of, scope),
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

    def round(self, value: Any, as_of: int, scope: Mapping[str, Sequence[str]]) -> str:
        if value is None:
            newest = self.universe.newest_round(as_of, scope)
            if newest is None:
                self.refuse("$.round", gettext_noop("No round had been approved then."))
            return newest or ""
        if not isinstance(value, str) or not is_round(value) or value not in self.universe.rounds:
            self.refuse("$.round", gettext_noop("Unknown code: %(code)s."), code=value)
        elif self.universe.rounds[value] > as_of:
            self.refuse("$.round", gettext_noop("Nothing of this round had been approved then."))
        else:
            return value
        return ""

    # Across keys

    def as_published(self, values: dict[str, Any]) -> dict[str, Any]:
        """A public question is about a round that is published, as of the approval of its
        publication: the newest where none is named. Grouped by project it is about those whose
        results are published, all of them where none is named.
        """
        rounds = self.universe.published
        if not rounds:
            return values
        code = max(rounds) if values["round"] is None else values["round"]
        if not isinstance(code, str) or code not in rounds:
            self.refuse(
                "$.round",
                gettext_noop("The public sees %(rounds)s: choose one of them."),
                rounds=", ".join(sorted(rounds)),
            )
            return {**values, "round": max(rounds)}
        number = rounds[code].as_of
        if values["as_of"] is not None and values["as_of"] != number:
            self.refuse(
                "$.as_of",
                gettext_noop("The public sees this round as of approval %(number)s."),
                number=number,
            )
            return {**values, "round": code}
        asked = {**values, "round": code, "as_of": values["as_of"] or number}
        by_project = values["group_by"] in ([PROJECT], (PROJECT,))
        if by_project and values["scope"] == {} and rounds[code].projects:
            asked["scope"] = {"projects": sorted(rounds[code].projects)}
        return asked

    def check_public(self, specification: Specification) -> None:
        """Public: the whole scope and at most one grouping of a short list, or published projects."""
        if specification.audience != "public":
            return
        rounds = self.universe.published
        published = rounds.get(specification.round, Published(0))
        by_project = specification.group_by == (PROJECT,)
        for key in specification.scope:
            if key != "projects" or not by_project:
                self.refuse(
                    f"$.scope.{key}", gettext_noop("A public report is about the whole programme.")
                )
        if len(specification.group_by) > 1:
            self.refuse("$.group_by", gettext_noop("A public report has at most one grouping."))
        for place, key in enumerate(specification.group_by):
            if key not in PUBLIC_GROUPINGS and not by_project:
                self.refuse(f"$.group_by[{place}]", gettext_noop("This grouping is not public."))
        if by_project:
            self.check_projects(specification, published)
        if not rounds and not self.problems:
            self.refuse(
                "$.audience",
                gettext_noop(
                    "No round is published: a public report would show more than the public sees."
                ),
            )

    def check_projects(self, specification: Specification, published: Published) -> None:
        """Of each project that is named the results of the round are published."""
        if not published.projects:
            self.refuse(
                "$.group_by[0]",
                gettext_noop("No project's results are published for this round."),
            )
            return
        for code in specification.scope.get("projects", ()):
            if code not in published.projects:
                place = list(self.asked_scope["projects"]).index(code)
                self.refuse(
                    f"$.scope.projects[{place}]",
                    gettext_noop("The results of %(code)s are not published for this round."),
                    code=code,
                )

    def check_currency(self, specification: Specification) -> None:
        # What is hidden of one project depends on the amounts of all.
        scope = {} if specification.audience == "public" else specification.scope
        if specification.currency == LOCAL and not self.universe.has_one_currency(scope):
            self.refuse(
                "$.currency", gettext_noop("Local currency needs a scope with one currency.")
            )
