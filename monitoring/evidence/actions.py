"""Attaching a file or an address while a submission is open, withdrawing it and putting it back."""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import Level
from monitoring.models import EvidenceDraft, Submission
from monitoring.models.evidence import LONGEST_ADDRESS
from monitoring.sheet.cells import asked_cells
from monitoring.sheet.roster import load_roster
from pip_network import audit
from pip_network.choices import FileKind
from pip_network.models import Stored, User
from pip_network.people.access import Permission, require
from pip_network.web.addresses import require_address
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock

from . import limits
from .places import Spot, spot_of

PLACE_OF_FILE = "file"


@transaction.atomic
def attach(
    submission_id: int,
    spot: Spot,
    *,
    file: Stored | None = None,
    address: str = "",
    by: User,
    at: dt.datetime,
) -> EvidenceDraft:
    """Put a kept file or an address beside something; what is there already stays the one piece.

    Raises Forbidden for who may not enter there; Conflict when the submission is closed; Invalid
    for neither or both, for another kind of file, one too large, no address, no such cell, and when
    there is no room.
    """
    submission = _locked(submission_id)
    _require_may_enter(submission, spot, by, at)
    said = _said(file, address)
    here = EvidenceDraft.objects.filter(submission=submission, **_of_place(spot))
    known = here.filter(sha256=said["sha256"]).select_related("carried").first()
    if known is not None:
        return _known(submission, known, by, at)
    _require_room(submission, here.standing().count())
    row = EvidenceDraft.objects.create(
        submission=submission,
        added_at=at.replace(microsecond=0),
        added_by=by,
        **spot.columns,
        **said,
    )
    _record("evidence.attached", submission, row, by, at)
    return row


def _known(submission: Submission, row: EvidenceDraft, by: User, at: dt.datetime) -> EvidenceDraft:
    if row.carried is not None and row.carried.taken_away_at is not None:
        raise Invalid(
            _("This file was here and was taken away, with a reason: it is not attached again."),
            place=PLACE_OF_FILE,
        )
    return _put_back(submission, row, by, at) if row.withdrawn_at is not None else row


@transaction.atomic
def withdraw(number: int, *, by: User, at: dt.datetime) -> EvidenceDraft:
    """Take a piece away while the submission is open; it can be put back until then.

    Raises Forbidden, Conflict when it is withdrawn already or the submission is closed.
    """
    submission, row = _locked_row(number, by, at)
    if row.withdrawn_at is not None:
        raise Conflict(_("This was removed already."))
    row.withdrawn_at, row.withdrawn_by = at.replace(microsecond=0), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("evidence.withdrawn", submission, row, by, at)
    return row


@transaction.atomic
def put_back(number: int, *, by: User, at: dt.datetime) -> EvidenceDraft:
    """Undo `withdraw`. Raises Forbidden; Conflict when it stands, or the submission is closed;
    Invalid when there is no room.
    """
    submission, row = _locked_row(number, by, at)
    if row.withdrawn_at is None:
        raise Conflict(_("This stands in its place already."))
    here = EvidenceDraft.objects.filter(submission=submission, **_of_place(spot_of(row)))
    _require_room(submission, here.standing().count())
    return _put_back(submission, row, by, at)


def _put_back(
    submission: Submission, row: EvidenceDraft, by: User, at: dt.datetime
) -> EvidenceDraft:
    row.withdrawn_at = row.withdrawn_by = None
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("evidence.put_back", submission, row, by, at)
    return row


def _locked(submission_id: int) -> Submission:
    rows = Submission.objects.select_related("project", "round")
    return for_update(rows).get(pk=submission_id)


def _locked_row(number: int, by: User, at: dt.datetime) -> tuple[Submission, EvidenceDraft]:
    row = EvidenceDraft.objects.filter(pk=number).first()
    if row is None:
        raise Conflict(_("It does not exist any more."))
    submission = _locked(row.submission_id)
    _require_may_enter(submission, spot_of(row), by, at)
    return submission, lock(row)


def _require_may_enter(submission: Submission, spot: Spot, by: User, at: dt.datetime) -> None:
    """Who enters the cell; for a text of the narrative and the whole submission, who enters the
    project's own.
    """
    keys, needed = {f"P:{submission.project_id}"}, Permission.ENTER_PROJECT
    if spot.key is not None:
        roster = load_roster(submission, subjects={spot.key.subject}, day=day_of(at))
        unit = roster.by_subject.get(spot.key.subject)
        if unit is None or spot.key not in asked_cells(roster):
            raise Invalid(_("The submission does not ask for this cell."))
        keys |= unit.scope_keys
        if unit.level != Level.PROJECT:
            needed = Permission.ENTER_NETWORK
    require(by, needed, keys, _("What is attached here is kept by those who enter it."))
    if not submission.is_open:
        raise Conflict(
            _("This submission is now “%(status)s”: nothing has been changed.")
            % {"status": submission.get_status_display()}
        )


def _checked(address: str) -> str:
    """Raises Invalid for what leads to no page, and for one that is too long."""
    if len(address) > LONGEST_ADDRESS:
        message = _("At most %(count)s characters.") % {"count": LONGEST_ADDRESS}
        raise Invalid(message, place="address")
    require_address(address, "address")
    return address


def _said(file: Stored | None, address: str) -> dict[str, Any]:
    """What the row says of the piece."""
    if file is not None and address.strip():
        raise Invalid(_("Attach one thing at a time: a file or an address."), place="address")
    if file is None:
        if not address.strip():
            raise Invalid(_("Choose a file, or write an address."), place=PLACE_OF_FILE)
        address = _checked(address.strip())
        return {"address": address, "sha256": hashlib.sha256(address.encode()).hexdigest()}
    if file.kind not in limits.KINDS:
        names = ", ".join(str(FileKind(kind).label) for kind in limits.KINDS)
        message = _("Here the file must be one of: %(kinds)s.") % {"kinds": names}
        raise Invalid(message, place=PLACE_OF_FILE)
    if file.size > limits.MOST_BYTES:
        message = _("The file is larger than %(megabytes)s MB: divide it or make it smaller.")
        raise Invalid(message % {"megabytes": limits.MEGABYTES}, place=PLACE_OF_FILE)
    return {"stored": file, "sha256": file.sha256, "format": file.kind, "size": file.size}


def _of_place(spot: Spot) -> dict[str, Any]:
    """The rows that stand there."""
    return {"remark_id": spot.remark} if spot.remark else spot.columns


def _require_room(submission: Submission, here: int) -> None:
    most, there = limits.AT_ONE_PLACE, here
    if there < most:
        there, most = submission.evidence_drafts.standing().count(), limits.OF_A_SUBMISSION
    if there >= most:
        raise Invalid(
            ngettext(
                "There is %(count)s piece attached: remove one first.",
                "There are %(count)s pieces attached, and no more are taken: remove one first.",
                most,
            )
            % {"count": most},
            place=PLACE_OF_FILE,
        )


def _record(
    verb: str, submission: Submission, row: EvidenceDraft, by: User, at: dt.datetime
) -> None:
    audit.record(
        verb=verb,
        on=submission.key,
        by=by,
        at=at,
        beside=str(spot_of(row)),
        sha256=row.sha256,
        format=row.format or "address",
    )
