"""A proposal between who made it and who keeps the library: sent back with a remark, corrected and
sent again, while it waits.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.models import File, ProposalRemark, Work
from pip_network import audit
from pip_network.models import Stored, User
from pip_network.people.access import Permission, Process, person_of, require, require_somewhere
from pip_network.web.edits import CUT
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason
from pip_network.web.text import require_no_null, require_seen

from . import changing, letters, records, rules
from .placing import place

LONGEST_ANSWER = 1000


@transaction.atomic
def correct_proposal(
    *,
    work: Work,
    file: Stored | None = None,
    stamp: str = "",
    by: User,
    at: dt.datetime,
    **changes: Any,
) -> Work:
    """What who proposed it says anew of it; a file takes the place of the one that she sent.

    Raises Invalid (place: the field), Conflict, Forbidden.
    """
    _require_own(work, by)
    work = lock(work)
    rules.require_state(work, *rules.OPEN)
    changing.correct(work, stamp, _in_another_language(work, changes) | changes, by, at)
    if file is not None:
        _replace_file(work, file, by, at)
    return work


@transaction.atomic
def send_back(*, work: Work, remark: str, by: User, at: dt.datetime) -> Work:
    """Ask something of who proposed it, who gets a letter. Raises Invalid, Conflict, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN)
    if work.proposed_by_id is None:
        raise Conflict(_("Nobody proposed this work: there is nobody to send it back to."))
    text = require_reason(remark, most=LONGEST_ANSWER, place="remark")
    ProposalRemark.objects.create(work=work, text=text, by=person_of(by), at=at)
    audit.record(verb="work.sent_back", reason=text[:CUT], **changing.told_on(work, by, at))
    letters.sent_back(work, text, at=at)
    return work


@transaction.atomic
def send_again(*, work: Work, answer: str = "", by: User, at: dt.datetime) -> Work:
    """Say that what was asked is done: the curators see it among the proposals again.

    Raises Invalid, Conflict when nothing is asked, Forbidden.
    """
    _require_own(work, by)
    work = lock(work)
    rules.require_state(work, *rules.OPEN)
    answer = answer.strip()
    require_seen(answer, "answer")
    require_no_null(answer, "answer")
    if len(answer) > LONGEST_ANSWER:
        raise Invalid(
            _("At most %(count)s characters.") % {"count": LONGEST_ANSWER}, place="answer"
        )
    asked = ProposalRemark.objects.filter(work=work, answered_at=None)
    if not asked.update(answer=answer, answered_at=at):
        raise Conflict(_("Nothing is asked of this proposal."))
    audit.record(verb="work.sent_again", **changing.told_on(work, by, at))
    return work


def _require_own(work: Work, by: User | Process) -> None:
    require_somewhere(by, Permission.PROPOSE_WORK)
    if work.proposed_by_id is None or person_of(by) != work.proposed_by:
        raise Forbidden(_("A proposal is corrected by who made it."))


def _in_another_language(work: Work, changes: dict[str, Any]) -> dict[str, Any]:
    """Said to be in another language, its texts and its file are in that one: nothing stays of the
    earlier, unless a curator has given the new language a title meanwhile.
    """
    before = records.read(work)
    earlier, now = before["original"], changes.get("original", before["original"])
    if earlier == now or before[f"title_{now}"]:
        return {}
    return {f"{name}_{earlier}": "" for name in records.OF_EXPRESSION}


def _replace_file(work: Work, file: Stored, by: User, at: dt.datetime) -> None:
    """Nobody has read the earlier one yet: it goes, and its bytes with it."""
    language = work.original.language if work.original else ""
    File.objects.filter(expression__work=work, expression__language=language).delete()
    version = changing.add_version(work, language, file, by, at)
    place(work, at=at)
    told: dict[str, Any] = {"language": language, "version": version}
    audit.record(verb="work.file_added", **told, **changing.told_on(work, by, at))
