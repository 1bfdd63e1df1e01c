"""Where a cell is filled and read."""

from collections.abc import Sequence

from django.urls import reverse

from monitoring.models import Submission
from monitoring.sheet.cells import CellKey


def cell_address(submission: Submission, key: CellKey, networks: Sequence[str]) -> str:
    """The place of a cell: in the sheet of the first of these networks when it is a firm's, with
    its panel open; else in the form of its unit.
    """
    place = (submission.project_id, submission.round_id)
    if networks and key.subject.startswith("F:"):
        return f"{reverse('sheet', args=[*place, networks[0]])}?cell={key}#{key}"
    return f"{reverse('unit-form', args=[*place, key.subject])}#{key}"
