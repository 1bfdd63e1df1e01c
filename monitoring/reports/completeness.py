"""How complete the record is, project by project: cells with a value, baselines captured late."""

from django.db.models import Count, Max, Q

from monitoring.analysis import Specification
from monitoring.choices import Kind, Level, Missing
from monitoring.models import Measurement, Observation

from .material import Baselines, Completeness


def completeness(specification: Specification, projects: list[str]) -> list[Completeness]:
    """Cells of the report's round by project: with a value, or why not."""
    cells = Measurement.objects.as_of(specification.as_of).filter(
        kind=Kind.REGULAR, round=specification.round, project__in=projects
    )
    rows = (
        cells.exclude(missing=Missing.NOT_APPLICABLE)
        .values("project_id")
        .annotate(
            filled=Count("id", filter=Q(value__isnull=False)),
            refused=Count("id", filter=Q(missing=Missing.REFUSED)),
            not_collected=Count("id", filter=Q(missing=Missing.NOT_COLLECTED)),
            blank=Count("id", filter=Q(missing=Missing.NO_DATA)),
            approval=Max("approved_in"),
        )
    )
    return [
        Completeness(
            row["project_id"],
            specification.round,
            row["filled"],
            row["refused"],
            row["not_collected"],
            row["blank"],
            row["approval"],
        )
        for row in rows.order_by("project_id")
    ]


def baselines(specification: Specification, projects: list[str]) -> list[Baselines]:
    """Baselines of firms by project, and how many were captured more than six months after joining."""
    rows = Observation.objects.as_of(specification.as_of).filter(
        kind=Kind.BASELINE, level=Level.FIRM, project__in=projects
    )
    counted = rows.values("project_id").annotate(
        observed=Count("id"), rebuilt=Count("id", filter=Q(reconstructed=True))
    )
    return [
        Baselines(row["project_id"], row["observed"], row["rebuilt"])
        for row in counted.order_by("project_id")
    ]
