"""What is mailed at the steps of a submission, to each in her language."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _

from monitoring.models import Approval, Submission
from pip_network.jobs import outbox
from pip_network.models import RoleAssignment, User
from pip_network.people.access import Role
from pip_network.web.days import day_of


def submitted(submission: Submission, *, at: dt.datetime) -> None:
    """To the project's specialists."""

    def letter() -> tuple[str, str]:
        facts = _facts(submission)
        return (
            _("%(project)s, %(round)s: submitted for review") % facts,
            _(
                "%(project)s submitted round %(round)s (revision %(revision)s). It is waiting for "
                "your review."
            )
            % facts,
        )

    _send(_holders(submission, {Role.SPECIALIST}, at), letter, at)


def returned(submission: Submission, *, reason: str, note: str, at: dt.datetime) -> None:
    """To who submitted."""

    def letter() -> tuple[str, str]:
        facts = {
            **_facts(submission),
            "reason": submission.get_return_reason_display(),
            "note": note,
        }
        return (
            _("%(project)s, %(round)s: returned with remarks") % facts,
            _("Round %(round)s of %(project)s was returned. Reason: %(reason)s.\n\n%(note)s")
            % facts,
        )

    author = cast(User | None, submission.submitted_by)
    _send([author] if author is not None and author.is_active else [], letter, at)


def approved(submission: Submission, approval: Approval, *, at: dt.datetime) -> None:
    """To directors and specialists: what was approved, with its number and hash, which they may
    keep and compare.
    """

    def letter() -> tuple[str, str]:
        facts = {**_facts(submission), "number": approval.number, "hash": approval.hash}
        return (
            _("%(project)s, %(round)s: approved (N=%(number)s)") % facts,
            _(
                "Round %(round)s of %(project)s (revision %(revision)s) was approved.\n\nApproval "
                "N=%(number)s\nHash %(hash)s"
            )
            % facts,
        )

    _send(_holders(submission, {Role.DIRECTOR, Role.SPECIALIST}, at), letter, at)


def _facts(submission: Submission) -> dict[str, object]:
    return {
        "project": submission.project_id,
        "round": submission.round_id,
        "revision": submission.revision,
    }


def _holders(submission: Submission, roles: set[Role], at: dt.datetime) -> list[User]:
    """People who hold one of the roles on the project on that day, each once."""
    assignments = RoleAssignment.objects.current(day_of(at)).filter(
        role__in=[role.value for role in roles], scope=f"P:{submission.project_id}"
    )
    return list(
        User.objects.filter(pk__in=assignments.values("person_id"), is_active=True).order_by("pk")
    )


def _send(people: Iterable[User], letter: Callable[[], tuple[str, str]], at: dt.datetime) -> None:
    for person in people:
        with translation.override(person.language or "es"):
            subject, body = letter()
        outbox.send(to=person.email, subject=subject, body=body, at=at)
