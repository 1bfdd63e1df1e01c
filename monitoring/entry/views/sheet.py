"""The sheet of a network: firms down, variables across."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from monitoring.entry.views.fetch import fetch_sight
from monitoring.entry.views.grid import PENDING, Grid, make_grid
from monitoring.entry.views.keys import KEYS
from monitoring.entry.views.network_cells import NetworkCells
from monitoring.entry.views.progress import first_blank
from monitoring.entry.views.script_texts import script_texts
from monitoring.entry.views.showing import BESIDE, ONLY, Showing
from monitoring.models import Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import ANSWERS, CHOSEN_REASONS, REASONS
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Sheet
from pip_network.people.access import Permission as P
from pip_network.web.signed_in import SignedInRequest
from projects.acts.firms import REGISTER
from projects.choices import OwnerSex
from projects.forms import NewFirmForm
from projects.models import Firm, Network


@login_required
@require_GET
def sheet(request: SignedInRequest, project: str, round_code: str, network: str) -> HttpResponse:
    """One page of the sheet: with `?cell=` the one where that cell stands, with `?next` where the
    first empty one does; with `?totals` what changes on it besides the cells.
    """
    sight = fetch_sight(request.user, project, round_code)
    place = sight.network(network)
    network_sheet = load_sheet(sight.submission, network=network)
    page = request.GET.get("page", "1")
    firms = NetworkCells(network_sheet, network)
    wanted = _next_of(firms) if "next" in request.GET else _cell(request.GET.get("cell", ""))
    showing = Showing.of(request.GET)
    if wanted is not None:  # it is shown, whatever the filter
        showing = showing.everything()
    grid = make_grid(
        firms,
        tab=request.GET.get("tab", ""),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
        cell=wanted,
        showing=showing,
    )
    if "totals" in request.GET:
        return JsonResponse(_totals(sight.submission, network_sheet, grid, showing))
    can_enter = sight.may_enter(place)
    register_url = _register_url(request, place) if can_enter else ""
    context = {
        "sight": sight,
        "submission": sight.submission,
        "network": place,
        "network_subject": f"N:{place.code}",
        "counts": network_sheet.counts,
        "remarks_open": _remarks_of(network_sheet),
        "network_counts": network_sheet.count(_cells_of(network_sheet, place)),
        "register_url": register_url,
        "new_firm": _new_firm(place) if register_url and grid.page == grid.pages else None,
        "showing": showing,
        "only": ONLY,
        "beside": BESIDE,
        "keys": KEYS,
        "below": json.dumps(_below(grid), ensure_ascii=False),
        "form_remarks": _remarks_of(network_sheet, f"N:{place.code}"),
        "grid": grid,
        "page_range": range(1, grid.pages + 1),
        "can_enter": can_enter,
        "may_submit": sight.submission.is_open and sight.may(P.SUBMIT),
        "reasons": [(code.value, REASONS[code]) for code in CHOSEN_REASONS],
        "answers": ANSWERS,
        "words": json.dumps(script_texts(), ensure_ascii=False),
    }
    return render(request, "monitoring/entry/sheet.html", context)


def _register_url(request: SignedInRequest, network: Network) -> str:
    """Where a firm is registered that is missing here, and back; nothing for who may not."""
    if not REGISTER.is_offered(request.user, network):
        return ""
    back = urlencode({"next": request.get_full_path()})
    return f"{reverse('firm-new', args=[network.code])}?{back}"


def _new_firm(network: Network) -> dict[str, Any]:
    """What has to be known of a firm: its name, and since when it is in the network. What else the
    registry keeps of it is that of the network until somebody says otherwise.
    """
    return {
        "name": Firm._meta.get_field("name").verbose_name,
        "joined_on": NewFirmForm.base_fields["joined_on"].label,
        "known": {
            "country": network.country_id,
            "sector": network.sector,
            "owner_sex": OwnerSex.UNKNOWN.value,
        },
    }


def _below(grid: Grid) -> list[list[str]]:
    """The rows of the pages that follow, as the script names them."""
    return [[unit.subject, kind, unit.label, unit.state] for unit, kind in grid.below]


def _next_of(firms: NetworkCells) -> CellKey | None:
    """The first empty cell; where none is left, the first that is pending."""
    return first_blank(firms.cells) or next(iter(firms.pending()), None)


def _cells_of(network_sheet: Sheet, network: Network) -> list[CellKey]:
    """The network's own cells: its form asks them, not the sheet."""
    return [key for key in network_sheet.asked if key.subject == f"N:{network.code}"]


def _remarks_of(network_sheet: Sheet, subject: str = "") -> int:
    """Open remarks on the network and its firms, or on one of them."""
    cells = network_sheet.cells.items()
    return sum(cell.remarks_open for key, cell in cells if subject in ("", key.subject))


def _totals(
    submission: Submission, network_sheet: Sheet, grid: Grid, showing: Showing
) -> dict[str, object]:
    """What changes on the page besides the cells themselves: asked for when typing rests."""
    facts = {
        "counts": network_sheet.counts,
        "submission": submission,
        "remarks_open": _remarks_of(network_sheet),
    }
    codes = [variable.code for variable in grid.columns]
    return {
        "facts": render_to_string("monitoring/entry/_facts.html", facts),
        "totals": dict(zip(codes, grid.totals, strict=True)),
        "tabs": {tab.code: f"{tab.filled}/{tab.asked}" for tab in grid.tabs}
        | {PENDING: str(grid.pending)},
        "notes": {tab.code: tab.remarks for tab in grid.tabs},
        "beside": _texts_beside(grid) if showing.beside else {},
    }


def _texts_beside(grid: Grid) -> dict[str, str]:
    """What stands beside the cells of the page, by their keys."""
    return {
        str(CellKey(row.unit.subject, row.kind, variable.code)): cell.beside
        for row in grid.rows
        for variable, cell in zip(grid.columns, row.cells, strict=True)
        if cell.beside
    }


def _cell(text: str) -> CellKey | None:
    try:
        return CellKey.parse(text)
    except ValueError:
        return None
