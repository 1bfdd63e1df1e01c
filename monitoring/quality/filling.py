"""Judgements of what was approved before they were kept: worked out once, after the migration.

A program evaluates the checks over the approved values as the record has them; what is usual in a
sector may have moved on since, and warnings that were explained are known from their words. One
approval of a named process states them; what was approved before keeps its text.
"""

from collections.abc import Iterable

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from monitoring.choices import ApprovalKind
from monitoring.models import Approval, Measurement, Submission
from monitoring.record import approving
from monitoring.record.draft import Draft
from monitoring.record.facts import JUDGED
from monitoring.sheet.cell_contents import approved_values
from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks import evaluate
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from pip_network.people.access import Process

MIGRATE = Process("migrate")
REASON = "Lo que los controles encuentran en lo aprobado antes de que se guardara."


def after_migrate(sender: object, using: str, **kwargs: object) -> None:
    """Once all migrations are made; nothing where nothing is missing."""
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        fill()


@transaction.atomic
def fill() -> Approval | None:
    """State them of all submissions whose last approval did not; None when there is none."""
    missing = _without()
    if not missing or Approval.objects.filter(format=JUDGED, process=MIGRATE.name).exists():
        return None
    draft = Draft(judged=True)
    for submission in missing:
        _judge(draft, submission)
    return approving.write(
        draft,
        kind=ApprovalKind.CATALOGUE,
        approver=MIGRATE,
        at=timezone.now().replace(microsecond=0),
        reason=REASON,
    )


def _without() -> list[Submission]:
    rows = Submission.objects.annotate(last=Max("approvals__number")).filter(last__isnull=False)
    formats = dict(Approval.objects.filter(format__lt=JUDGED).values_list("number", "format"))
    rows = rows.select_related("project", "round").order_by("round", "project")
    return [row for row in rows if row.last in formats]


def _judge(draft: Draft, submission: Submission) -> None:
    roster = load_roster(submission)
    contents = approved_values(submission, roster)
    sheet = compose(submission, roster, with_findings=True, contents=contents)
    sheet.findings = evaluate(sheet.data)
    judged = dict(sheet.judged)
    told = {(key, words.check) for key, found in sheet.explained.items() for words in found}
    for place, explained in judged.items():
        if explained is not None:
            judged[place] = place in told
    judged |= {(key, check): True for key, check in told if check}
    standing = dict(_standing(submission))
    draft.judgements += [
        (key, standing[key], check, explained)
        for (key, check), explained in judged.items()
        if key in standing
    ]


def _standing(submission: Submission) -> Iterable[tuple[CellKey, int]]:
    rows = Measurement.objects.live().filter(
        project_id=submission.project_id, round_id=submission.round_id
    )
    for *cell, pk in rows.order_by().values_list("subject", "kind", "variable_code", "pk"):
        yield CellKey(*cell), pk
