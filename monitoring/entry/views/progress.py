"""How far a part of a submission is, and what is still in the way of sending it, each with the
address of its cell.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.choices import Kind
from monitoring.entry.views.addresses import cell_address
from monitoring.entry.views.fetch import Sight
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet

LISTED = 40  # of each kind; the sheets' own tabs show all


class Tally(NamedTuple):
    """Cells that people fill, and what is wrong with them. The system's own are not counted."""

    asked: int
    filled: int
    errors: int
    warnings_open: int
    blank_core: int

    @property
    def share(self) -> int:
        """Whole percent, never 100 while something is missing."""
        return 100 * self.filled // self.asked if self.asked else 100

    @property
    def is_ready(self) -> bool:
        return not (self.errors or self.warnings_open or self.blank_core)


def tally(cells: Iterable) -> Tally:
    """How far these cells are."""
    open_cells = [cell for cell in cells if cell.state != "locked"]
    empty = [cell for cell in open_cells if cell.state == "empty"]
    return Tally(
        asked=len(open_cells),
        filled=len(open_cells) - len(empty),
        errors=sum(cell.state == "error" for cell in open_cells),
        warnings_open=sum(cell.state == "warn" for cell in open_cells),
        blank_core=sum(cell.asked.variable.core for cell in empty),
    )


class Part(NamedTuple):
    """A row of the submission page: one network, or the project's own form."""

    label: object
    url: str
    form_url: str
    firms: int
    tally: Tally


class CellLink(NamedTuple):
    """A variable with the address where its cell is filled."""

    variable: str
    url: str


class Obstacle(NamedTuple):
    """What stops the submission: where, its cells, and what is said (nothing: a value or a reason
    is missing).
    """

    unit: str
    cells: list[CellLink]
    message: object


def parts_of(sight: Sight, sheet: Sheet) -> list[Part]:
    """The parts that this person sees: her networks, and the project where she sees the whole."""
    submission = sight.submission
    place = (submission.project_id, submission.round_id)
    parts = []
    for network in sight.networks:
        units = {
            unit.subject: unit.level
            for unit in sheet.units(network.code)
            if unit.level != "project"
        }
        units.setdefault(f"N:{network.code}", "network")
        cells = [cell for key, cell in sheet.cells.items() if key.subject in units]
        if cells:
            parts.append(
                Part(
                    network.name,
                    reverse("sheet", args=[*place, network.code]),
                    reverse("unit-form", args=[*place, f"N:{network.code}"]),
                    sum(level == "firm" for level in units.values()),
                    tally(cells),
                )
            )
    if sight.whole:
        subject = f"P:{submission.project_id}"
        cells = [cell for key, cell in sheet.cells.items() if key.subject == subject]
        parts.append(
            Part(
                _("The project"), reverse("unit-form", args=[*place, subject]), "", 0, tally(cells)
            )
        )
    return parts


def cell_url(sight: Sight, sheet: Sheet, key: CellKey) -> str:
    """Where a cell can be filled: its place in a sheet, or in the form of its unit."""
    unit = sheet.roster.by_subject[key.subject]
    return cell_address(sight.submission, key, sight.codes_of(unit))


def obstacles(sight: Sight, sheet: Sheet) -> dict[str, Any]:
    """Errors, warnings to explain and blank core cells that this person sees: LISTED of each, and
    how many more.

    Errors and warnings stand one by one with their words; blank cells together by unit.
    """
    errors, warnings, blanks = [], [], []
    for key, cell in sheet.cells.items():
        if not sight.sees(sheet.roster.by_subject[key.subject]):
            continue
        if cell.state == "error":
            errors += [
                (key, cell, finding.message)
                for finding in cell.findings
                if finding.severity == "error"
            ][:1]
        elif cell.state == "warn":
            warnings += [(key, cell, finding.message) for finding in cell.findings][:1]
        elif cell.state == "empty" and cell.asked.variable.core:
            blanks.append((key, cell, ""))
    return {
        "errors": _group(sight, sheet, errors, by_unit=False),
        "warnings": _group(sight, sheet, warnings, by_unit=False),
        "blanks": _group(sight, sheet, blanks, by_unit=True),
    }


def _group(sight: Sight, sheet: Sheet, cells: list, *, by_unit: bool) -> dict[str, Any]:
    rows: dict[object, Obstacle] = {}
    cell_count = 0
    for key, cell, message in cells:
        name = (key.subject, key.kind) if by_unit else key
        if len(rows) == LISTED and name not in rows:
            break
        row = rows.setdefault(name, Obstacle(_unit_label(sheet, key), [], message))
        row.cells.append(CellLink(cell.asked.variable.name, cell_url(sight, sheet, key)))
        cell_count += 1
    return {"rows": list(rows.values()), "more": len(cells) - cell_count, "n": len(cells)}


def _unit_label(sheet: Sheet, key: CellKey) -> str:
    label = sheet.roster.by_subject[key.subject].label
    return f"{label} ({_('baseline')})" if key.kind == Kind.BASELINE else label
