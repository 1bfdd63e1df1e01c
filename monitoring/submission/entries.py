"""Saving cells: the one door through which values enter a submission, one at a time or by the
thousand.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Subquery
from django.utils.translation import gettext as _

from monitoring.choices import Door, Level
from monitoring.models import Submission
from monitoring.sheet.cell_contents import CellContent
from monitoring.sheet.cells import Asked, CellKey, asked_cells
from monitoring.sheet.roster import Roster, load_roster
from monitoring.submission.cell_changes import CellChange, CellConflict, SavedCell
from monitoring.submission.cell_save import CellSave
from monitoring.submission.entry_rows import stored_entries
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid

from .moves import locked

Refusals = dict[CellKey, Invalid]
FEW = 50  # units: more of them, and the whole submission is read


class SaveResult(NamedTuple):
    """`roster`, `asked` and `contents` are the units of the save, their cells, and all that they and
    their networks now hold: enough to check those units anew without reading again. `before`: what
    the cells held that changed; `refused`: why the others did not, where a save goes in by parts.
    """

    saved: dict[CellKey, SavedCell]
    conflicts: list[CellConflict]
    roster: Roster
    asked: dict[CellKey, Asked]
    contents: dict[CellKey, CellContent]
    before: dict[CellKey, SavedCell]
    refused: Refusals


@transaction.atomic
def save_cells(
    submission_id: int | Subquery,
    changes: Sequence[CellChange],
    *,
    by: User | Process,
    at: dt.datetime,
    door: Door = Door.WEB,
    reason: str = "",
    by_parts: bool = False,
) -> SaveResult:
    """Save edits under the lock of the submission; all of them, or none where one is refused
    (`by_parts`: the rest of them).

    Conflicting ones are given back and the rest saved. Raises Conflict when the submission is not
    open, Invalid (with the cell as its place) for a cell that is not asked or a value that no cell
    can hold, Forbidden for one that is not hers.
    """
    at = at.replace(microsecond=0)
    submission = locked(submission_id)
    require_open(submission)
    subjects = {change.key.subject for change in changes}
    few = subjects if len(subjects) <= FEW else None
    roster = load_roster(submission, subjects=few, day=day_of(at))
    asked = asked_cells(roster)
    save = CellSave(submission, person_of(by), at, door, reason, stored_entries(roster, few))
    refused: Refusals = {}
    take_cells(save, roster, asked, changes, by, refused if by_parts else None)
    save.write()
    return SaveResult(
        save.saved, save.conflicts, roster, asked, save.contents(), save.before, refused
    )


def take_cells(
    save: CellSave,
    roster: Roster,
    asked: dict[CellKey, Asked],
    changes: Sequence[CellChange],
    by: User | Process,
    refused: Refusals | None = None,
) -> None:
    """Every edit taken into `save`, nothing written: what `save_cells` does before it writes, and
    all that a rehearsal does. Raises as it does; with `refused`, what is Invalid stands there, cell
    by cell, and the rest is taken.
    """
    subjects = {change.key.subject for change in changes}
    strangers = _strangers(roster, subjects)
    if strangers and refused is None:
        raise strangers[min(strangers)]
    _require_may_enter(roster, subjects - strangers.keys(), by)
    given = Counter(change.key for change in changes)
    for change in changes:
        try:
            if change.key.subject in strangers:
                raise strangers[change.key.subject]
            save.take(change, asked.get(change.key), is_alone=given[change.key] == 1)
        except Invalid as error:
            if refused is None:
                raise
            refused[change.key] = error


def require_open(submission: Submission) -> None:
    """Raises Conflict when its cells take no values now."""
    if not submission.is_open:
        raise Conflict(
            _("This submission is now “%(status)s”: nothing has been changed.")
            % {"status": submission.get_status_display()}
        )


def _strangers(roster: Roster, subjects: set[str]) -> dict[str, Invalid]:
    """Subjects that are no unit of the submission, with the refusal of each."""
    message = _("This unit is not part of the submission.")
    unknown = subjects - roster.by_subject.keys()
    return {subject: Invalid(message, place=subject) for subject in unknown}


def _require_may_enter(roster: Roster, subjects: set[str], by: User | Process) -> None:
    """Every unit is this person's to fill: a coordinator's network and its firms, a director's
    project.
    """
    project = f"P:{roster.submission.project_id}"
    for subject in sorted(subjects):
        unit = roster.by_subject[subject]
        needed = (
            Permission.ENTER_PROJECT if unit.level == Level.PROJECT else Permission.ENTER_NETWORK
        )
        refusal = _("You may not enter data of this unit.")
        require(by, needed, {project, *unit.scope_keys}, refusal, place=subject)
