"""What is done with works: proposed by members, kept by who curates. Each asks, writes in one
transaction, places the work for its readers and tells the trail.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import State
from knowledge.models import Work
from pip_network import audit
from pip_network.choices import Origin
from pip_network.models import Stored, User
from pip_network.people.access import (
    Permission,
    person_of,
    require,
    require_somewhere,
)
from pip_network.web.errors import Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason

from . import changing, letters, records, rules
from .placing import place


@transaction.atomic
def propose_work(*, file: Stored | None = None, by: User, at: dt.datetime, **values: Any) -> Work:
    """Offer a work to the library; only who curates sees it until it is published.

    Raises Invalid (place: the field), Forbidden.
    """
    require_somewhere(by, Permission.PROPOSE_WORK)
    work = _added(State.PROPOSED, {**values, "origin": Origin.ENTERED}, file, by, at)
    audit.record(verb="work.proposed", **changing.told_on(work, by, at))
    return work


@transaction.atomic
def add_record(*, by: User, at: dt.datetime, **values: Any) -> Work:
    """Bring a record into the library, as a file of records does: it waits in review.

    Raises Invalid, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = _added(State.REVIEW, {"origin": Origin.ENTERED, **values}, None, by, at)
    audit.record(verb="work.added", **changing.told_on(work, by, at))
    return work


def _added(
    state: State, values: dict[str, Any], file: Stored | None, by: User, at: dt.datetime
) -> Work:
    rules.require_whole(values)
    own = {"code": values.pop("code")} if values.get("code") else {}
    work = Work(state=state, proposed_by=person_of(by), proposed_at=at, **own)
    records.write(work, values)
    if file is not None:
        changing.add_version(work, values["original"], file, by, at)
    place(work, at=at)
    return work


@transaction.atomic
def correct_work(*, work: Work, stamp: str = "", by: User, at: dt.datetime, **changes: Any) -> Work:
    """Change what the record says.

    Raises Invalid (place: the field), Conflict when it changed meanwhile, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN, State.PUBLISHED)
    return changing.correct(work, stamp, changes, by, at)


@transaction.atomic
def add_file(*, work: Work, language: str, file: Stored, by: User, at: dt.datetime) -> Work:
    """A first file, or a new version: the older ones stay. Raises Invalid, Conflict, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN, State.PUBLISHED)
    version = changing.add_version(work, language, file, by, at)
    place(work, at=at)
    audit.record(
        verb="work.file_added", language=language, version=version, **changing.told_on(work, by, at)
    )
    return work


@transaction.atomic
def review_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Take a proposal for review. Raises Conflict unless it is proposed, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, State.PROPOSED)
    work.state = State.REVIEW
    return changing.move(work, "work.reviewed", by, at)


@transaction.atomic
def publish_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Show it to whom its access names. Raises Conflict unless it waits, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN)
    work.state, work.published_at = State.PUBLISHED, work.published_at or at
    changing.move(work, "work.published", by, at)
    letters.published(work, at=at)
    return work


@transaction.atomic
def withdraw_work(
    *, work: Work, reason: str, replaced_by: str = "", by: User, at: dt.datetime
) -> Work:
    """Take it away from its readers; its page stays and says why. A proposal is declined so.

    Raises Invalid without a reason or for a work that replaces itself, Conflict, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, *rules.OPEN, State.PUBLISHED)
    work.withdrawn_reason = require_reason(reason, most=500)
    work.state, work.withdrawn_at = State.WITHDRAWN, at
    work.replaced_by = _other(work, replaced_by)
    changing.move(work, "work.withdrawn", by, at, reason=work.withdrawn_reason)
    if work.published_at is None:
        letters.declined(work, at=at)
    return work


@transaction.atomic
def restore_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Undo a withdrawal: it stands where it stood. Raises Conflict, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    rules.require_state(work, State.WITHDRAWN)
    work.state = State.PUBLISHED if work.published_at else State.REVIEW
    work.withdrawn_at, work.withdrawn_reason, work.replaced_by = None, "", None
    return changing.move(work, "work.restored", by, at)


def _other(work: Work, code: str) -> Work | None:
    """The work that replaces it, by its code."""
    code = code.strip().upper()
    if code == work.code:
        raise Invalid(_("A work does not replace itself."), place="replaced_by")
    found = Work.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise Invalid(_("The library has no work of this code."), place="replaced_by")
    return found
