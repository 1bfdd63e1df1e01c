"""The public figures of a round as of an approval: the whole programme, every indicator."""

from dataclasses import dataclass

from monitoring.analysis import Figure, Specification, compute, definition
from monitoring.models import Observation
from monitoring.reports.record import CachedSource, catalogue_of


@dataclass(frozen=True)
class Totals:
    """Main figures, what each id stands for, and the catalogue they were computed with."""

    figures: list[Figure]
    definitions: dict[str, dict]
    catalogue: int


def totals(round_code: str, as_of: int) -> Totals:
    """Computed from the record; a few seconds over a record of the programme's size."""
    catalogue = catalogue_of(as_of)
    specification = Specification(
        scope={},
        group_by=(),
        indicators=tuple(sorted(catalogue.indicators)),
        round=round_code,
        as_of=as_of,
        audience="public",
    )
    found = compute(specification, CachedSource(as_of), catalogue)
    figures = [figure for figure in found if figure.measure == "main"]
    question = specification.question()
    return Totals(
        figures,
        {f.id: definition(question, f.indicator, f.measure, f.group) for f in figures},
        catalogue.version,
    )


def is_approved(round_code: str, as_of: int) -> bool:
    """Whether the record as of an approval has anything of a round."""
    return Observation.objects.as_of(as_of).filter(kind="regular", round=round_code).exists()
