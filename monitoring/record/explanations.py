"""The explanations of an approval: beside each value the words that answered its warnings."""

from collections.abc import Iterator

from monitoring.choices import Severity
from monitoring.models import Explanation
from monitoring.record.draft import Draft
from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks.basis import basis_of_value
from monitoring.sheet.explanations import NO_CHECK, Explained
from monitoring.sheet.sheet import Sheet

NONE = (0, None)


def explain(draft: Draft, sheet: Sheet, standing: dict[CellKey, int]) -> None:
    """What differs from the explanations in force; `standing`: the measurements that stay, by cell.

    The words of a value that is superseded, or of a warning that is none any more, are superseded.
    """
    submission = sheet.submission
    live = {
        (measurement, words[0]): (pk, Explained(*words))
        for pk, measurement, *words in Explanation.objects.live()
        .filter(
            measurement__project_id=submission.project_id, measurement__round_id=submission.round_id
        )
        .order_by()
        .values_list("pk", "measurement_id", "check_code", "basis", "text")
    }
    for key, words in _explained(sheet):
        measurement = standing.get(key)
        if live.get((measurement, words.check), NONE)[1] == words:
            del live[measurement, words.check]
            continue
        row = Explanation(check_code=words.check, basis=words.basis, text=words.text)
        if measurement is not None:
            row.measurement_id = measurement
        draft.explanations.append((key, row))
    draft.superseded["explanations"] += [pk for pk, _words in live.values()]


def _explained(sheet: Sheet) -> Iterator[tuple[CellKey, Explained]]:
    warned = {finding.cell for finding in sheet.findings}
    for finding in sheet.findings:
        if finding.severity == Severity.WARNING and (text := sheet.answer(finding)):
            yield finding.cell, Explained(finding.check, finding.basis, text)
    for key in sheet.asked:
        if key not in warned and (text := sheet.explanation_of(key)):
            value, missing, _source = sheet.held(key)
            yield key, Explained(NO_CHECK, basis_of_value(value, missing), text)
