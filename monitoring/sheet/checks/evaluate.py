"""Run all checks of the catalogue over a submission."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import Kind, Severity
from monitoring.definitions.reading import CheckRule
from monitoring.models import Variable
from monitoring.numbers import plain
from monitoring.sheet.cells import CellKey
from monitoring.sheet.units import Unit

from .basis import basis_of
from .data import Finding, SheetData, UnitCells
from .kinds import AT_BASELINE, KINDS


def evaluate(data: SheetData) -> list[Finding]:
    """Findings in order of the units, then of the cells, then of the catalogue; messages in the
    active language.
    """
    rules = data.roster.definitions.rules
    second = data.roster.round.half == 2
    at_baseline = [rule for rule in rules if rule.kind in AT_BASELINE and not rule.when]
    regular = [rule for rule in rules if second or rule.when != "S2"]
    findings: list[Finding] = []
    outside = _outside_limits(data)
    for unit in data.roster.units:
        baseline = ((Kind.BASELINE.value, at_baseline),) if unit.needs_baseline else ()
        for kind, kind_rules in (*baseline, (Kind.REGULAR.value, regular)):
            cells = UnitCells(data, unit, kind)
            findings += outside.get((unit.subject, kind), ())
            findings += [
                _finding(rule, cells)
                for rule in kind_rules
                if rule.level == unit.level
                and (unit.subject, kind, rule.left) in data.asked
                and KINDS[rule.kind](rule, cells)
            ]
    return findings


def _finding(rule: CheckRule, cells: UnitCells) -> Finding:
    variable = cells.data.roster.definitions.by_code[rule.left]
    cell = CellKey(cells.unit.subject, cells.kind, rule.left)
    place = place_of(cells.unit, variable)
    basis = basis_of(rule, cells) if rule.severity == Severity.WARNING else ""
    return Finding(rule.code, rule.severity, cell, rule.check.message, place, basis)


def place_of(unit: Unit, variable: Variable) -> str:
    """Where a finding stands, in words: unit and variable."""
    return f"{unit.label} · {variable.name}"


def _outside_limits(data: SheetData) -> dict[tuple[str, str], list[Finding]]:
    """Values below their least, above their greatest, or finer than their variable allows; by
    (subject, kind).
    """
    findings: dict[tuple[str, str], list[Finding]] = {}
    for key, value in data.values.items():
        cell = data.asked.get(key)
        if cell is None or cell.written is not None:
            continue
        for check, message in _limits(cell.variable, value):
            place = place_of(data.roster.by_subject[key.subject], cell.variable)
            finding = Finding(check, Severity.ERROR.value, key, message, place)
            findings.setdefault((key.subject, key.kind), []).append(finding)
    return findings


def _limits(variable: Variable, value: Decimal) -> list[tuple[str, str]]:
    broken = []
    if variable.minimum is not None and value < variable.minimum:
        broken.append(
            (
                "minimum",
                _("The least possible value is %(limit)s.") % {"limit": plain(variable.minimum)},
            )
        )
    if variable.maximum is not None and value > variable.maximum:
        broken.append(
            (
                "maximum",
                _("The greatest possible value is %(limit)s.") % {"limit": plain(variable.maximum)},
            )
        )
    if value != value.__round__(variable.decimals):
        broken.append(("decimals", _decimals_message(variable.decimals)))
    return broken


def _decimals_message(decimals: int) -> str:
    if decimals == 0:
        return _("Whole numbers only.")
    message = ngettext("At most %(count)s decimal.", "At most %(count)s decimals.", decimals)
    return message % {"count": decimals}
