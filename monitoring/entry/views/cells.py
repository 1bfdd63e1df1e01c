"""Saving cells as they are left."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Subquery
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitoring.definitions.reading import Definitions, definitions
from monitoring.entry.views.queue import Unreadable, read_items, signed_out
from monitoring.models import CatalogueVersion, Submission, Variable
from monitoring.sheet.cells import OPERATING, CellKey
from monitoring.sheet.display import CHOSEN_REASONS, as_json, value_text
from monitoring.sheet.loading import compose
from monitoring.sheet.sheet import Sheet
from monitoring.submission.cell_changes import CellChange, CellConflict
from monitoring.submission.entries import Refusals, SaveResult, save_cells
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.errors import DomainError, Invalid
from pip_network.web.text import require_no_null
from pip_network.web.typed_numbers import read

EXPLANATION = 2000  # characters


@never_cache
@require_POST
def cell_save(request: HttpRequest, project: str, round_code: str) -> JsonResponse:
    """Save cells of one submission; the answer says of each: saved, refused with its words, or in
    conflict.
    """
    if not request.user.is_authenticated:
        return signed_out()
    require_room(request.user, P.VIEW_MONITORING)
    submission = (
        Submission.objects.visible_to(request.user)
        .filter(project=project, round=round_code)
        .values("pk")[:1]
    )
    try:
        catalogue, cells = _read_body(request)
        changes, refused = _read_changes(catalogue, cells)
        result = _save(Subquery(submission), changes, refused, by=request.user, at=timezone.now())
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except DomainError as error:
        if not submission.exists():
            raise Http404 from error
        return JsonResponse({"error": str(error.message)}, status=error.status)
    return JsonResponse(_answer(result, refused))


def _save(
    submission: Subquery,
    changes: list[CellChange],
    refused: dict[str, dict[str, Any]],
    *,
    by: User,
    at: dt.datetime,
) -> SaveResult:
    """Save all that can be: a cell that the action refuses stands with its words in `refused`, and
    the rest goes in.

    `submission` is a subquery of its number, seen by this person: found under the lock, in one
    statement.
    """
    invalid: Refusals = {}
    result = save_cells(submission, changes, by=by, at=at, refused=invalid)
    for key, error in invalid.items():
        refused[str(key)] = {"message": str(error.message), "readings": []}
    return result


def _read_body(request: HttpRequest) -> tuple[Definitions, list[dict[str, Any]]]:
    body, cells = read_items(request)
    try:
        return definitions(int(body["catalogue"])), cells
    except (
        ValueError,
        KeyError,
        TypeError,
        OverflowError,
        CatalogueVersion.DoesNotExist,
    ) as error:
        raise Unreadable(_("This request cannot be read.")) from error


def _read_changes(
    catalogue: Definitions, cells: list[dict[str, Any]]
) -> tuple[list[CellChange], dict[str, dict[str, Any]]]:
    """Changes that can be read, and by key what cannot, with its words."""
    variables = catalogue.by_code
    changes: list[CellChange] = []
    refused: dict[str, dict[str, Any]] = {}
    for cell in cells:
        name = str(cell.get("key", ""))[:120]
        try:
            changes.append(_read_change(name, cell, variables))
        except Invalid as error:
            refused[name] = {
                "message": str(error.message),
                "readings": list(getattr(error, "readings", ())),
            }
    return changes, refused


def _read_change(name: str, cell: dict[str, Any], variables: Mapping[str, Variable]) -> CellChange:
    text, missing, stamp = cell.get("text", ""), cell.get("missing", ""), cell.get("stamp", 0)
    explanation = cell.get("explanation")
    well_formed = (
        isinstance(text, str)
        and isinstance(missing, str)
        and isinstance(stamp, int)
        and 0 <= stamp < 2**31
        and (explanation is None or isinstance(explanation, str))
    )
    try:
        key = CellKey.parse(name)
        variable = variables[key.variable]
    except (ValueError, KeyError) as error:
        raise Invalid(_("There is no such cell.")) from error
    if not well_formed or (missing and missing not in CHOSEN_REASONS):
        raise Invalid(_("This request cannot be read."))
    require_no_null(text)
    if explanation is not None:
        require_no_null(explanation)
        if len(explanation) > EXPLANATION:
            raise Invalid(_("The explanation is too long: at most 2,000 characters."))
        explanation = explanation.strip()
    return CellChange(key, read(text, variable.value_type), missing, explanation, stamp)


def _answer(result: SaveResult, refused: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the sheet redraws: of every unit that was written, its flagged cells too, whether it
    operates (its first answer says so, and its last one gone takes it back), and how full its rows
    are.

    Of no other unit: a large save reads the whole project, of which the writer may see one network
    only.
    """
    roster = result.roster
    sheet = compose(
        roster.submission, roster, with_findings=True, contents=result.contents, asked=result.asked
    )
    saved = {str(key): as_json(sheet.cells[key]) for key in result.saved}
    subjects = {key.subject for key in result.saved} | {
        conflict.key.subject for conflict in result.conflicts
    }
    return {
        "saved": saved,
        "touched": {
            str(key): as_json(cell)
            for key, cell in sheet.cells.items()
            if key.subject in subjects and (cell.findings or key.variable == OPERATING)
        },
        "refused": refused,
        "conflicts": {
            str(conflict.key): _conflicting_cell(sheet, conflict) for conflict in result.conflicts
        },
        "rows": _rows(sheet, subjects),
        "said": _finding_texts(sheet, result),
        "at": timezone.localtime().strftime("%H:%M"),
    }


def _rows(sheet: Sheet, subjects: set[str]) -> dict[str, str]:
    """`filled/asked` of each unit's two blocks, by `subject|kind`."""
    counts: dict[str, list[int]] = {}
    for key, cell in sheet.cells.items():
        if not cell.locked and key.subject in subjects:
            count = counts.setdefault(f"{key.subject}|{key.kind}", [0, 0])
            count[0] += cell.is_filled
            count[1] += 1
    return {name: f"{filled}/{asked}" for name, (filled, asked) in counts.items()}


def _conflicting_cell(sheet: Sheet, conflict: CellConflict) -> dict[str, Any]:
    cell = sheet.cells[conflict.key]
    text = value_text(cell.asked.variable, conflict.value, conflict.missing) or _("blank")
    when = timezone.localtime(conflict.at).strftime("%H:%M") if conflict.at else ""
    return {**as_json(cell), "text": text, "stamp": conflict.stamp, "by": conflict.by, "at": when}


def _finding_texts(sheet: Sheet, result: SaveResult) -> list[str]:
    """What the checks say of the cells just saved, in words, for the ear too."""
    cells = [sheet.cells[key] for key in result.saved]
    return [
        f"{cell.asked.variable.name}: {finding.message}"
        for cell in cells
        for finding in cell.findings
    ]
