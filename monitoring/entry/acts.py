"""What is done with a submission, from its opening to its approval.

Who may take a step, and when, stands in the table of the workflow; the form and the sentence here.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monitoring import portfolio
from monitoring.choices import Status
from monitoring.entry.forms import (
    AmendForm,
    AnswersForm,
    ApproveForm,
    DiscardForm,
    ExtendForm,
    NarrativeForm,
    RemarkForm,
    RemindForm,
    ReturnForm,
    SubmitForm,
    UnitForm,
)
from monitoring.models import Approval
from monitoring.sheet.display import value_text
from monitoring.submission import amendments, opening, review, workflow
from monitoring.submission.due import extensions, reminders
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web import formats
from pip_network.web.acts import Act
from pip_network.web.errors import Conflict


def step(name: str, **about: Any) -> Act:
    """An act that is a step of the workflow: who may, and when, by its row there."""
    row = workflow.BY_NAME[name]
    another = "another_person" in row.needs
    return Act(
        name=name,
        label=row.label,
        permission=row.permission,
        over=workflow.scopes,
        not_by=lambda submission: submission.submitted_by_id if another else None,
        when=lambda submission: workflow.is_possible(row, submission),
        **about,
    )


@transaction.atomic  # the portfolio's job is asked for with the approval, or not at all
def _approve(
    submission_id: int,
    *,
    seen: int | None,
    despite: Collection[int],
    by: User,
    at: dt.datetime,
) -> Approval:
    approval = review.approve(submission_id, by=by, at=at, seen=seen, despite=despite)
    portfolio.request_refresh(by=by, at=at)
    return approval


def _save_narrative(
    submission_id: int, *, form: NarrativeForm, by: User, at: dt.datetime, **_given: Any
) -> bool:
    """Text by text: one that somebody else changed meanwhile says so, the others are stored."""
    language = form.cleaned_data["language"]
    for theme, text, stamp in form.texts():
        try:
            save_narrative(submission_id, theme, text, language, stamp, by=by, at=at)
        except Conflict as conflict:
            form.show_conflict(theme, conflict)
    if not form.errors:
        _answer(form, by=by, at=at)
    return not form.errors


def _answer(form: AnswersForm, *, by: User, at: dt.datetime) -> None:
    """Once its values are in: a form that is shown again keeps its answers too."""
    for remark, words in form.answers:
        review.answer(remark, words, by=by, at=at)


class UnitSaved(NamedTuple):
    """What the form of a unit has stored."""

    cells: int
    answers: int


def _save_unit(
    submission_id: int, *, form: UnitForm, by: User, at: dt.datetime, **_given: Any
) -> UnitSaved:
    """Cell by cell: one that somebody else changed meanwhile says so, the others are stored."""
    result = save_cells(submission_id, form.changes, by=by, at=at)
    for conflict in result.conflicts:
        variable = form.cells[conflict.key].asked.variable
        their_text = value_text(variable, conflict.value, conflict.missing) or _("blank")
        form.show_conflict(conflict, str(conflict.by or ""), their_text)
    if result.conflicts:
        return UnitSaved(len(result.saved), 0)
    _answer(form, by=by, at=at)
    return UnitSaved(len(result.saved), len(form.answers))


def _unit_saved(stored: UnitSaved) -> str:
    cells, answers = stored
    said = []
    if cells:
        said.append(ngettext("%d cell saved.", "%d cells saved.", cells) % cells)
    if answers:
        said.append(ngettext("%d answer published.", "%d answers published.", answers) % answers)
    return " ".join(said)


OPEN = Act(
    name="submission-open",
    at_once=True,
    permission=Permission.ENTER_PROJECT,
    over=lambda project: project.scope_keys,
    action=opening.open_submission,
    message="",
)
SUBMIT = step(
    "submit",
    form=SubmitForm,
    action=opening.submit,
    message=gettext_lazy(
        "The submission is with the specialist. Nothing more to do until she answers."
    ),
)
WITHDRAW = step(
    "withdraw",
    at_once=True,
    action=opening.withdraw,
    message=gettext_lazy("It is yours again: correct it and submit it when it is ready."),
)
BEGIN = step(
    "begin",
    at_once=True,
    action=review.begin,
    message=gettext_lazy("The review has begun: it cannot be withdrawn any more."),
)
RETURN = step(
    "return",
    form=ReturnForm,
    action=review.return_submission,
    message=lambda submission: _("%(submission)s has been returned.") % {"submission": submission},
)
APPROVE = step(
    "approve",
    at_once=True,
    form=ApproveForm,
    action=_approve,
    message=lambda approval: (
        _("%(submission)s is approved: it is in the record with number %(number)d.")
        % {"submission": approval.submission, "number": approval.number}
    ),
)
AMEND = step(
    "amend",
    form=AmendForm,
    action=amendments.amend,
    message=gettext_lazy("The amendment is open. The approved figures stand until it is approved."),
)
DISCARD = step(
    "discard",
    form=DiscardForm,
    action=amendments.discard,
    message=gettext_lazy("The amendment is discarded. What was approved stands as before."),
)
EXTEND = Act(
    name="due-extend",
    label=gettext_lazy("Extend the due day"),
    once=True,
    permission=Permission.REVIEW,
    over=workflow.scopes,
    when=lambda submission: submission.never_handed_in,
    form=ExtendForm,
    action=extensions.extend,
    message=lambda submission: (
        _("It is asked for by %(day)s now; who gets letters about due days is told by e-mail.")
        % {"day": formats.long_date(submission.due_by)}
    ),
    title=gettext_lazy("Extend the due day"),
    lede=gettext_lazy(
        "Of this project alone. Whether it is in time stays measured by the first due day; "
        "reminders follow the new one."
    ),
    button=gettext_lazy("Extend"),
)
REMIND = Act(
    name="due-remind",
    label=gettext_lazy("Send a reminder"),
    once=True,
    permission=Permission.REVIEW,
    over=workflow.scopes,
    when=lambda submission: submission.is_open,
    form=RemindForm,
    action=reminders.remind,
    message=lambda count: (
        ngettext("The reminder goes to %d person.", "The reminder goes to %d people.", count)
        % count
    ),
    title=gettext_lazy("Send a reminder"),
    lede=gettext_lazy(
        "To the project’s directors, and to the coordinators whose sheet is not ready. Once a day "
        "at most; the portal itself reminds them two weeks and three days before the due day, the "
        "day after it and then weekly, four times."
    ),
    button=gettext_lazy("Send"),
)
ABOUT_DUE_DAY = (REMIND, EXTEND)

ENTER = Act(
    name="unit-form",
    permission=None,  # of the project's cells another person than of a network's
    when=lambda submission: submission.is_open,
    form=UnitForm,
    action=_save_unit,
    message=_unit_saved,
)
SAVE_NARRATIVE = Act(
    name="narrative",
    permission=Permission.ENTER_PROJECT,
    over=workflow.scopes,
    when=lambda submission: submission.is_open,
    form=NarrativeForm,
    action=_save_narrative,
    message=lambda whole: _("The narrative is saved.") if whole else "",
)
REMARK = Act(
    name="remark",
    once=True,
    at_once=True,
    permission=Permission.REVIEW,
    over=workflow.scopes,
    when=lambda submission: submission.status != Status.APPROVED,
    form=RemarkForm,
    action=review.remark,
    message="",
)
ANSWER = Act(
    name="remark-answer",
    once=True,
    at_once=True,
    permission=None,  # who reviews, and who enters the cell
    form=RemarkForm,
    action=review.answer,
    message="",
)
RESOLVE = Act(
    name="remark-resolve",
    at_once=True,
    permission=Permission.REVIEW,
    over=lambda remark: workflow.scopes(remark.submission),
    when=lambda remark: remark.resolved_at is None,
    action=review.resolve,
    message="",
)
