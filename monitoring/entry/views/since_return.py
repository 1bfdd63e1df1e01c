"""What its people changed since a submission was returned: what a reviewer reads the second time."""

from monitoring.choices import NarrativeTheme, Status, Step
from monitoring.entry.views.digest import Altered, line_against
from monitoring.entry.views.fetch import Sight
from monitoring.models import EntryChange, SubmissionEvent
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet


def since_return(sight: Sight, sheet: Sheet) -> Altered | None:
    """Cells whose value is another than at the last return, each beside what it was, and texts
    written since; None for what was not returned, or is with its people.
    """
    submission = sight.submission
    if submission.status != Status.SUBMITTED:
        return None
    returned = _last_return(sight)
    if returned is None:
        return None
    lines = [
        line_against(sight, sheet, sheet.cells[key], change.old_value, change.old_missing)
        for key, change in sorted(_first_changes(returned).items())
        if key in sheet.cells and _differs(sheet, key, change)
    ]
    drafts = submission.narrative_drafts.filter(changed_at__gte=returned.at)
    texts = [str(NarrativeTheme(theme).label) for theme in drafts.values_list("theme", flat=True)]
    return Altered(lines, texts)


def _last_return(sight: Sight) -> SubmissionEvent | None:
    """Of this revision: what an earlier one was returned for is decided."""
    events = sight.submission.events.filter(verb=Step.RETURNED, revision=sight.submission.revision)
    return events.order_by("-at", "-id").first()


def _first_changes(returned: SubmissionEvent) -> dict[CellKey, EntryChange]:
    """By cell the first change after it: its old value is the one that was returned."""
    changes = EntryChange.objects.filter(
        submission=returned.submission_id, at__gte=returned.at
    ).order_by("-at", "-id")
    return {CellKey(row.subject, row.kind, row.variable_code): row for row in changes}


def _differs(sheet: Sheet, key: CellKey, change: EntryChange) -> bool:
    cell = sheet.cells[key]
    return (cell.value, cell.missing) != (change.old_value, change.old_missing)
