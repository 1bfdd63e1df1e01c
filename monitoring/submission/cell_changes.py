"""What a save takes and gives back, cell by cell: the edit, the cell as it stands afterwards, the
conflict.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.choices import Missing
from monitoring.numbers import cell_value
from monitoring.sheet.cells import Asked, CellKey, Written
from pip_network.web.errors import Invalid

BY_PEOPLE = frozenset({Missing.NOT_COLLECTED.value, Missing.REFUSED.value})


class CellChange(NamedTuple):
    """One edit. Value None and no reason: blank the cell. `explanation` None: leave it (a new value
    clears it).

    `missing`: why there is no value; people say `not_collected` or `refused`. A cell that the
    system writes takes an explanation only. `seen_stamp` is the stamp of the cell that the person
    saw (0: blank); None: do not compare. Of a cell on no page that she had open, `seen_save` says
    up to which save of the submission she had read: what others wrote after it is a conflict.
    """

    key: CellKey
    value: Decimal | None
    missing: str = ""
    explanation: str | None = None
    seen_stamp: int | None = None
    seen_save: int | None = None
    is_undo: bool = False  # it gives back what the same person had changed


class SavedCell(NamedTuple):
    """A cell as it stands after the save; `stamp` 0: blank."""

    value: Decimal | None
    missing: str
    explanation: str
    stamp: int


BLANK = SavedCell(None, "", "", 0)


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


def accepted(change: CellChange, asked: Asked) -> tuple[Decimal | None, str]:
    """Value and reason of an edit, as the cell can hold them. Raises Invalid."""
    if asked.written is not None:
        return _only_explained(change, asked.written)
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


def _only_explained(change: CellChange, written: Written) -> tuple[Decimal | None, str]:
    """A cell that the system writes takes a word of explanation, but no other value."""
    value, missing = written.value, written.missing
    if change.explanation is None or (change.value, change.missing) not in (
        (None, ""),
        (value, missing),
    ):
        raise Invalid(
            _("The system writes this cell: it cannot be changed here."), place=str(change.key)
        )
    return value, missing
