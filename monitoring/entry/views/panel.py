"""What a cell means, what it was and what is said of it: beside the sheet, or as a page of its own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from monitoring.entry.views.evidence_lines import beside_cell
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.threads import threads_on_cell
from monitoring.models import Submission
from monitoring.sheet import history
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import (
    ANSWERS,
    CHOSEN_REASONS,
    REASONS,
    change_of,
    edit_text,
    locked_because,
    needs_explanation,
    past_text,
    period_text,
    value_text,
)
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.units import Unit
from pip_network.people.access import Permission as P
from pip_network.web.htmx import render_page
from pip_network.web.signed_in import SignedInRequest

RECENT = 3
VALUES = frozenset({"entered", "blanked", "approved"})


@login_required
@require_GET
def cell_panel(
    request: SignedInRequest, project: str, round_code: str, subject: str, kind: str, variable: str
) -> HttpResponse:
    """One cell, beside the sheet or as a page."""
    sight = fetch_sight(request.user, project, round_code)
    context = panel_context(sight, CellKey(subject, kind, variable))
    return render_page(
        request, "monitoring/entry/cell.html", context, fragment="monitoring/entry/_cell.html"
    )


def panel_context(sight: Sight, key: CellKey) -> dict[str, Any]:
    """Raises 404 when the submission asks no such cell, or this person may not see its unit."""
    sheet = load_sheet(sight.submission, subject=key.subject)
    unit = sight.unit(sheet.units(), key.subject)
    cell = sheet.cells.get(key)
    if cell is None:
        raise Http404
    networks = sight.networks_of(unit)
    may_enter = sight.may_enter_unit(unit)
    threads = threads_on_cell(sight.submission, key)
    return {
        "sight": sight,
        "submission": sight.submission,
        "key": key,
        "unit": unit,
        "cell": cell,
        "variable": cell.asked.variable,
        "currency": cell.currency,
        "text": value_text(cell.asked.variable, cell.value, cell.missing),
        "edit": edit_text(cell.asked.variable, cell.value),
        "pasts": _pasts(cell, unit),
        "locked_because": locked_because(cell),
        "reasons": [(code.value, REASONS[code]) for code in CHOSEN_REASONS],
        "answers": ANSWERS,
        "can_enter": may_enter and not cell.locked,
        "can_explain": may_enter and needs_explanation(cell),
        "can_answer": may_enter or sight.may(P.REVIEW),
        "can_remark": sight.may(P.REVIEW),
        "threads": threads,
        **beside_cell(sight, key, threads, can_attach=may_enter),
        **_story(sight.submission, cell),
        "home": networks[0] if networks and unit.level == "firm" else None,
    }


def _pasts(cell: CellState, unit: Unit) -> list[dict[str, Any]]:
    """The previous value and the baseline, each with the change since."""
    rows: list[dict[str, Any]] = []
    for past, is_baseline in ((cell.previous, False), (cell.baseline, True)):
        if past is not None and not (is_baseline and rows and rows[0]["period"] == past.period):
            rows.append(
                {
                    "period": past.period,
                    "label": period_text(past.period),
                    "baseline": is_baseline,
                    "reconstructed": is_baseline and unit.reconstructed,
                    "text": past_text(cell, past),
                    "change": change_of(cell.asked.variable, cell.value, cell.comparable(past)),
                }
            )
    return rows


def _story(submission: Submission, cell: CellState) -> dict[str, Any]:
    """Who entered what the cell holds and who approved it, and its last values with their texts."""
    items = [item for item in history.cell_history(submission, cell.key) if item.event in VALUES]
    held = (cell.value, cell.missing)
    approved = next((item for item in items if item.event == "approved"), None)
    if approved is not None and (approved.value, approved.missing) != held:
        approved = None
    since = items if approved is None else items[items.index(approved) :]
    return {
        "approved": approved,
        "entered": history.entered(since, *held),
        "recent": [
            (item, value_text(cell.asked.variable, item.value, item.missing))
            for item in items[:RECENT]
        ],
    }
