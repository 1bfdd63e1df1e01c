"""What a director enters last, because the gate asks for it before a submission leaves."""

from decimal import Decimal

from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet
from monitoring.submission.cell_changes import CellChange

from . import texts

NOT_COLLECTED = "not_collected"


def settling_changes(sheet: Sheet) -> list[CellChange]:
    """Blank core cells get their reason, wrong values too, warnings a word."""
    wrong = {finding.cell for finding in sheet.errors}
    changes = {
        key: CellChange(key, None, NOT_COLLECTED) for key in [*sheet.blank_core, *sorted(wrong)]
    }
    for finding in sheet.open_warnings:
        key = finding.cell
        if key not in changes:
            value, missing = _entered(sheet, key)
            explanation = texts.explanation(finding.check, _fell(sheet, key), str(key))
            changes[key] = CellChange(key, value, missing, explanation=explanation)
    return list(changes.values())


def _entered(sheet: Sheet, key: CellKey) -> tuple[Decimal | None, str]:
    """Value and reason that people gave the cell; neither where the system writes it."""
    content = sheet.contents.get(key)
    if content and sheet.asked[key].written is None:
        return content.value, content.missing
    return None, ""


def _fell(sheet: Sheet, key: CellKey) -> bool:
    """Whether the value is below that of the semester before."""
    content = sheet.contents.get(key)
    before = sheet.data.previous.get((key.subject, key.variable))
    if content is None or content.value is None or before is None or not before.value:
        return False
    return content.value < before.value
