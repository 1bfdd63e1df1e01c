"""What is done with works: proposed by members, kept by who curates. Each asks, writes in one
transaction, places the work for its readers and tells the trail.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from knowledge import text
from knowledge.choices import Access, State
from knowledge.models import Expression, File, Work
from pip_network import audit
from pip_network.choices import Origin
from pip_network.models import Stored, User
from pip_network.people.access import (
    Permission,
    Process,
    person_of,
    require,
    require_somewhere,
)
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason

from . import letters, records
from .placing import place

OPEN = (State.PROPOSED, State.REVIEW)


@transaction.atomic
def propose_work(*, file: Stored | None = None, by: User, at: dt.datetime, **values: Any) -> Work:
    """Offer a work to the library; only who curates sees it until it is published.

    Raises Invalid (place: the field), Forbidden.
    """
    require_somewhere(by, Permission.PROPOSE_WORK)
    work = _added(State.PROPOSED, {**values, "origin": Origin.ENTERED}, file, by, at)
    audit.record(verb="work.proposed", **_on(work, by, at))
    return work


@transaction.atomic
def add_record(*, by: User, at: dt.datetime, **values: Any) -> Work:
    """Bring a record into the library, as a file of records does: it waits in review.

    Raises Invalid, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = _added(State.REVIEW, {"origin": Origin.ENTERED, **values}, None, by, at)
    audit.record(verb="work.added", **_on(work, by, at))
    return work


def _added(
    state: State, values: dict[str, Any], file: Stored | None, by: User, at: dt.datetime
) -> Work:
    _require_whole(values)
    own = {"code": values.pop("code")} if values.get("code") else {}
    work = Work(state=state, proposed_by=person_of(by), proposed_at=at, **own)
    records.write(work, values)
    if file is not None:
        _new_version(work, values["original"], file, by, at)
    place(work, at=at)
    return work


@transaction.atomic
def correct_work(*, work: Work, stamp: str = "", by: User, at: dt.datetime, **changes: Any) -> Work:
    """Change what the record says.

    Raises Invalid (place: the field), Conflict when it changed meanwhile, Forbidden.
    """
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    _require_state(work, *OPEN, State.PUBLISHED)
    before = records.read(work)
    if stamp and stamp != records.stamp(before):
        raise Conflict(_("Somebody else changed it meanwhile: compare both before you save."))
    changed = {name: value for name, value in changes.items() if before[name] != value}
    _require_whole({**before, **changed})
    if changed:
        records.write(work, changed)
        place(work, at=at)
        told = {
            name: [records.told(before[name]), records.told(new)] for name, new in changed.items()
        }
        audit.record(verb="work.corrected", changes=told, **_on(work, by, at))
    return work


@transaction.atomic
def add_file(*, work: Work, language: str, file: Stored, by: User, at: dt.datetime) -> Work:
    """A first file, or a new version: the older ones stay. Raises Invalid, Conflict, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    _require_state(work, *OPEN, State.PUBLISHED)
    version = _new_version(work, language, file, by, at)
    place(work, at=at)
    audit.record(verb="work.file_added", language=language, version=version, **_on(work, by, at))
    return work


@transaction.atomic
def review_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Take a proposal for review. Raises Conflict unless it is proposed, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    _require_state(work, State.PROPOSED)
    work.state = State.REVIEW
    return _moved(work, "work.reviewed", by, at)


@transaction.atomic
def publish_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Show it to whom its access names. Raises Conflict unless it waits, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    _require_state(work, *OPEN)
    work.state, work.published_at = State.PUBLISHED, work.published_at or at
    _moved(work, "work.published", by, at)
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
    _require_state(work, *OPEN, State.PUBLISHED)
    work.withdrawn_reason = require_reason(reason, most=500)
    work.state, work.withdrawn_at = State.WITHDRAWN, at
    work.replaced_by = _other(work, replaced_by)
    _moved(work, "work.withdrawn", by, at, reason=work.withdrawn_reason)
    if work.published_at is None:
        letters.declined(work, at=at)
    return work


@transaction.atomic
def restore_work(*, work: Work, by: User, at: dt.datetime) -> Work:
    """Undo a withdrawal: it stands where it stood. Raises Conflict, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    work = lock(work)
    _require_state(work, State.WITHDRAWN)
    work.state = State.PUBLISHED if work.published_at else State.REVIEW
    work.withdrawn_at, work.withdrawn_reason, work.replaced_by = None, "", None
    return _moved(work, "work.restored", by, at)


def _require_whole(values: dict[str, Any]) -> None:
    """What no record is without."""
    original = values.get("original", "")
    if not original or not values.get(f"title_{original}"):
        place_ = f"title_{original}" if original else "original"
        raise Invalid(_("Give the title in the language of the original."), place=place_)
    named = values.get("open_to_institutions") or values.get("open_to_projects")
    if values.get("access") == Access.RESTRICTED and not named:
        raise Invalid(
            _("Name at least one institution or project that may read it."),
            place="open_to_institutions",
        )


def _new_version(work: Work, language: str, stored: Stored, by: User, at: dt.datetime) -> int:
    """The file in its place, and its text asked for."""
    expression = Expression.objects.filter(work=work, language=language).first()
    if expression is None:
        raise Invalid(_("Give the work a title in this language first."), place="language")
    last = File.objects.filter(expression=expression).aggregate(last=Max("version"))["last"] or 0
    file = File.objects.create(expression=expression, version=last + 1, stored=stored)
    text.order(file, by=person_of(by), at=at)
    return last + 1


def _other(work: Work, code: str) -> Work | None:
    """The work that replaces it, by its code."""
    code = code.strip().upper()
    if code == work.code:
        raise Invalid(_("A work does not replace itself."), place="replaced_by")
    found = Work.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise Invalid(_("The library has no work of this code."), place="replaced_by")
    return found


def _require_state(work: Work, *states: str) -> None:
    if work.state not in states:
        raise Conflict(
            _("Meanwhile the work is “%(state)s”: nothing has been changed.")
            % {"state": work.get_state_display()}
        )


def _moved(work: Work, verb: str, by: User, at: dt.datetime, **told: Any) -> Work:
    work.save()
    place(work, at=at)
    audit.record(verb=verb, **told, **_on(work, by, at))
    return work


def _on(work: Work, by: User | Process, at: dt.datetime) -> dict[str, Any]:
    return {"on": f"work:{work.pk}", "by": by, "at": at}
