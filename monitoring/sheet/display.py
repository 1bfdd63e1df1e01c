"""A cell and a submission as the reader sees them: text, state as class and as words."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Missing, Severity, Source, Status
from monitoring.models import Submission, Variable
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.checks import Past
from pip_network.web import formats, typed_numbers

REASONS = {
    Missing.NOT_COLLECTED: _("not collected"),
    Missing.REFUSED: _("refused"),
    Missing.NOT_APPLICABLE: _("does not apply"),
    Missing.NO_DATA: _("left blank"),
}
# What a person may choose: that a variable does not apply is a rule of the catalogue, `no_data` is
# written at approval.
CHOSEN_REASONS = (Missing.NOT_COLLECTED, Missing.REFUSED)
# As they are typed, with the keys that give them in any of the three languages.
ANSWERS = (("1", _("yes"), "1 s y"), ("0", _("no"), "0 n"))
STATE_TEXTS = {
    "empty": _("No data"),
    "saved": "",
    "error": _("Error."),
    "warn": _("Warning not explained."),
    "told": _("Warning explained."),
    "reason": _("No data:"),
    "locked": _("Locked."),
    "saving": _("Saving."),
    "queued": _("Waiting, not sent yet."),
    "clash": _("Conflict."),
}
LOCKED_BECAUSE = {
    Source.CLOSURE: _("The system writes this cell because the firm has closed."),
    Source.PREFILLED: _("The system fills this cell from the registry."),
    Source.SYSTEM: _("The system writes this cell by the rules of the record."),
}


class TableCell(NamedTuple):
    """One `td` of the sheet. `stamp` 0: nothing has been written in it yet."""

    state: str
    text: str
    state_text: str
    stamp: int
    has_remarks: bool
    locked: bool
    beside: str = ""  # an earlier value or the change, where it is asked for


NOT_ASKED = TableCell("off", "", "", 0, False, True)


def value_text(variable: Variable, value: Decimal | None, missing: str = "") -> str:
    """A value or its reason in words; empty for a blank."""
    if value is None:
        return str(REASONS[Missing(missing)]) if missing else ""
    if variable.value_type == "boolean":
        return str(_("yes") if value else _("no"))
    return typed_numbers.show(value, variable.decimals, is_amount=variable.value_type == "amount")


def past_text(cell: CellState, past: Past) -> str:
    """An earlier value; in another currency with its code."""
    text = value_text(cell.asked.variable, past.value, past.missing)
    is_other = past.value is not None and past.currency != cell.currency
    return f"{text}{formats.NBSP}{past.currency}" if is_other else text


def edit_text(variable: Variable, value: Decimal | None) -> str:
    """A value as it is typed: no thousands marks, the reader's decimal mark."""
    if value is None:
        return ""
    if variable.value_type == "boolean":
        return "1" if value else "0"
    return typed_numbers.edited(value)


def table_cell(cell: CellState) -> TableCell:
    """A cell as the sheet draws it."""
    text = value_text(cell.asked.variable, cell.value, cell.missing)
    return TableCell(
        cell.state,
        text,
        str(STATE_TEXTS[cell.state]),
        cell.stamp or 0,
        bool(cell.remarks_open),
        cell.locked,
    )


def as_json(cell: CellState) -> dict[str, Any]:
    """What the sheet's script redraws of a cell; remarks are not its business."""
    drawn = table_cell(cell)
    return {"state": drawn.state, "text": drawn.text, "stamp": drawn.stamp}


def change_text(value: Decimal | None, earlier: Decimal | None) -> str:
    """The change against an earlier value: +12 %, new, no change; empty where there is nothing to
    compare.
    """
    if value is None or earlier is None:
        return ""
    if earlier == 0:
        return str(_("new")) if value else str(_("no change"))
    change = (value / earlier - 1) * 100
    if change == 0:
        return str(_("no change"))
    return ("+" if change > 0 else "") + formats.percent(change, 0 if abs(change) >= 10 else 1)


def change_of(variable: Variable, value: Decimal | None, earlier: Decimal | None) -> str:
    """The same of a cell; between yes and no there is none."""
    return "" if variable.value_type == "boolean" else change_text(value, earlier)


def period_text(period: str) -> str:
    """A semester as it is written, a year in words; empty for no period."""
    return (
        period
        if "-" in period
        else str(format_lazy(_("year {year}"), year=period))
        if period
        else ""
    )


def locked_because(cell: CellState) -> str:
    """Why the system writes this cell; empty for drawn that people fill."""
    return str(LOCKED_BECAUSE.get(Source(cell.source), "")) if cell.locked else ""


def needs_explanation(cell: CellState) -> bool:
    """Is there a warning to explain, or an explanation already given?

    Errors are corrected, not explained.
    """
    return bool(cell.explanation) or any(
        finding.severity == Severity.WARNING for finding in cell.findings
    )


SUBMISSION = {
    Status.DRAFT: "st-draft",
    Status.SUBMITTED: "st-sent",
    Status.RETURNED: "st-back",
    Status.APPROVED: "st-ok",
}

# The approved round stands while it is amended.
AMENDMENT = {
    Status.DRAFT: _("Approved, under amendment"),
    Status.SUBMITTED: _("Approved, under amendment (in review)"),
    Status.RETURNED: _("Approved, under amendment (returned)"),
}


def submission_mark(submission: Submission, at: dt.datetime) -> tuple[str, str | Promise]:
    """CSS class and word, as of a moment. Late and amendment win over the plain state."""
    state = Status(submission.status)
    if submission.is_amendment:
        return "st-amend", AMENDMENT[state]
    if submission.is_late(at):
        return "st-late", _("Late")
    if state == Status.SUBMITTED:
        return SUBMISSION[state], _("In review")
    return SUBMISSION[state], state.label
