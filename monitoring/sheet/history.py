"""The life of one cell: every value it had, who gave it, when, through which door and why."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from monitoring.choices import CellEvent, Door, Kind
from monitoring.models import Approval, EntryChange, Measurement, Remark, Submission
from monitoring.sheet.cells import CellKey
from pip_network.models import User


class HistoryItem(NamedTuple):
    """One event of a cell; `event` is a CellEvent.

    `by` is None where the system acted; `approval` is the number of the approval that wrote or
    superseded the value; `explanation`: the words that it approved beside the value, `entered_by`:
    who had entered it, while `by` approved.
    """

    at: dt.datetime
    by: User | None
    event: str
    value: Decimal | None
    missing: str
    door: str
    reason: str
    approval: int | None
    explanation: str = ""
    entered_by: User | None = None

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
    ordered = [
        *_edits(submission, key),
        *_approvals(submission, key),
        *_remarks(submission, key),
        *_discards(submission, key),
    ]
    items = [item for _order, item in sorted(ordered, key=lambda pair: pair[0], reverse=True)]
    return [
        item._replace(entered_by=_author(item, items[place:])) if item.event == "approved" else item
        for place, item in enumerate(items)
    ]


def entered(
    items: Sequence[HistoryItem], value: Decimal | None, missing: str
) -> HistoryItem | None:
    """The latest of these events (newest first) that entered this value."""
    wanted = ("entered", value, missing)
    return next((item for item in items if (item.event, item.value, item.missing) == wanted), None)


def _author(approved: HistoryItem, earlier: Sequence[HistoryItem]) -> User | None:
    edit = entered(earlier, approved.value, approved.missing)
    return edit.by if edit else None


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
    for row in rows.prefetch_related("explanations__approved_in__approver").order_by("id"):
        words = _explained(row)
        decided = _decided(row, "approved", row.approved_in)
        decided = decided._replace(explanation=words.pop(row.approved_in, ""))
        items.append(((decided.at, 2, row.pk), decided))
        for approval, text in words.items():
            later = _decided(row, "explained", approval)._replace(explanation=text)
            items.append(((later.at, 2, row.pk), later))
        if row.superseded_in is not None:
            ended = _decided(row, "superseded", row.superseded_in)
            items.append(((ended.at, 1, row.pk), ended))
    return items


def _decided(row: Measurement, event: str, approval: Approval) -> HistoryItem:
    """What an approval did with a value of the record."""
    return HistoryItem(
        approval.at,
        approval.approver,
        event,
        row.value,
        row.missing,
        "",
        approval.reason,
        approval.number,
    )


def _explained(row: Measurement) -> dict[Approval, str]:
    """The words beside a value, by the approval that wrote them; one value may get others later."""
    texts: dict[Approval, list[str]] = {}
    for words in row.explanations.all():
        texts.setdefault(words.approved_in, []).append(words.text)
    return {
        approval: "\n".join(dict.fromkeys(of_approval)) for approval, of_approval in texts.items()
    }


def _discards(submission: Submission, key: CellKey) -> list[Ordered]:
    """The end of an amendment in which this cell had been edited."""
    edited = EntryChange.objects.filter(
        submission=submission, subject=key.subject, kind=key.kind, variable_code=key.variable
    )
    events = submission.events.filter(verb="discarded", revision__in=edited.values("revision"))
    return [
        (
            (event.at, 5, event.pk),
            HistoryItem(event.at, event.by, "discarded", None, "", "", event.note, None),
        )
        for event in events.select_related("by")
    ]


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
