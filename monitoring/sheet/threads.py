"""Open remarks, and which of them have been answered."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from monitoring.models import Remark, Submission
from monitoring.sheet.cells import CellKey
from pip_network.models import RoleAssignment
from pip_network.people.access import EVERYWHERE, ROLES, Permission
from pip_network.web.days import today

REVIEWING = [role for role, permissions in ROLES.items() if Permission.REVIEW in permissions]


class Thread(NamedTuple):
    """A remark with its answers; `answered`: the last word is of who enters."""

    remark: Remark
    answered: bool


class Noted(NamedTuple):
    """Remarks on one cell: open ones, and those among them that wait for an answer."""

    open: int = 0
    unanswered: int = 0


def open_threads(submissions: Collection[Submission]) -> list[Thread]:
    """Of these submissions, those that no reviewer has closed: unanswered ones first, then by time."""
    answers = Remark.objects.filter(answers=OuterRef("pk")).order_by("-at", "-id")
    rows = (
        Remark.objects.open()
        .filter(submission__in=submissions)
        .select_related("by")
        .annotate(last_answer_by=Subquery(answers.values("by")[:1]))
        .annotate(reviews=_is_reviewer("last_answer_by"))
        .order_by("at", "id")
    )
    threads = [Thread(row, _is_answered(row)) for row in rows]
    return sorted(threads, key=lambda each: each.answered)


def _is_reviewer(person: str) -> Exists:
    """Does that person review the project of the remark? A word of hers is no answer."""
    project = Concat(Value("P:"), OuterRef("submission__project_id"))
    held = RoleAssignment.objects.current(today()).filter(role__in=REVIEWING)
    return Exists(held.filter(Q(scope=EVERYWHERE) | Q(scope=project), person=OuterRef(person)))


def _is_answered(row: Remark) -> bool:
    annotated = vars(row)
    by = annotated["last_answer_by"]
    return by not in (None, row.by_id) and not annotated["reviews"]


def noted(threads: Iterable[Thread]) -> dict[CellKey, Noted]:
    """Of each cell that has any: how many."""
    counts: dict[CellKey, Noted] = {}
    for remark, answered in threads:
        if remark.subject:
            key = CellKey(remark.subject, remark.kind, remark.variable_code)
            before = counts.get(key, Noted())
            counts[key] = Noted(before.open + 1, before.unanswered + (not answered))
    return counts
