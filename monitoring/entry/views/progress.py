"""How far a part of a submission is, and what is still in the way of sending it, each with the
address of its cell.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from monitoring.choices import Kind, Level
from monitoring.entry.views.fetch import Sight
from monitoring.sheet.addresses import cell_address
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Counts, Sheet

LISTED = 60  # units, each a line; the sheets' own tabs show all


class Part(NamedTuple):
    """A row of the submission page: one network, or the project's own form."""

    label: object
    url: str
    form_url: str
    firms: int
    counts: Counts


class Obstacle(NamedTuple):
    """A cell that stops the submission, with the address where it is filled and what is said of it
    (nothing: a value or a reason is missing).
    """

    variable: str
    url: str
    message: str | Promise


class UnitObstacles(NamedTuple):
    """What stops the submission in one unit: a line, with its cells on demand."""

    unit: str
    counts: Counts
    core: int
    cells: list[Obstacle]


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
        cells = [key for key in sheet.asked if key.subject in units]
        if cells:
            parts.append(
                Part(
                    network.name,
                    reverse("sheet", args=[*place, network.code]),
                    reverse("unit-form", args=[*place, f"N:{network.code}"]),
                    sum(level == "firm" for level in units.values()),
                    sheet.count(cells),
                )
            )
    if sight.whole:
        subject = f"P:{submission.project_id}"
        cells = [key for key in sheet.asked if key.subject == subject]
        parts.append(
            Part(
                _("The project"),
                reverse("unit-form", args=[*place, subject]),
                "",
                0,
                sheet.count(cells),
            )
        )
    return parts


def first_blank(cells: Mapping[CellKey, CellState]) -> CellKey | None:
    """The first cell of a firm that somebody has to fill and has not."""
    blank = (
        key
        for key, cell in cells.items()
        if key.level == Level.FIRM and not (cell.locked or cell.is_filled)
    )
    return next(blank, None)


def cell_url(sight: Sight, sheet: Sheet, key: CellKey) -> str:
    """Where a cell can be filled: its place in a sheet, or in the form of its unit."""
    unit = sheet.roster.by_subject[key.subject]
    return cell_address(sight.submission, key, sight.codes_of(unit))


def obstacles(sight: Sight, sheet: Sheet) -> dict[str, Any]:
    """By unit that this person sees: errors, warnings to explain and blank core cells, those with an
    error or a warning first; LISTED units, and how many more.
    """
    cells = _by_unit(sight, sheet)
    rows = [_unit_obstacles(sight, sheet, subject, keys) for subject, keys in cells.items()]
    rows = [row for row in rows if not row.counts.is_ready]
    rows.sort(key=lambda row: (not row.counts.errors, not row.counts.warnings_open))
    return {"rows": rows[:LISTED], "more": len(rows[LISTED:])}


def _by_unit(sight: Sight, sheet: Sheet) -> dict[str, list[CellKey]]:
    cells: dict[str, list[CellKey]] = {
        unit.subject: [] for unit in sheet.units() if sight.sees(unit)
    }
    for key in sheet.asked:
        if key.subject in cells:
            cells[key.subject].append(key)
    return cells


def _unit_obstacles(sight: Sight, sheet: Sheet, subject: str, keys: list[CellKey]) -> UnitObstacles:
    asked = [sheet.asked[key] for key in keys]
    return UnitObstacles(
        sheet.roster.by_subject[subject].label,
        sheet.count(keys),
        sum(cell.written is None and cell.variable.core for cell in asked),
        [
            Obstacle(_name_of(sheet, key), cell_url(sight, sheet, key), message)
            for key in keys
            for message in sheet.obstacles_of(key)
        ],
    )


def _name_of(sheet: Sheet, key: CellKey) -> str:
    name = sheet.asked[key].variable.name
    return f"{name} ({_('baseline')})" if key.kind == Kind.BASELINE else name
