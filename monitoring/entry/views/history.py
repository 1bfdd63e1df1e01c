"""All that a cell has ever been: every value, who, when, why, through which door, approved in what."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from monitoring.choices import Kind
from monitoring.definitions.reading import definitions
from monitoring.entry.views.fetch import fetch_sight
from monitoring.sheet import history
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import value_text
from monitoring.sheet.roster import load_roster
from pip_network.web.htmx import render_page
from pip_network.web.signed_in import SignedInRequest


@login_required
@require_GET
def cell_history(
    request: SignedInRequest, project: str, round_code: str, subject: str, kind: str, variable: str
) -> HttpResponse:
    """Every value that a cell had, newest first."""
    sight = fetch_sight(request.user, project, round_code)
    unit = sight.unit(load_roster(sight.submission, subjects={subject}).units, subject)
    definition = definitions(sight.submission.catalogue_id).by_code.get(variable)
    if definition is None or definition.level != unit.level or kind not in ("regular", "baseline"):
        raise Http404
    key = CellKey(subject, kind, variable)
    items = [
        (item, value_text(definition, item.value, item.missing))
        for item in history.cell_history(sight.submission, key)
    ]
    context = {
        "sight": sight,
        "submission": sight.submission,
        "unit": unit,
        "key": key,
        "over": f"{unit.label} · {Kind.BASELINE.label}" if kind == Kind.BASELINE else unit.label,
        "variable": definition,
        "items": items,
    }
    return render_page(
        request, "monitoring/entry/history.html", context, fragment="monitoring/entry/_history.html"
    )
