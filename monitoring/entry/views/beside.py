"""A submission beside the one before it: the whole sheet of both, changed cells marked."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from monitoring.choices import Kind
from monitoring.entry.views.fetch import fetch_sight
from monitoring.models import Submission
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import change_of, table_cell
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Sheet
from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.signed_in import SignedInRequest

UNITS_PER_PAGE = 20


class Pair(NamedTuple):
    """One cell of both; `asked`: in which of them it is asked."""

    key: CellKey
    variable: str
    baseline: bool
    before: str
    now: str
    change: str
    changed: bool
    asked: str


@never_cache
@login_required
@require_GET
def beside(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Unit by unit, all cells of this submission and of the project's one before it."""
    require_room(request.user, P.VIEW_REVIEW_QUEUE)
    submission = fetch_sight(request.user, project, round_code).submission
    previous = _previous(submission)
    context: dict[str, Any] = {"submission": submission, "previous": previous}
    if previous is not None:
        now, before = load_sheet(submission), load_sheet(previous)
        labels = {unit.subject: unit.label for unit in (*before.units(), *now.units())}
        order = dict.fromkeys([unit.subject for unit in now.units()]) | labels
        page = Paginator(list(order), UNITS_PER_PAGE).get_page(request.GET.get("page"))
        pairs = _pairs(now, before, set(page))
        context |= {
            "page": page,
            "blocks": [
                (labels[subject], pairs[subject], sum(pair.changed for pair in pairs[subject]))
                for subject in page
            ],
        }
    return render(request, "monitoring/entry/review/beside.html", context)


def _previous(submission: Submission) -> Submission | None:
    """The project's last submission of an earlier round."""
    rows = Submission.objects.select_related("project", "round").filter(
        project=submission.project_id, round__lt=submission.round_id
    )
    return rows.order_by("-round").first()


def _pairs(now: Sheet, before: Sheet, subjects: set[str]) -> dict[str, list[Pair]]:
    pairs: dict[str, list[Pair]] = {subject: [] for subject in subjects}
    for key in {**now.asked, **before.asked}:
        if key.subject in subjects:
            new = now.cell(key) if key in now.asked else None
            old = before.cell(key) if key in before.asked else None
            pairs[key.subject].append(_pair(key, new, old))
    return pairs


def _pair(key: CellKey, new: CellState | None, old: CellState | None) -> Pair:
    cell = new or old
    assert cell is not None  # noqa: S101 -- the key is of one of them
    variable = cell.asked.variable
    same_money = new is not None and old is not None and new.currency == old.currency
    return Pair(
        key,
        variable.name,
        key.kind == Kind.BASELINE,
        table_cell(old).text if old else "",
        table_cell(new).text if new else "",
        change_of(variable, new.value, old.value) if new and old and same_money else "",
        new is not None
        and old is not None
        and (new.value, new.missing, new.currency) != (old.value, old.missing, old.currency),
        "both" if new and old else "now" if new else "before",
    )
