"""The catalogue as the engine reads it: the variables and indicators of one version, by code."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .catalogue_rows import CatalogueError, Indicator, Variable


@dataclass(frozen=True)
class Catalogue:
    """Variables and indicators of one version, by code."""

    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    version: int = 1

    @classmethod
    def of(
        cls,
        variables: Iterable[Variable],
        indicators: Iterable[Indicator],
        version: int = 1,
    ) -> "Catalogue":
        catalogue = cls({v.code: v for v in variables}, {i.code: i for i in indicators}, version)
        for indicator in catalogue.indicators.values():
            catalogue._check(indicator)
        return catalogue

    @classmethod
    def from_csv(cls, directory: Path | str) -> "Catalogue":
        """Read `variables.csv` and `indicators.csv` of a directory.

        CatalogueError where they do not fit.
        """
        folder = Path(directory)
        try:
            return cls.of(
                (Variable.from_row(row) for row in _rows(folder / "variables.csv")),
                (Indicator.from_row(row) for row in _rows(folder / "indicators.csv")),
            )
        except KeyError as column:
            raise CatalogueError(f"a file of the catalogue has no column {column}") from None

    def frequency(self, indicator: Indicator) -> str:
        return self.variables[indicator.variables[0]].frequency

    def asked_at_baseline(self, indicator: Indicator) -> bool:
        """Whether the indicator has a baseline: not at level project, and every part is asked then."""
        return indicator.level != "project" and all(
            self.variables[code].asked_at_baseline for code in indicator.variables
        )

    def in_order(self, column: str) -> list[Indicator]:
        """The indicators that have a place in an order (`attrition_order`...), first to last."""
        placed = [
            indicator
            for indicator in self.indicators.values()
            if getattr(indicator, column) is not None
        ]
        return sorted(placed, key=lambda indicator: getattr(indicator, column))

    def _check(self, indicator: Indicator) -> None:
        unknown = [code for code in indicator.variables if code not in self.variables]
        if unknown:
            raise CatalogueError(f"indicator {indicator.code}: unknown variable {unknown[0]}")
        parts = [self.variables[code] for code in indicator.variables]
        if {part.level for part in parts} != {indicator.level} or len(
            {part.frequency for part in parts}
        ) != 1:
            raise CatalogueError(
                f"indicator {indicator.code}: its variables differ in level or frequency"
            )


def leading_first(indicators: Iterable[Indicator]) -> list[Indicator]:
    """By the order among those that lead a text; the others after them, as they were."""
    return sorted(
        indicators,
        key=lambda indicator: (indicator.leading_order is None, indicator.leading_order or 0),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
