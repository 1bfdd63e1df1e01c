"""What who proposed a work is told of it: what is asked, that it is published, or declined and why."""

import datetime as dt

from knowledge.models import Work
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.people.access import Permission, can


def published(work: Work, *, at: dt.datetime) -> None:
    _send("proposal_published", work, at)


def declined(work: Work, *, at: dt.datetime) -> None:
    _send("proposal_declined", work, at)


def sent_back(work: Work, remark: str, *, at: dt.datetime) -> None:
    _send("proposal_sent_back", work, at, remark=remark)


def _send(template: str, work: Work, at: dt.datetime, **said: str) -> None:
    """Not to who keeps the library, whose own records come there by the hundred."""
    person = work.proposed_by
    if person is None or not person.is_active or can(person, Permission.CURATE_LIBRARY):
        return
    letters.write(
        template,
        to=person.email,
        language=person.language,
        kind=MailKind.PROPOSAL,
        at=at,
        name=person.name,
        work=work,
        reason=work.withdrawn_reason,
        address=work.get_absolute_url(),
        **said,
    )
