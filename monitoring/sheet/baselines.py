"""In which submission the baseline of a unit is asked, and when it was captured."""

import datetime as dt
from dataclasses import replace

from django.db.models import Max, Min

from monitoring.choices import Kind, Level, Status
from monitoring.models import EntryChange, Observation, Submission
from monitoring.sheet.units import UNKNOWN, Unit
from pip_network.web.days import day_of


def with_baselines(
    submission: Submission, units: list[Unit], baselines: dict[str, Observation], frozen: bool
) -> list[Unit]:
    """Where each baseline is asked, and what is known of its capture.

    It belongs to the first submission in which the unit appears: an earlier one of the project that
    was never approved comes first.
    """
    without = [
        unit for unit in units if unit.level != Level.PROJECT and unit.subject not in baselines
    ]
    earlier = _earlier_unapproved(submission) if without and not frozen else None
    needing = {
        unit.subject
        for unit in units
        if (row := baselines.get(unit.subject)) is not None and row.round_id == submission.round_id
    } | {
        unit.subject
        for unit in without
        if not frozen and not (earlier and unit.began_on and unit.began_on <= earlier)
    }
    captured = _captured(submission, needing) if needing else {}
    return [
        _unit_with_baseline(unit, baselines.get(unit.subject), unit.subject in needing, captured)
        for unit in units
    ]


def _unit_with_baseline(
    unit: Unit, row: Observation | None, needs_baseline: bool, captured: dict[str, dt.date]
) -> Unit:
    if needs_baseline:
        day = captured.get(unit.subject) or (row.captured_on if row else None)
        size = row.size if row is not None and unit.size == UNKNOWN else unit.size
        return replace(
            unit, needs_baseline=True, captured_on=day, reconstructed=unit.is_late(day), size=size
        )
    if row is None:
        return unit
    return replace(
        unit,
        captured_on=unit.captured_on or row.captured_on,
        reconstructed=unit.reconstructed or row.reconstructed,
        size=row.size if unit.size == UNKNOWN else unit.size,
    )


def _earlier_unapproved(submission: Submission) -> dt.date | None:
    """Last day of the latest earlier round whose submission exists and was never approved."""
    return (
        Submission.objects.filter(
            project_id=submission.project_id, round_id__lt=submission.round_id, revision=1
        )
        .exclude(status=Status.APPROVED)
        .aggregate(last=Max("round__ends_on"))["last"]
    )


def _captured(submission: Submission, subjects: set[str]) -> dict[str, dt.date]:
    """Day of each unit's first baseline value in this submission."""
    changes = EntryChange.objects.filter(
        submission=submission, kind=Kind.BASELINE, new_value__isnull=False
    )
    if len(subjects) <= 5:
        changes = changes.filter(subject__in=subjects)
    first_changes = (
        changes.order_by()
        .values("subject")
        .annotate(first=Min("at"))
        .values_list("subject", "first")
    )
    return {subject: day_of(at) for subject, at in first_changes}
