"""A submission read for review: warnings first, then what changed most, what is missing, everything
by unit.
"""

from collections import Counter
from decimal import Decimal
from typing import Any, NamedTuple

from monitoring.choices import Kind, Missing, NarrativeTheme, Status
from monitoring.entry.views.fetch import Sight
from monitoring.entry.views.progress import cell_url
from monitoring.record.differences import replaced_by
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks import Past
from monitoring.sheet.display import change_of, change_text, past_text, table_cell, value_text
from monitoring.sheet.sheet import Sheet

CHANGES = 25


class DigestLine(NamedTuple):
    """One cell in a table of the review page."""

    key: CellKey
    unit: str
    variable: str
    baseline: bool
    earlier: str
    text: str
    change: str
    messages: list[str]
    explanation: str
    remarks: int
    url: str
    state: str


class Altered(NamedTuple):
    """What is other than before: cells, and texts of the narrative by their names."""

    lines: list[DigestLine]
    texts: list[str]


def digest(sight: Sight, sheet: Sheet, units: list) -> dict[str, Any]:
    """What the page of review shows of a submission; of all cells those of `units` alone."""
    cells = sheet.cells
    warned = [cell for cell in cells.values() if cell.findings or cell.explanation]
    changed = sorted((cell for cell in cells.values() if _relative(cell)), key=_size_first)
    blocks: dict[str, list] = {unit.subject: [] for unit in units}
    for key, cell in cells.items():
        if key.subject in blocks:
            blocks[key.subject].append(cell)
    return {
        "warnings": [_line(sight, sheet, cell) for cell in sorted(warned, key=_size_first)],
        "changes": [_line(sight, sheet, cell) for cell in changed[:CHANGES]],
        "changes_more": max(0, len(changed) - CHANGES),
        "missing": _missing(sight, sheet),
        "blocks": [
            (unit, [_line(sight, sheet, cell) for cell in blocks[unit.subject]]) for unit in units
        ],
        "tiles": _tiles(sheet),
        "written": len(sheet.asked),
        "amended": _amended(sight, sheet),
    }


def _amended(sight: Sight, sheet: Sheet) -> Altered | None:
    """What an amendment that is open changes, against what is approved in this round."""
    submission = sight.submission
    if not submission.amendment_reason or submission.status == Status.APPROVED:
        return None
    replaced = replaced_by(sheet)
    lines = [
        _beside(sight, sheet, sheet.cells[key], past)
        for key, past in sorted(replaced.cells.items())
        if key in sheet.cells
    ]
    return Altered(lines, [str(NarrativeTheme(theme).label) for theme in replaced.themes])


def _relative(cell: CellState) -> Decimal | None:
    """Change against the round before as a share; None without two numbers or from zero."""
    before = cell.comparable(cell.previous)
    if cell.value is None or not before or cell.asked.variable.value_type == "boolean":
        return None
    return cell.value / before - 1


def _size_first(cell: CellState) -> tuple[bool, Decimal, CellKey]:
    change = _relative(cell)
    return (change is None, -abs(change or Decimal(0)), cell.key)


def _line(sight: Sight, sheet: Sheet, cell: CellState) -> DigestLine:
    """A cell beside what was approved before."""
    return _beside(sight, sheet, cell, cell.previous)


def line_against(
    sight: Sight, sheet: Sheet, cell: CellState, value: Decimal | None, missing: str
) -> DigestLine:
    """A cell beside what was written in it before."""
    variable = cell.asked.variable
    return _beside(sight, sheet, cell, None)._replace(
        earlier=value_text(variable, value, missing),
        change=change_of(variable, cell.value, value),
    )


def _beside(sight: Sight, sheet: Sheet, cell: CellState, past: Past | None) -> DigestLine:
    variable = cell.asked.variable
    return DigestLine(
        key=cell.key,
        unit=sheet.roster.by_subject[cell.key.subject].label,
        variable=variable.name,
        baseline=cell.key.kind == Kind.BASELINE,
        earlier=past_text(cell, past) if past else "",
        text=table_cell(cell).text,
        change=change_of(variable, cell.value, cell.comparable(past)),
        messages=[str(finding.message) for finding in cell.findings],
        explanation=cell.explanation,
        remarks=cell.remarks_open,
        url=cell_url(sight, sheet, cell.key),
        state=cell.state,
    )


def _missing(sight: Sight, sheet: Sheet) -> list[dict[str, Any]]:
    """By network: how complete, and the reasons given."""
    rows = []
    for network in sight.networks:
        subjects = {unit.subject for unit in sheet.units(network.code)}
        cells = [cell for key, cell in sheet.cells.items() if key.subject in subjects]
        if not cells:
            continue
        asked = [cell for cell in cells if not cell.locked]
        reasons = Counter(cell.missing for cell in cells if cell.missing)
        blank = sum(cell.value is None and not cell.missing for cell in asked)
        rows.append(
            {
                "network": network,
                "share": 100 * (len(asked) - blank) // len(asked) if asked else 100,
                "not_collected": reasons[Missing.NOT_COLLECTED],
                "refused": reasons[Missing.REFUSED],
                "not_applicable": reasons[Missing.NOT_APPLICABLE],
                "blank": blank,
            }
        )
    return rows


def _tiles(sheet: Sheet) -> dict[str, Any]:
    cells = list(sheet.cells.values())
    core = [cell for cell in cells if cell.asked.variable.core and not cell.locked]
    filled = [cell for cell in core if cell.value is not None]
    warnings = len(sheet.findings) - len(sheet.errors)
    states = Counter(unit.state for unit in sheet.units() if unit.level == "firm")
    return {
        "core": len(core),
        "core_filled": len(filled),
        "core_share": 100 * len(filled) // len(core) if core else None,
        "core_reason": sum(bool(cell.missing) for cell in core),
        "warnings": warnings,
        "told": warnings - len(sheet.open_warnings),
        **_sales(sheet, cells),
        "closed": states["closed"],
        "left": states["left"],
    }


def _sales(sheet: Sheet, cells: list) -> dict[str, Any]:
    """Change of the sales of the firms with both values; nothing where currencies differ."""
    sales = [
        cell for cell in cells if cell.key.variable == "sales" and cell.key.kind == Kind.REGULAR
    ]
    pairs = [
        (cell.value, cell.comparable(cell.previous)) for cell in sales if cell.value is not None
    ]
    pairs = [(now, before) for now, before in pairs if before is not None]
    one_currency = len({cell.currency for cell in sales}) == 1
    text = (
        change_text(sum(now for now, _ in pairs), sum(before for _, before in pairs))
        if pairs and one_currency
        else ""
    )
    return {"sales": text, "sales_firms": len(pairs), "sales_asked": bool(sales)}
