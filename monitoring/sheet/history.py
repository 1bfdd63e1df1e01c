"""The life of one cell: every value it had, who gave it, when, through which door and why."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from monitoring.choices import CellEvent, Door, Kind
from monitoring.models import EntryChange, Measurement, Remark, Submission
from monitoring.sheet.cells import CellKey
from pip_network.models import User


class HistoryItem(NamedTuple):
    """One event of a cell; `event` is a CellEvent.

    `by` is None where the system acted; `approval` is the number of the approval that wrote or
    superseded the value.
    """

    at: dt.datetime
    by: User | None
    event: str
    value: Decimal | None
    missing: str
    door: str
    reason: str
    approval: int | None

    @property
    def label(self) -> str:
        return str(CellEvent(self.event).label)

    @property
    def door_label(self) -> str:
        return str(Door(self.door).label) if self.door else ""


def cell_history(submission: Submission, key: CellKey) -> list[HistoryItem]:
    """All events of a cell, newest first.

    Edits and remarks are those of this submission, approvals those of the record.
    """
    items = [*_edits(submission, key), *_approvals(submission, key), *_remarks(submission, key)]
    return [item for _order, item in sorted(items, key=lambda pair: pair[0], reverse=True)]


Ordered = tuple[tuple[dt.datetime, int, int], HistoryItem]


def _edits(submission: Submission, key: CellKey) -> list[Ordered]:
    rows = EntryChange.objects.filter(
        submission=submission, subject=key.subject, kind=key.kind, variable_code=key.variable
    ).select_related("by")
    return [((row.at, 0, row.pk), _edit(row)) for row in rows.order_by("id")]


def _edit(row: EntryChange) -> HistoryItem:
    same = (row.old_value, row.old_missing) == (row.new_value, row.new_missing)
    event = (
        "explained"
        if same
        else "blanked"
        if row.new_value is None and not row.new_missing
        else "entered"
    )
    return HistoryItem(
        row.at,
        row.by,
        event,
        row.new_value,
        row.new_missing,
        row.door,
        row.reason,
        None,
    )


def _approvals(submission: Submission, key: CellKey) -> list[Ordered]:
    rows = Measurement.objects.filter(
        project_id=submission.project_id,
        subject=key.subject,
        kind=key.kind,
        variable_code=key.variable,
    ).select_related("approved_in__approver", "superseded_in__approver")
    if key.kind == Kind.REGULAR:
        rows = rows.filter(round_id=submission.round_id)
    items: list[Ordered] = []
    for row in rows.order_by("id"):
        for event, approval in (("approved", row.approved_in), ("superseded", row.superseded_in)):
            if approval is not None:
                item = HistoryItem(
                    approval.at,
                    approval.approver,
                    event,
                    row.value,
                    row.missing,
                    "",
                    approval.reason,
                    approval.number,
                )
                items.append(((approval.at, 2 if event == "approved" else 1, row.pk), item))
    return items


def _remarks(submission: Submission, key: CellKey) -> list[Ordered]:
    rows = Remark.objects.filter(
        submission=submission, subject=key.subject, kind=key.kind, variable_code=key.variable
    ).select_related("by", "resolved_by")
    items: list[Ordered] = []
    for row in rows.order_by("id"):
        event = "answered" if row.answers_id else "remarked"
        items.append(
            (
                (row.at, 3, row.pk),
                HistoryItem(row.at, row.by, event, None, "", "", row.text, None),
            )
        )
        if row.resolved_at is not None:
            items.append(
                (
                    (row.resolved_at, 4, row.pk),
                    HistoryItem(
                        row.resolved_at,
                        row.resolved_by,
                        "resolved",
                        None,
                        "",
                        "",
                        "",
                        None,
                    ),
                )
            )
    return items
