"""What the public sees now, read back as it was published."""

import datetime as dt
from dataclasses import dataclass

from monitoring.analysis import Figure
from monitoring.models import ProjectPublication, Publication
from monitoring.models.publications import ProjectPublicationQuerySet
from monitoring.reports.material import Figures


@dataclass(frozen=True)
class Shown:
    """The public figures of the newest round that is published."""

    round: str
    as_of: int
    at: dt.datetime
    catalogue: int
    figures: Figures


def shown() -> Shown | None:
    """None while nothing is published. One query, whatever has been approved since."""
    row = Publication.objects.in_force().first()
    if row is None:
        return None
    figures = Figures(Figure.from_dict(stored) for stored in row.figures)
    return Shown(row.round_id, row.as_of_id, row.at, row.catalogue, figures)


@dataclass(frozen=True)
class Results:
    """The published figures of one project in a round."""

    project: str
    name: str
    round: str
    as_of: int
    at: dt.datetime
    catalogue: int
    figures: Figures


def results_of_project(code: str) -> list[Results]:
    """Of every round in which they are published, the newest first. One query."""
    rows = _with_names(ProjectPublication.objects.in_force().filter(project=code))
    return [_results(row, row.figures) for row in rows.order_by("-publication__round")]


def results_of_round(code: str, indicator: str) -> list[Results]:
    """Of every project whose results are published with a round, the figures of one indicator. One
    query, which reads no others.
    """
    rows = _with_names(ProjectPublication.objects.in_force().filter(publication__round=code))
    rows = rows.with_figures_of(indicator).order_by("project")
    return [_results(row, row.of_indicator) for row in rows]


def _with_names(rows: ProjectPublicationQuerySet) -> ProjectPublicationQuerySet:
    return rows.select_related("project", "publication").defer("publication__figures")


def _results(row: ProjectPublication, figures: list[dict]) -> Results:
    return Results(
        row.project_id,
        row.project.name,
        row.publication.round_id,
        row.publication.as_of_id,
        row.at,
        row.publication.catalogue,
        Figures(Figure.from_dict(stored) for stored in figures),
    )
