"""The form of one unit: project, network or firm with its baseline. Works without a script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.entry.forms import UnitForm
from monitoring.entry.views.fetch import sight
from monitoring.sheet.display import value_text
from monitoring.sheet.sheet import load_sheet
from monitoring.submission.entries import save_cells
from pip_network.web.errors import Forbidden


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def unit_form(request: HttpRequest, project: str, round_code: str, subject: str) -> HttpResponse:
    seen = sight(request.user, project, round_code)
    sheet = load_sheet(seen.submission, subject=subject)
    unit = seen.unit(sheet.units(), subject)
    networks = seen.networks_of(unit)
    may_enter = any(seen.may_enter(network) for network in networks or [None])
    cells = {key: cell for key, cell in sheet.cells.items() if key.subject == subject}
    form = UnitForm(request.POST or None, cells=cells, may_enter=may_enter)
    if request.method == "POST":
        if not may_enter:
            raise Forbidden(_("You may read this form, but not write in it now."))
        if form.is_valid() and _save(request, seen.submission, form):
            return redirect("unit-form", project, round_code, subject)
    context = {
        "sight": seen,
        "submission": seen.submission,
        "unit": unit,
        "home": networks[0] if networks and unit.level == "firm" else None,
        "form": form,
        "can_enter": may_enter,
        "findings": [finding for cell in cells.values() for finding in cell.findings],
    }
    return render(
        request, "monitoring/entry/unit_form.html", context, status=422 if form.errors else 200
    )


def _save(request: HttpRequest, submission, form: UnitForm) -> bool:
    """True when all that was changed is in; otherwise the form says what is in conflict."""
    if not form.changes:
        messages.info(request, _("Nothing was changed."))
        return True
    result = save_cells(submission.pk, form.changes, by=request.user, at=timezone.now())
    for conflict in result.conflicts:
        theirs = value_text(
            form.cells[conflict.key].asked.variable, conflict.value, conflict.missing
        ) or _("blank")
        form.show_conflict(conflict, str(conflict.by or ""), theirs)
    if result.saved:
        messages.success(
            request,
            ngettext("%d cell saved.", "%d cells saved.", len(result.saved)) % len(result.saved),
        )
    return not result.conflicts
