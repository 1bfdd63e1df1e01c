"""The report specification (design: version 1), resolved, and the refusals of one that is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

SECTIONS = (
    "cover",
    "portfolio",
    "innovation",
    "sales",
    "association",
    "projects",
    "attrition",
    "narratives",
    "method",
)


class Problem(NamedTuple):
    """One refusal: where (JSON path), which message (id with named placeholders), and what fills
    it.
    """

    path: str
    message: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.path}: {self.message % dict(self.values)}"


class SpecificationError(ValueError):
    """A specification that is refused, with every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Specification:
    """A resolved question: indicators are codes, round and as_of are given; scope and indicators
    are sorted.
    """

    scope: Mapping[str, tuple[str, ...]]
    group_by: tuple[str, ...]
    indicators: tuple[str, ...]
    round: str
    as_of: int
    audience: str = "staff"
    prices: str = "current"
    currency: str = "USD"
    baseline: str = "own"
    title: str = ""
    language: str = "es"
    sections: tuple[str, ...] = SECTIONS
    version: int = 1

    def question(self) -> dict[str, Any]:
        """What figures depend on: the stored specification without title, language and sections."""
        stored = self.stored()
        return {key: stored[key] for key in stored if key not in ("title", "language", "sections")}

    def stored(self) -> dict[str, Any]:
        """The specification as it is kept: defaults written, everything resolved."""
        return {
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "audience": self.audience,
            "scope": {key: list(values) for key, values in sorted(self.scope.items())},
            "group_by": list(self.group_by),
            "indicators": list(self.indicators),
            "baseline": self.baseline,
            "round": self.round,
            "prices": self.prices,
            "currency": self.currency,
            "sections": list(self.sections),
            "as_of": self.as_of,
        }
