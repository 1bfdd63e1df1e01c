"""The reviewer's side: remarks on cells, returning, approving."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.choices import ApprovalKind, Kind, NarrativeTheme, ReturnReason
from monitoring.models import Approval, Entry, Remark, Submission
from monitoring.record import approving
from monitoring.record.differences import draft_of
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from monitoring.submission import workflow
from monitoring.submission.workflow import require_reason, require_step, scopes
from pip_network import audit
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.text import require_no_null

from . import letters
from .moved_calendar import asks_milestones
from .moves import locked, locked_for_step, move

LONGEST = 4000


class RemarksOpen(Invalid):
    """Approving would leave remarks open that the reviewer has not said to leave."""


@transaction.atomic
def approve(
    submission_id: int,
    *,
    by: User,
    at: dt.datetime,
    seen: int | None = None,
    despite: Collection[int] | None = None,
) -> Approval:
    """Write a submitted revision into the record and close it. Who submitted cannot approve.

    `seen`: when what the reviewer read had been submitted (seconds since 1970); `despite`: the open
    remarks that she leaves so; None: do not compare. Raises Forbidden; RemarksOpen; Conflict when
    somebody was first, when it was submitted anew since it was read, or when the registry has since
    opened core cells that are blank.
    """
    at = at.replace(microsecond=0)
    submission = locked_for_step(submission_id)
    require_step(submission, "approve", by)
    submitted_at = submission.submitted_at
    if submitted_at is None or (seen is not None and seen != int(submitted_at.timestamp())):
        raise Conflict(
            _(
                "This was returned and submitted again since you opened it: read it anew before "
                "you decide."
            )
        )
    if asks_milestones(submission) and not submission.is_milestone:
        raise Conflict(
            _(
                "The calendar of the project has moved since this was submitted, and its round asks "
                "milestones now: return it, so that they are entered."
            )
        )
    if despite is not None:
        _require_no_other_open(submission, despite)
    roster = load_roster(submission, day=day_of(submitted_at))
    draft = draft_of(compose(submission, roster, with_findings=True))
    approval = approving.write(
        draft,
        kind=ApprovalKind.SUBMISSION,
        approver=by,
        at=at,
        reason=submission.amendment_reason,
        submission=submission,
    )
    Entry.objects.filter(submission=submission).delete()
    submission.narrative_drafts.all().delete()
    submission.evidence_drafts.all().delete()
    move(submission, "approve", by=by, at=at, decided_at=at, decided_by=by)
    letters.approved(submission, approval, at=at)
    return approval


def _require_no_other_open(submission: Submission, despite: Collection[int]) -> None:
    if submission.remarks.open().exclude(pk__in=despite).exists():
        raise RemarksOpen(
            _("Remarks are still open: close them, or say that you approve although they stay so."),
            place="despite",
        )


@transaction.atomic
def begin(submission_id: int, *, by: User, at: dt.datetime) -> Submission:
    """Begin to review: from now on it cannot be withdrawn, and the queue says who reads it.

    Raises Forbidden, Conflict.
    """
    submission = locked(submission_id)
    require_step(submission, "begin", by)
    _begin(submission, by, at)
    return submission


def _begin(submission: Submission, by: User, at: dt.datetime) -> None:
    at = at.replace(microsecond=0)
    move(submission, "begin", by=by, at=at, review_begun_at=at, review_begun_by=by)


def _begin_with_words(submission: Submission, by: User, at: dt.datetime) -> None:
    """Who writes or closes a remark has begun to review."""
    if workflow.is_possible(workflow.BY_NAME["begin"], submission):
        _begin(submission, by, at)


@transaction.atomic
def return_submission(
    submission_id: int, reason: str, note: str = "", *, by: User, at: dt.datetime
) -> Submission:
    """Give a submission back to its author, with a coded reason.

    Raises Invalid for an unknown reason.
    """
    at = at.replace(microsecond=0)
    submission = locked_for_step(submission_id)
    step = require_step(submission, "return", by)
    reason = require_reason(step, reason, ReturnReason.values)
    move(
        submission,
        "return",
        by=by,
        at=at,
        reason=reason,
        is_milestone=asks_milestones(submission),
        note=_checked_text(note, "note", optional=True),
        decided_at=at,
        decided_by=by,
        return_reason=reason,
    )
    letters.returned(submission, reason=reason, note=note, at=at)
    return submission


@transaction.atomic
def remark(
    submission_id: int,
    text: str,
    *,
    key: CellKey | None = None,
    theme: str = "",
    by: User,
    at: dt.datetime,
) -> Remark:
    """Remark on a cell, on a text of the narrative, or on the whole submission.

    Reviewers only, while it is not approved. Raises Forbidden, Conflict; Invalid for an unknown
    theme.
    """
    submission = locked(submission_id)
    refusal = _("Only who reviews this project may remark.")
    access.require(by, Permission.REVIEW, scopes(submission), refusal)
    if submission.status == "approved":
        raise Conflict(_("This submission is approved: amend it first."))
    if theme and theme not in NarrativeTheme:
        raise Invalid(_("There is no such text."))
    subject, kind, variable = key or ("", Kind.REGULAR.value, theme)
    row = Remark.objects.create(
        submission=submission,
        revision=submission.revision,
        subject=subject,
        kind=kind,
        variable_code=variable,
        text=_checked_text(text, "text"),
        at=at.replace(microsecond=0),
        by=by,
    )
    _begin_with_words(submission, by, at)
    audit.record(
        verb="remark.made", on=submission.key, by=by, at=at, remark=row.pk, cell=str(key or theme)
    )
    return row


@transaction.atomic
def answer(remark_id: int, text: str, *, by: User, at: dt.datetime) -> Remark:
    """Answer a remark: its reviewer, or who enters the data of the project."""
    root = Remark.objects.select_related("submission").get(pk=remark_id, answers__isnull=True)
    submission = locked(root.submission_id)
    allowed = scopes(submission) | _networks_of(root, submission)
    if not any(
        access.can(by, p, allowed)
        for p in (Permission.REVIEW, Permission.ENTER_PROJECT, Permission.ENTER_NETWORK)
    ):
        raise Forbidden(_("You may not answer this remark."))
    row = Remark.objects.create(
        submission=submission,
        revision=submission.revision,
        subject=root.subject,
        kind=root.kind,
        variable_code=root.variable_code,
        answers=root,
        text=_checked_text(text, "text"),
        at=at.replace(microsecond=0),
        by=by,
    )
    if access.can(by, Permission.REVIEW, scopes(submission)):
        _begin_with_words(submission, by, at)
    audit.record(verb="remark.answered", on=submission.key, by=by, at=at, remark=root.pk)
    return row


@transaction.atomic
def resolve(remark_id: int, *, by: User, at: dt.datetime) -> Remark:
    """Close a remark. Raises Conflict when it is closed already."""
    root = Remark.objects.select_related("submission").get(pk=remark_id, answers__isnull=True)
    submission = locked(root.submission_id)
    refusal = _("Only who reviews this project may close a remark.")
    access.require(by, Permission.REVIEW, scopes(submission), refusal)
    closed = Remark.objects.filter(pk=remark_id, resolved_at__isnull=True).update(
        resolved_at=at.replace(microsecond=0), resolved_by=by
    )
    if not closed:
        raise Conflict(_("This remark is already closed."))
    _begin_with_words(submission, by, at)
    audit.record(verb="remark.resolved", on=submission.key, by=by, at=at, remark=remark_id)
    root.refresh_from_db()
    return root


def _networks_of(root: Remark, submission: Submission) -> set[str]:
    if not root.subject:
        return set()
    unit = load_roster(submission, subjects={root.subject}).by_subject.get(root.subject)
    return unit.scope_keys if unit else set()


def _checked_text(text: str, place: str, *, optional: bool = False) -> str:
    text = text.strip()
    require_no_null(text, place)
    if not text and not optional:
        raise Invalid(_("Write some words."), place=place)
    if len(text) > LONGEST:
        raise Invalid(_("At most %(count)s characters.") % {"count": LONGEST}, place=place)
    return text
