"""The record files from which data quality is recomputed, beside those of single tables: approved
submissions, and texts with whether something is attached to them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from monitoring.choices import ApprovalKind, EvidencePlace
from monitoring.models import Approval, Evidence, Narrative

SUBMISSIONS = (
    "project",
    "round",
    "revision",
    "due_first",
    "zone",
    "first_submitted_at",
    "approved_in",
)
NARRATIVES = (
    "project",
    "round",
    "theme",
    "characters",
    "evidence",
    "approved_in",
    "superseded_in",
)
Interval = tuple[int, int | None]


def submissions(as_of: int | None) -> Iterator[tuple[Any, ...]]:
    """Each revision that was approved, in the order of the approvals. A past round that was opened
    afterwards was never due: it has no first day.
    """
    approvals = Approval.objects.filter(kind=ApprovalKind.SUBMISSION)
    if as_of is not None:
        approvals = approvals.filter(number__lte=as_of)
    for approval in approvals.select_related("submission__project").order_by("number"):
        row = approval.submission
        assert row is not None  # noqa: S101 -- a constraint of the table says so
        yield (
            row.project_id,
            row.round_id,
            approval.revision,
            None if row.moved_in else row.due_on,
            row.zone,
            _utc(row.first_submitted_at),
            approval.number,
        )


def _utc(at: dt.datetime | None) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def narratives(as_of: int | None) -> Iterator[tuple[Any, ...]]:
    """Each approved text, never its words: once for each time in which something was attached to
    it, or nothing, without a change.
    """
    attached: dict[tuple[str, str, str], list[Interval]] = defaultdict(list)
    pieces = Evidence.objects.filter(place=EvidencePlace.NARRATIVE).order_by("id")
    for project, code, theme, *force in pieces.values_list(
        "project_id", "round_id", "variable_code", "approved_in_id", "superseded_in_id"
    ):
        attached[project, code, theme].append((force[0], force[1]))
    for text in Narrative.objects.order_by("id"):
        place = (text.project_id, text.round_id, text.theme)
        for shown, begun, ended in stretches(
            (text.approved_in_id, text.superseded_in_id), attached[place]
        ):
            if as_of is None:
                yield (*place, len(text.text), shown, begun, ended)
            elif begun <= as_of and (ended is None or ended > as_of):
                yield (*place, len(text.text), shown, begun, None)


def stretches(force: Interval, pieces: list[Interval]) -> Iterator[tuple[bool, int, int | None]]:
    """The time in which a text is in force, cut where the first piece came or the last one went:
    whether something was attached, from which approval, to which.
    """
    begun, ended = force
    moments = {moment for piece in pieces for moment in piece if moment is not None}
    cuts = [begun, *sorted(m for m in moments if m > begun and (ended is None or m < ended)), ended]
    said: list[tuple[bool, int, int | None]] = []
    for start, end in pairwise(cuts):
        assert start is not None  # noqa: S101 -- only the last one may be open
        shown = any(b <= start and (e is None or e > start) for b, e in pieces)
        if said and said[-1][0] == shown:
            said[-1] = (shown, said[-1][1], end)
        else:
            said.append((shown, start, end))
    yield from said
