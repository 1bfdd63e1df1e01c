"""When: the steps of a submission. Buttons and actions ask the same table."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Status
from monitoring.models import Submission
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web import reasons
from pip_network.web.errors import Conflict, Forbidden, Invalid


class Transition(NamedTuple):
    """A step: from which states to which, who may, and what it needs besides.

    `needs`: what (`another_person`, `reason`, or one of `FITS`), with the refusal when that is
    missing.
    """

    name: str
    label: str | Promise
    sources: frozenset[Status]
    target: Status
    permission: Permission
    needs: Mapping[str, str | Promise] = MappingProxyType({})


OPEN = frozenset({Status.DRAFT, Status.RETURNED})
NOT_BEGUN = {"not_begun": _("The review of this submission has begun.")}
# Whether a submission has what a step needs of it.
FITS: Mapping[str, Callable[[Submission], bool]] = {
    "not_begun": lambda submission: submission.review_begun_at is None,
    "amendment": lambda submission: submission.is_amendment,
}
TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", _("Submit"), OPEN, Status.SUBMITTED, Permission.SUBMIT),
    Transition(
        "withdraw",
        _("Withdraw"),
        frozenset({Status.SUBMITTED}),
        Status.DRAFT,
        Permission.SUBMIT,
        NOT_BEGUN,
    ),
    Transition(
        "begin",
        _("Begin the review"),
        frozenset({Status.SUBMITTED}),
        Status.SUBMITTED,
        Permission.REVIEW,
        NOT_BEGUN,
    ),
    Transition(
        "return",
        _("Return"),
        frozenset({Status.SUBMITTED}),
        Status.RETURNED,
        Permission.REVIEW,
        {"reason": _("Choose why the submission is returned.")},
    ),
    Transition(
        "approve",
        _("Approve"),
        frozenset({Status.SUBMITTED}),
        Status.APPROVED,
        Permission.REVIEW,
        {"another_person": _("Who submitted cannot also approve: another person decides.")},
    ),
    Transition(
        "amend",
        _("Amend"),
        frozenset({Status.APPROVED}),
        Status.DRAFT,
        Permission.AMEND,
        {"reason": _("Say why the approved figures are amended.")},
    ),
    Transition(
        "discard",
        _("Discard the amendment"),
        OPEN,
        Status.APPROVED,
        Permission.AMEND,
        {
            "amendment": _("Only an amendment is discarded: this was never approved."),
            "reason": _("Say why the amendment is discarded."),
        },
    ),
)
BY_NAME = {transition.name: transition for transition in TRANSITIONS}


def scopes(submission: Submission) -> set[str]:
    """The scope keys that every step of a submission is asked on: its project's."""
    return {f"P:{submission.project_id}"}


def available(submission: Submission, user: User) -> list[Transition]:
    """The steps that `user` may take now."""
    return [
        step
        for step in TRANSITIONS
        if is_possible(step, submission) and _allowed(step, submission, user)
    ]


def require_step(submission: Submission, name: str, user: User) -> Transition:
    """The step `name`.

    Raises Forbidden if the user may not take it, Conflict if the submission has moved on.
    """
    step = BY_NAME[name]
    refusal = _("You may not do this with this submission.")
    access.require(user, step.permission, scopes(submission), refusal)
    if submission.status not in step.sources:
        raise Conflict(_moved_on(step, submission))
    for need in _unmet(step, submission):
        raise Conflict(str(step.needs[need]))
    if not _allowed(step, submission, user):
        raise Forbidden(step.needs["another_person"])
    return step


def _moved_on(step: Transition, submission: Submission) -> str:
    """Why a step is not possible any more; of a decision, who has decided what."""
    said = {"status": submission.get_status_display()}
    decided = submission.status in (Status.APPROVED, Status.RETURNED)
    if step.name in ("approve", "return") and decided and submission.decided_by:
        said["who"] = str(submission.decided_by)
        return _("%(who)s has decided: it is now “%(status)s”. Nothing has been changed.") % said
    return _("This submission is now “%(status)s”: nothing has been changed.") % said


def is_possible(step: Transition, submission: Submission) -> bool:
    """Can it be taken as the submission stands, by who may?"""
    return submission.status in step.sources and not _unmet(step, submission)


def _unmet(step: Transition, submission: Submission) -> list[str]:
    return [need for need in step.needs if need in FITS and not FITS[need](submission)]


def _allowed(step: Transition, submission: Submission, user: User) -> bool:
    if "another_person" in step.needs and submission.submitted_by_id == user.pk:
        return False
    return access.can(user, step.permission, scopes(submission))


def require_reason(step: Transition, reason: str, allowed: Collection[str] = ()) -> str:
    """The reason that a step needs, without the blanks around it; one of `allowed`, where there
    are.

    Raises Invalid.
    """
    if "reason" not in step.needs or reason.strip() in allowed:
        return reason.strip()
    if allowed or not reason.strip():
        raise Invalid(step.needs["reason"], place="reason")
    return reasons.require_reason(reason)
