"""The rows of the next approval, before they are written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitoring.models import (
    CatalogueDigest,
    Evidence,
    Explanation,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
    Target,
)
from monitoring.record.facts import FORMAT, JUDGED, VERSIONED, WITH_EVIDENCE
from monitoring.sheet.cells import CellKey
from monitoring.sheet.units import UnitNetwork

MEASUREMENT_COLUMNS = (
    "project",
    "level",
    "subject",
    "firm",
    "network",
    "kind",
    "round",
    "catalogue",
    "variable",
    "variable_code",
    "period",
    "value",
    "missing",
    "source",
    "currency",
)


@dataclass
class Draft:
    """The rows of the next approval, and the ids that they supersede, by the names of VERSIONED."""

    measurements: list[tuple] = field(
        default_factory=list
    )  # values in the order of MEASUREMENT_COLUMNS
    observations: list[Observation] = field(default_factory=list)
    networks: list[ObservationNetwork] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    narratives: list[Narrative] = field(default_factory=list)
    explanations: list[tuple[CellKey, Explanation]] = field(
        default_factory=list
    )  # each with its cell, while its measurement is not written yet
    judgements: list[tuple[CellKey, int | None, str, bool | None]] = field(
        default_factory=list
    )  # cell, its measurement if that stands, check, explained
    judged: bool = False  # it states them, be there none
    evidence: list[Evidence] = field(default_factory=list)
    catalogues: list[CatalogueDigest] = field(default_factory=list)
    superseded: dict[str, list[int]] = field(
        default_factory=lambda: {name: [] for name in VERSIONED}
    )

    def observe(self, row: Observation, networks: Iterable[UnitNetwork]) -> None:
        """Add the observation of a unit with its networks."""
        self.observations.append(row)
        self.networks += [
            ObservationNetwork(
                observation=row,
                network_id=n.code,
                typology=n.typology,
                constituted_on=n.constituted_on,
                joined_on=n.joined_on,
                position=n.position,
            )
            for n in networks
        ]

    @property
    def format(self) -> int:
        """Of the text that states it."""
        if self.judged:
            return JUDGED
        has_evidence = self.evidence or self.superseded["evidence"]
        return WITH_EVIDENCE if has_evidence else FORMAT

    @property
    def is_empty(self) -> bool:
        rows = (
            self.measurements,
            self.observations,
            self.rates,
            self.targets,
            self.narratives,
            self.explanations,
            self.judgements,
            self.evidence,
            self.catalogues,
            *self.superseded.values(),
        )
        return not any(rows)
