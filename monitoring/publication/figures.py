"""The public figures of a round as of an approval: the whole programme or project by project, every
indicator.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from monitoring.analysis import Catalogue, Figure, Specification, compute, definition
from monitoring.analysis.figures import figure_id
from monitoring.analysis.parsing import PROJECT
from monitoring.models import Observation
from monitoring.reports.record import CachedSource, catalogue_of


@dataclass(frozen=True)
class Totals:
    """Main figures, what each id stands for, and the catalogue they were computed with."""

    figures: list[Figure]
    definitions: dict[str, dict]
    catalogue: int


def question(
    catalogue: Catalogue,
    round_code: str,
    as_of: int,
    grouping: str = "",
    projects: Collection[str] = (),
) -> Specification:
    """What the public may ask of a round: a table; by project, of these."""
    return Specification(
        scope={"projects": tuple(sorted(projects))} if grouping == PROJECT else {},
        group_by=(grouping,) if grouping else (),
        indicators=tuple(sorted(catalogue.indicators)),
        round=round_code,
        as_of=as_of,
        audience="public",
    )


def totals(round_code: str, as_of: int) -> Totals:
    """Computed from the record; a few seconds over a record of the programme's size."""
    catalogue = catalogue_of(as_of)
    specification = question(catalogue, round_code, as_of)
    found = compute(specification, CachedSource(as_of), catalogue)
    return of_question(specification, [f for f in found if f.measure == "main"], catalogue)


def of_projects(round_code: str, as_of: int, projects: Collection[str]) -> dict[str, Totals]:
    """The same of some projects, each as though it were published alone."""
    if not projects:
        return {}
    catalogue = catalogue_of(as_of)
    specification = question(catalogue, round_code, as_of, PROJECT, projects)
    found = compute(specification, CachedSource(as_of), catalogue)
    mains = [figure for figure in found if figure.measure == "main"]
    return {code: of_project(specification, code, mains, catalogue) for code in sorted(projects)}


def of_project(
    specification: Specification, code: str, mains: Collection[Figure], catalogue: Catalogue
) -> Totals:
    """Those of one project, named after a question about it alone."""
    alone = replace(specification, scope={"projects": (code,)})
    asked = alone.question()
    own = [
        replace(f, id=figure_id(definition(asked, f.indicator, f.measure, f.group)))
        for f in mains
        if f.group == {PROJECT: code}
    ]
    return of_question(alone, own, catalogue)


def of_question(
    specification: Specification, figures: list[Figure], catalogue: Catalogue
) -> Totals:
    asked = specification.question()
    defined = {f.id: definition(asked, f.indicator, f.measure, f.group) for f in figures}
    return Totals(figures, defined, catalogue.version)


def approved_projects(round_code: str, as_of: int) -> set[str]:
    """The projects of which the record as of an approval has something of a round."""
    rows = Observation.objects.as_of(as_of).filter(kind="regular", round=round_code)
    return set(rows.order_by().values_list("project_id", flat=True).distinct())
