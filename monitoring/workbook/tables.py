"""The tables of a workbook: one of each network's firms, one of the networks, one of the project."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.choices import Kind, Level
from monitoring.models import Submission, Variable
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import Unit
from monitoring.submission.past_rounds import entered_at
from pip_network.web.days import day_of
from projects.models import Network

KINDS = (Kind.REGULAR.value, Kind.BASELINE.value)


class Reach(NamedTuple):
    """How far somebody sees a submission: these networks, and with `whole` the project itself."""

    networks: tuple[Network, ...]
    whole: bool


class Row(NamedTuple):
    """One unit and one of its kinds: what it is asked for a period, or of its baseline."""

    unit: Unit
    kind: str
    cells: dict[str, CellKey]  # by code of the variable


class Table(NamedTuple):
    """One sheet of the workbook."""

    name: str
    title: str
    rows: list[Row]
    variables: list[Variable]


def load_sheet(submission: Submission, at: dt.datetime) -> Sheet:
    """All that a workbook shows of a submission, as it is asked at a moment."""
    day = day_of(entered_at(submission, at))
    return compose(submission, load_roster(submission, day=day), with_findings=False)


def tables_of(sheet: Sheet, reach: Reach) -> list[Table]:
    """The tables with something asked in them, as far as this person sees.

    A firm in several networks stands once, in the table of the one that it joined first.
    """
    asked = _asked_rows(sheet)
    codes = [network.code for network in reach.networks]
    firms: dict[str, list[Unit]] = {code: [] for code in codes}
    for unit in sheet.roster.units:
        home = _home_of(unit, codes) if unit.level == Level.FIRM else None
        if home is not None:
            firms[home].append(unit)
    named = [(f"{n.code} {n.name}", n.name, firms[n.code]) for n in reach.networks]
    networks = [unit for unit in sheet.roster.units if _is_one_of(unit, codes)]
    named.append((_("Networks"), _("Networks"), networks))
    if reach.whole:
        project = [unit for unit in sheet.roster.units if unit.level == Level.PROJECT]
        named.append((_("Project"), _("The project"), project))
    tables = [_table(name, title, units, asked) for name, title, units in named]
    return [table for table in tables if table.rows]


def _is_one_of(unit: Unit, codes: Collection[str]) -> bool:
    return unit.level == Level.NETWORK and unit.code in codes


def _home_of(unit: Unit, codes: Collection[str]) -> str | None:
    places = sorted(unit.networks, key=lambda place: place.position)
    return next((place.code for place in places if place.code in codes), None)


AskedRows = dict[tuple[str, str], dict[str, tuple[CellKey, Variable]]]


def _asked_rows(sheet: Sheet) -> AskedRows:
    rows: AskedRows = {}
    for key, asked in sheet.asked.items():
        rows.setdefault((key.subject, key.kind), {})[key.variable] = (key, asked.variable)
    return rows


def _table(name: str, title: str, units: Iterable[Unit], asked: AskedRows) -> Table:
    rows, variables = [], {}
    for unit in units:
        for kind in KINDS:
            cells = asked.get((unit.subject, kind))
            if cells:
                rows.append(Row(unit, kind, {code: key for code, (key, _v) in cells.items()}))
                variables.update({code: variable for code, (_key, variable) in cells.items()})
    in_order = sorted(variables.values(), key=lambda variable: variable.position)
    return Table(name, title, rows, in_order)
