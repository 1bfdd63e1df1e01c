"""What was approved before: the past that cells are compared with and pages show."""

from collections.abc import Collection, Iterable
from typing import Any

from monitoring.choices import Kind, Missing
from monitoring.definitions.reading import Definitions
from monitoring.models import Measurement
from monitoring.sheet.cell_contents import MANY
from monitoring.sheet.checks import Past, SheetData
from monitoring.sheet.roster import Roster

REGULAR, BASELINE = Kind.REGULAR.value, Kind.BASELINE.value


def compared_variables(definitions: Definitions) -> list[str]:
    """Variables that checks compare with an earlier time."""
    codes = set()
    for rule in definitions.rules:
        if rule.kind in ("implies_previous", "jump", "not_below_previous") or rule.when == "S2":
            codes |= {rule.left, rule.right, rule.then_left} - {""}
    return sorted(codes)


def load_past(data: SheetData, variables: Collection[str] | None) -> None:
    """Fill what was approved before: the last approved value of each cell, the baselines, the
    year's first semester; of these `variables` only, where they are given.

    Values of another definition of their variable are no past of the cell; a first semester of
    another one is missing.
    """
    roster = data.roster
    defined = {variable.code: variable.defined_in for variable in roster.definitions.variables}
    first_half = f"{roster.round.year}-S1" if roster.round.half == 2 else ""
    for subject, code, kind, round_code, defined_in, *values in _approved(roster, variables):
        key, past = (subject, code), Past(*values)
        if defined_in != defined.get(code):
            if kind == REGULAR and round_code == first_half:
                data.first_half[key] = past._replace(value=None, missing=Missing.NO_DATA)
        elif kind == BASELINE:
            data.baselines[key] = past
        else:
            if past.value is not None or _is_blank(data.previous.get(key)):
                data.previous[key] = past
            if round_code == first_half:
                data.first_half[key] = past


def _is_blank(past: Past | None) -> bool:
    return past is None or past.value is None


def _approved(roster: Roster, variables: Collection[str] | None) -> Iterable[tuple[Any, ...]]:
    """Rows in force of earlier rounds and of baselines, in the order of their rounds."""
    rows = Measurement.objects.live().filter(project_id=roster.submission.project_id).order_by()
    if variables is not None:
        rows = rows.filter(variable_code__in=variables)
    if len(roster.units) <= MANY:
        rows = rows.filter(subject__in=[unit.subject for unit in roster.units])
    fields = (
        "subject",
        "variable_code",
        "kind",
        "round_id",
        "catalogue_id",
        "value",
        "missing",
        "period",
        "currency",
    )
    # Each half is looked up in the unique index of its kind; "or" would read the whole project.
    baselines = rows.filter(kind=BASELINE).values_list(*fields)
    earlier = rows.filter(kind=REGULAR, round_id__lt=roster.submission.round_id).values_list(
        *fields
    )
    return earlier.union(baselines, all=True).order_by("round_id")
