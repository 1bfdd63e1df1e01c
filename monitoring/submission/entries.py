"""Saving cells: the one door through which values enter a submission, one at a time or by the
thousand.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from monitoring.choices import Door, Level, Missing, Source
from monitoring.models import Entry, EntryChange, Submission
from monitoring.numbers import cell_value
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import Roster, load_roster
from monitoring.sheet.sheet import Held
from pip_network.files import bulk
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid

from .moves import locked

BY_PEOPLE = frozenset({Missing.NOT_COLLECTED.value, Missing.REFUSED.value})
FEW = 50
LONGEST = 2000


class CellChange(NamedTuple):
    """One edit. Value None and no reason: blank the cell. `explanation` None: leave it (a new value
    clears it).

    `missing`: why there is no value; people say `not_collected` or `refused`. A cell that the
    system writes takes an explanation only. `seen_stamp` is the stamp of the cell that the person
    saw (0: blank); None: do not compare.
    """

    key: CellKey
    value: Decimal | None
    missing: str = ""
    explanation: str | None = None
    seen_stamp: int | None = None


class Saved(NamedTuple):
    """A cell as it stands after the save; `stamp` 0: blank."""

    value: Decimal | None
    missing: str
    explanation: str
    stamp: int


BLANK = Saved(None, "", "", 0)


class CellConflict(NamedTuple):
    """Somebody else changed the cell since it was seen: what it holds now, by whom, since when.

    Nothing was overwritten.
    """

    key: CellKey
    value: Decimal | None
    missing: str
    by: str
    at: dt.datetime | None
    stamp: int


class SaveResult(NamedTuple):
    """`roster`, `asked` and `values` are the units of the save, their cells, and all that they and
    their networks now hold: enough to check those units anew without reading again.
    """

    saved: dict[CellKey, Saved]
    conflicts: list[CellConflict]
    roster: Roster | None = None
    asked: dict[CellKey, Asked] | None = None
    values: dict[CellKey, Held] | None = None


@transaction.atomic
def save_cells(
    submission_id: int,
    changes: Sequence[CellChange],
    *,
    by: User | Process,
    at: dt.datetime,
    door: Door = Door.WEB,
    reason: str = "",
) -> SaveResult:
    """Save edits under the lock of the submission; all of them, or none where one is refused.

    Conflicting ones are given back and the rest saved. Raises Conflict when the submission is not
    open, Invalid (with the cell as its place) for a cell that is not asked or a value that no cell
    can hold, Forbidden for one that is not hers.
    """
    at = at.replace(microsecond=0)
    submission = locked(submission_id)
    if not submission.is_open:
        raise Conflict(
            _("This submission is now “%(status)s”: nothing has been changed.")
            % {"status": submission.get_status_display()}
        )
    subjects = {change.key.subject for change in changes}
    roster = load_roster(
        submission, subjects=subjects if len(subjects) <= FEW else None, day=day_of(at)
    )
    asked = asked_cells(roster)
    _require_may_enter(roster, subjects, by)
    save = _Save(submission, person_of(by), at, door, reason, _held(submission, changes, roster))
    for change in changes:
        save.take(change, asked.get(change.key))
    return save.write()._replace(roster=roster, asked=asked, values=save.values())


def _require_may_enter(roster: Roster, subjects: set[str], by: User | Process) -> None:
    """Every unit is this person's to fill: a coordinator's network and its firms, a director's
    project.
    """
    project = f"P:{roster.submission.project_id}"
    for subject in sorted(subjects):
        unit = roster.by_subject.get(subject)
        if unit is None:
            raise Invalid(_("This unit is not part of the submission."), place=subject)
        needed = (
            Permission.ENTER_PROJECT if unit.level == Level.PROJECT else Permission.ENTER_NETWORK
        )
        refusal = _("You may not enter data of this unit.")
        require(by, needed, {project, *unit.scope_keys}, refusal, place=subject)


class Now(NamedTuple):
    """A cell that holds something, as the save finds it."""

    pk: int
    value: Decimal | None
    missing: str
    source: str
    explanation: str
    stamp: int
    by: str | None
    at: dt.datetime


def _held(
    submission: Submission, changes: Sequence[CellChange], roster: Roster
) -> dict[CellKey, Now]:
    rows = Entry.objects.filter(submission=submission).order_by()
    subjects = {change.key.subject for change in changes}
    if len(subjects) <= FEW:
        networks = {
            f"N:{network.code}"
            for unit in roster.units
            if unit.level == Level.FIRM
            for network in unit.networks
        }
        rows = rows.filter(subject__in=subjects | networks)
    code_of = roster.definitions.code_of
    fields = (
        "subject",
        "kind",
        "variable_id",
        "pk",
        "value",
        "missing",
        "source",
        "explanation",
        "stamp",
        "changed_by__name",
        "changed_at",
    )
    return {
        CellKey(subject, kind, code_of[variable]): Now(*rest)
        for subject, kind, variable, *rest in rows.values_list(*fields)
    }


class _Save:
    """One save: takes the edits one by one, then writes all rows in a few statements."""

    def __init__(
        self,
        submission: Submission,
        person: User | None,
        at: dt.datetime,
        door: Door,
        reason: str,
        held: dict[CellKey, Now],
    ):
        self.submission, self.at, self.door, self.reason, self.held = (
            submission,
            at,
            door,
            reason,
            held,
        )
        self.person_id = person.pk if person else None
        self.stamp = (
            submission.edits + 1
        )  # grows with every save of the submission: a cell blanked and refilled is told apart
        self.rows: list[tuple] = []
        self.blanked: list[int] = []
        self.changes: list[tuple] = []
        self.saved: dict[CellKey, Saved] = {}
        self.conflicts: list[CellConflict] = []

    def take(self, change: CellChange, asked: Asked | None) -> None:
        key = change.key
        if asked is None:
            raise Invalid(_("This cell is not asked in this submission."), place=str(key))
        if key in self.saved:
            raise Invalid(_("This cell is given twice."), place=str(key))
        now = self.held.get(key)
        value, missing = (
            _checked(change) if asked.written is None else _only_explained(change, asked)
        )
        same = asked.written is not None or (value, missing) == (now[1:3] if now else (None, ""))
        kept = now.explanation if now and same else ""
        explanation = kept if change.explanation is None else change.explanation.strip()[:LONGEST]
        if same and explanation == kept:
            self.saved[key] = Saved(now.value, now.missing, kept, now.stamp) if now else BLANK
        elif change.seen_stamp is not None and change.seen_stamp != (now.stamp if now else 0):
            self.conflicts.append(self._conflict(key, now))
        else:
            self._change(key, asked, now, value, missing, explanation, same)

    def _change(
        self,
        key: CellKey,
        asked: Asked,
        now: Now | None,
        value: Decimal | None,
        missing: str,
        explanation: str,
        same: bool,
    ) -> None:
        submission, (subject, kind, variable) = self.submission, key
        self.changes.append(
            (
                submission.pk,
                submission.revision,
                subject,
                kind,
                variable,
                now.value if now else None,
                now.missing if now else "",
                value,
                missing,
                self.at,
                self.person_id,
                self.door,
                self.reason or explanation,
            )
        )
        if value is None and not missing:
            if now is not None:
                self.blanked.append(now.pk)
            self.saved[key] = BLANK
            return
        source = (
            asked.written.source
            if asked.written
            else now.source
            if now and same
            else Source.ENTERED.value
        )
        level, code = subject[0], subject[2:]
        self.rows.append(
            (
                submission.pk,
                submission.project_id,
                asked.variable.level,
                subject,
                code if level == "F" else None,
                code if level == "N" else None,
                kind,
                asked.variable.pk,
                value,
                missing,
                source,
                explanation,
                self.stamp,
                self.at,
                self.person_id,
            )
        )
        self.saved[key] = Saved(value, missing, explanation, self.stamp)

    def _conflict(self, key: CellKey, now: Now | None) -> CellConflict:
        if now is not None:
            return CellConflict(key, now.value, now.missing, now.by or "", now.at, now.stamp)
        changes = EntryChange.objects.filter(
            submission=self.submission,
            subject=key.subject,
            kind=key.kind,
            variable_code=key.variable,
        )
        name, at = changes.order_by("-id").values_list("by__name", "at").first() or ("", None)
        return CellConflict(key, None, "", name or "", at, 0)

    def values(self) -> dict[CellKey, Held]:
        """All that was held, with what this save has changed."""
        values = {
            key: Held(now.value, now.missing, now.source, now.explanation, now.stamp)
            for key, now in self.held.items()
        }
        for key, saved in self.saved.items():
            source = values[key].source if key in values else Source.ENTERED.value
            values[key] = Held(saved.value, saved.missing, source, saved.explanation, saved.stamp)
            if saved == BLANK:
                del values[key]
        return values

    def write(self) -> SaveResult:
        if self.blanked:
            Entry.objects.filter(pk__in=self.blanked).delete()
        if self.rows:
            bulk.insert(Entry, ENTRY, self.rows, unique=ENTRY_KEY, update=ENTRY_CHANGES)
        if self.changes:
            bulk.insert(EntryChange, CHANGE, self.changes)
            Submission.objects.filter(pk=self.submission.pk).update(edits=F("edits") + 1)
        return SaveResult(self.saved, self.conflicts)


ENTRY = (
    "submission",
    "project",
    "level",
    "subject",
    "firm",
    "network",
    "kind",
    "variable",
    "value",
    "missing",
    "source",
    "explanation",
    "stamp",
    "changed_at",
    "changed_by",
)
ENTRY_KEY = ("submission", "subject", "kind", "variable")
ENTRY_CHANGES = ("value", "missing", "source", "explanation", "stamp", "changed_at", "changed_by")
CHANGE = (
    "submission",
    "revision",
    "subject",
    "kind",
    "variable_code",
    "old_value",
    "old_missing",
    "new_value",
    "new_missing",
    "at",
    "by",
    "door",
    "reason",
)


def _only_explained(change: CellChange, asked: Asked) -> tuple[Decimal | None, str]:
    """A cell that the system writes takes a word of explanation, but no other value."""
    value, missing, _source = asked.written  # type: ignore[misc]
    if change.explanation is None or (change.value, change.missing) not in (
        (None, ""),
        (value, missing),
    ):
        raise Invalid(
            _("The system writes this cell: it cannot be changed here."), place=str(change.key)
        )
    return value, missing


def _checked(change: CellChange) -> tuple[Decimal | None, str]:
    """Value and reason of an edit, as a cell can hold them."""
    place = str(change.key)
    if change.value is None:
        if change.missing and change.missing not in BY_PEOPLE:
            raise Invalid(
                _("Choose “not collected” or “refused to answer” as the reason."), place=place
            )
        return None, change.missing
    if change.missing:
        raise Invalid(_("A cell holds a value or a reason, not both."), place=place)
    return cell_value(change.value, place), ""
