"""What the cells of a submission hold: entries while it is open, the record once it is approved."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from monitoring.choices import Level, Status
from monitoring.models import Entry, Measurement, Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import Roster

MANY = 200  # units: their subjects are not named in a question, the whole project is read


class CellContent(NamedTuple):
    """What a cell holds: a value, or the reason why there is none.

    `stamp` is 0 and nobody its author where it comes from the record; `changed_by` is a name.
    """

    value: Decimal | None
    missing: str
    source: str
    explanation: str = ""
    stamp: int = 0
    changed_by: str = ""
    changed_at: dt.datetime | None = None


BLANK = CellContent(None, "", "")


def cell_contents(
    submission: Submission, roster: Roster, *, for_page: bool = False
) -> dict[CellKey, CellContent]:
    """Contents of the cells that hold something; with `for_page`, by whom and since when."""
    if submission.status == Status.APPROVED:
        return approved_values(submission, roster)
    code_of = roster.definitions.code_of
    rows = Entry.objects.filter(submission=submission).order_by()
    few = _subjects_read(roster)
    if few is not None:
        rows = rows.filter(subject__in=few)
    extra = ("changed_by__name", "changed_at") if for_page else ()
    fields = (
        "subject",
        "kind",
        "variable_id",
        "value",
        "missing",
        "source",
        "explanation",
        "stamp",
        *extra,
    )
    return {
        CellKey(subject, kind, code_of[variable]): CellContent(*rest)
        for subject, kind, variable, *rest in rows.values_list(*fields)
    }


def _subjects_read(roster: Roster) -> list[str] | None:
    """Subjects whose values are needed: the units and the networks of its firms.

    None: too many to name, read all.
    """
    if len(roster.units) > MANY:
        return None
    subjects = {unit.subject for unit in roster.units}
    subjects |= {
        f"N:{n.code}" for unit in roster.units if unit.level == Level.FIRM for n in unit.networks
    }
    return sorted(subjects)


def approved_values(submission: Submission, roster: Roster) -> dict[CellKey, CellContent]:
    rows = (
        Measurement.objects.live()
        .filter(project_id=submission.project_id, round_id=submission.round_id)
        .order_by()
        .values_list("subject", "kind", "variable_code", "value", "missing", "source")
    )
    return {CellKey(*row[:3]): CellContent(*row[3:]) for row in rows}
