"""The threads of a submission, each with its answers at hand."""

from django.db.models import QuerySet

from monitoring.models import Remark, Submission
from monitoring.sheet.cells import CellKey


def threads_of(submission: Submission) -> QuerySet[Remark]:
    """All of them, oldest first."""
    return (
        Remark.objects.filter(submission=submission, answers__isnull=True)
        .select_related("by", "resolved_by")
        .prefetch_related("replies__by")
        .order_by("at", "id")
    )


def threads_on_cell(submission: Submission, key: CellKey) -> list[Remark]:
    """Those on one cell."""
    subject, kind, variable = key
    return list(threads_of(submission).filter(subject=subject, kind=kind, variable_code=variable))


def threads_on_unit(submission: Submission, subject: str) -> dict[CellKey, list[Remark]]:
    """Those on the cells of one unit."""
    threads: dict[CellKey, list[Remark]] = {}
    for row in threads_of(submission).filter(subject=subject):
        threads.setdefault(CellKey(row.subject, row.kind, row.variable_code), []).append(row)
    return threads


def threads_on_texts(submission: Submission) -> dict[str, list[Remark]]:
    """Those on the narrative, by theme."""
    threads: dict[str, list[Remark]] = {}
    for row in threads_of(submission).filter(subject="").exclude(variable_code=""):
        threads.setdefault(row.theme, []).append(row)
    return threads


def threads_on_whole(submission: Submission) -> list[Remark]:
    """Those on no cell and no text."""
    return list(threads_of(submission).filter(subject="", variable_code=""))
