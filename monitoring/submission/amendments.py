"""Reopening an approved submission: its next revision, filled from the record, or given up again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from monitoring.choices import Missing, Step
from monitoring.evidence import carrying
from monitoring.models import (
    Approval,
    Entry,
    Measurement,
    Narrative,
    NarrativeDraft,
    Submission,
)
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import load_roster
from monitoring.submission.entry_rows import ENTRY_COLUMNS
from monitoring.submission.workflow import require_reason, require_step
from pip_network.files import bulk
from pip_network.models import User
from pip_network.web.days import day_of

from .moved_calendar import approved_milestones, asks_milestones
from .moves import locked, locked_for_step, move


@transaction.atomic
def amend(submission_id: int, reason: str, *, by: User, at: dt.datetime) -> Submission:
    """Open revision n+1. The approved figures stay in force until it is approved.

    Raises Invalid without a reason, Forbidden, Conflict.
    """
    at = at.replace(microsecond=0)
    submission = locked_for_step(submission_id)
    reason = require_reason(require_step(submission, "amend", by), reason)
    _fill_entries(submission, at)
    _fill_narratives(submission, at)
    carrying.carry(submission)
    # What its round was asked is filled in; what it is asked besides, now, is blank.
    move(
        submission,
        "amend",
        by=by,
        at=at,
        note=reason,
        revision=_next_revision(submission),
        amendment_reason=reason,
        is_milestone=asks_milestones(submission),
        submitted_at=None,
        submitted_by=None,
        review_begun_at=None,
        review_begun_by=None,
    )
    return submission


def _next_revision(submission: Submission) -> int:
    """No number is used again, that of a discarded amendment neither: edits and remarks name it."""
    last = submission.events.aggregate(last=Max("revision"))["last"] or 0
    return max(last, submission.revision) + 1


@transaction.atomic
def discard(submission_id: int, reason: str, *, by: User, at: dt.datetime) -> Submission:
    """Give an amendment up: the approved revision stands again as it was, what was being entered is
    gone, and remarks on it are closed.

    Raises Invalid without a reason, Forbidden, Conflict for what is no amendment.
    """
    at = at.replace(microsecond=0)
    submission = locked(submission_id)
    reason = require_reason(require_step(submission, "discard", by), reason)
    amendment = submission.revision
    submission.entries.all().delete()
    submission.narrative_drafts.all().delete()
    submission.evidence_drafts.all().delete()
    remarks = submission.remarks.filter(
        revision=amendment, answers__isnull=True, resolved_at__isnull=True
    )
    remarks.update(resolved_at=at, resolved_by=by)
    approval = submission.approvals.order_by("-number")[:1].get()
    move(
        submission,
        "discard",
        by=by,
        at=at,
        note=reason,
        of_revision=amendment,
        **_as_approved(submission, approval),
    )
    return submission


def _as_approved(submission: Submission, approval: Approval) -> dict[str, Any]:
    """What a submission said of itself when it was approved."""
    handed_in = submission.events.filter(verb=Step.SUBMITTED, at__lte=approval.at)
    last = handed_in.order_by("-id").first()
    return {
        "revision": approval.revision,
        "amendment_reason": approval.reason,
        "is_milestone": approved_milestones(submission),
        "submitted_at": last.at if last else approval.at,
        "submitted_by": approval.author,
        "decided_at": approval.at,
        "decided_by": approval.approver,
        "return_reason": "",
        "review_begun_at": None,
        "review_begun_by": None,
    }


def _fill_entries(submission: Submission, at: dt.datetime) -> None:
    """Entries as the record has them: what people can change, and nothing for cells that they had
    left blank.
    """
    stamp = submission.edits + 1
    asked = asked_cells(load_roster(submission, day=day_of(at)))
    rows = (
        Measurement.objects.live()
        .filter(project_id=submission.project_id, round_id=submission.round_id)
        .exclude(missing__in=[Missing.NO_DATA, Missing.NOT_APPLICABLE])
        .order_by("id")
    )
    bulk.insert(
        Entry,
        ENTRY_COLUMNS,
        (
            _entry(submission, row, cell, stamp, at)
            for row in rows
            if (cell := asked.get(CellKey(row.subject, row.kind, row.variable_code)))
            and cell.written is None
        ),
    )
    submission.edits = stamp
    submission.save(update_fields=["edits"])


def _entry(
    submission: Submission, row: Measurement, cell: Asked, stamp: int, at: dt.datetime
) -> tuple:
    """Values in the order of ENTRY_COLUMNS; nobody has entered them."""
    return (
        submission.pk,
        row.project_id,
        row.level,
        row.subject,
        row.firm_id,
        row.network_id,
        row.kind,
        cell.variable.pk,
        row.value,
        row.missing,
        row.source,
        "",
        stamp,
        at,
        None,
    )


def _fill_narratives(submission: Submission, at: dt.datetime) -> None:
    approved = Narrative.objects.live().filter(
        project_id=submission.project_id, round_id=submission.round_id
    )
    NarrativeDraft.objects.bulk_create(
        NarrativeDraft(
            submission=submission,
            theme=narrative.theme,
            text=narrative.text,
            language=narrative.language,
            changed_at=at,
        )
        for narrative in approved.order_by("theme")
    )
