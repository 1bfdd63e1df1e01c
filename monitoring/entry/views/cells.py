"""Saving cells as they are left."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Subquery
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitoring.definitions.reading import Definitions, definitions
from monitoring.entry.views.queue import BLOCK, Unreadable, read_items, signed_out
from monitoring.models import CatalogueVersion, Submission, Variable
from monitoring.sheet.cells import OPERATING, CellKey
from monitoring.sheet.display import CHOSEN_REASONS, as_json, edit_text, value_text
from monitoring.sheet.loading import compose
from monitoring.sheet.sheet import Sheet
from monitoring.submission.cell_changes import CellChange, CellConflict
from monitoring.submission.entries import SaveResult, save_cells
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.errors import DomainError, Invalid
from pip_network.web.text import require_no_null
from pip_network.web.typed_numbers import read

EXPLANATION = 2000  # characters
NAME = 120  # characters of a key, of which only so many are given back
SPOKEN = 5  # findings of one save that are said in words


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
        result = save_cells(
            Subquery(submission), changes, by=request.user, at=timezone.now(), by_parts=True
        )
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except DomainError as error:
        if not submission.exists():
            raise Http404 from error
        return JsonResponse({"error": str(error.message)}, status=error.status)
    refused |= {str(key): _refusal(error) for key, error in result.refused.items()}
    return JsonResponse(_answer(result, refused))


def _refusal(error: Invalid) -> dict[str, Any]:
    return {"message": str(error.message), "readings": list(getattr(error, "readings", ()))}


def _read_body(request: HttpRequest) -> tuple[Definitions, list[dict[str, Any]]]:
    body, cells = read_items(request, most=BLOCK)
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
    names = [str(cell.get("key", ""))[:NAME] for cell in cells]
    times = Counter(names)
    for name, cell in zip(names, cells, strict=True):
        try:
            if times[name] > 1:  # which of the two was meant, nobody can say
                raise Invalid(_("This cell is given twice."))
            changes.append(_read_change(name, cell, variables))
        except Invalid as error:
            refused[name] = _refusal(error)
    return changes, refused


def _is_stamp(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**31


def _read_change(name: str, cell: dict[str, Any], variables: Mapping[str, Variable]) -> CellChange:
    text, missing = cell.get("text", ""), cell.get("missing", "")
    # A cell of a page that she had not open has no stamp that she saw, but a save up to which.
    stamp, since = (None, cell["since"]) if "since" in cell else (cell.get("stamp", 0), None)
    explanation = cell.get("explanation")
    well_formed = (
        isinstance(text, str)
        and isinstance(missing, str)
        and _is_stamp(stamp if since is None else since)
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
    value = read(text, variable.value_type)
    return CellChange(key, value, missing, explanation, stamp, since, cell.get("undo") is True)


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
    saved = {
        str(key): as_json(sheet.cells[key]) | _before(result, sheet, key) for key in result.saved
    }
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


def _before(result: SaveResult, sheet: Sheet, key: CellKey) -> dict[str, Any]:
    """What a changed cell held, as it is typed: what an undo gives back."""
    if key not in result.before:
        return {}
    old = result.before[key]
    text = edit_text(sheet.cells[key].asked.variable, old.value)
    words = {"explanation": old.explanation} if old.explanation else {}
    return {"was": {"text": text, "missing": old.missing, "stamp": old.stamp, **words}}


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
    """What the checks say of the cells just saved, in words, for the ear too; of a block only how
    much they say.
    """
    cells = [sheet.cells[key] for key in result.saved]
    texts = [
        f"{cell.asked.variable.name}: {finding.message}"
        for cell in cells
        for finding in cell.findings
    ]
    if len(texts) <= SPOKEN:
        return texts
    message = ngettext("%d remark of the checks.", "%d remarks of the checks.", len(texts))
    return [*texts[:SPOKEN], message % len(texts)]
