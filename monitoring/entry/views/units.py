"""The form of one unit: project, network or firm with its baseline. Works without a script."""

import json
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.entry import acts
from monitoring.entry.forms import Threads, UnitForm
from monitoring.entry.views.fetch import fetch_sight
from monitoring.entry.views.script_texts import script_texts
from monitoring.entry.views.threads import threads_on_unit
from monitoring.models import Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from pip_network.people.access import Permission as P
from pip_network.web.acts import carry_out
from pip_network.web.errors import Forbidden
from pip_network.web.signed_in import SignedInRequest


def _cell_page(submission: Submission, key: CellKey) -> str:
    return reverse("cell-panel", args=[submission.project_id, submission.round_id, *key])


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def unit_form(
    request: SignedInRequest, project: str, round_code: str, subject: str
) -> HttpResponse:
    """All cells of one unit; posted, those that were changed are saved."""
    sight = fetch_sight(request.user, project, round_code)
    sheet = load_sheet(sight.submission, subject=subject)
    unit = sight.unit(sheet.units(), subject)
    networks = sight.networks_of(unit)
    may_enter = sight.may_enter_unit(unit)
    cells = {key: cell for key, cell in sheet.cells.items() if key.subject == subject}
    threads = Threads(
        threads_on_unit(sight.submission, subject),
        request.user,
        partial(_cell_page, sight.submission) if sight.may(P.REVIEW) else None,
    )
    form = UnitForm(request.POST or None, cells=cells, may_enter=may_enter, threads=threads)
    if request.method == "POST":
        if not may_enter:
            raise Forbidden(_("You may read this form, but not write in it now."))
        if form.is_valid() and not form.changes and not form.answers:
            messages.info(request, _("Nothing was changed."))
            return redirect(request.path)
    context = {
        "sight": sight,
        "submission": sight.submission,
        "unit": unit,
        "home": networks[0] if networks and unit.level == "firm" else None,
        "can_enter": may_enter,
        "can_save": may_enter and (form.open or form.explainable or form.answerable),
        "words": json.dumps(script_texts(), ensure_ascii=False),
        "findings": [finding for cell in cells.values() for finding in cell.findings],
    }
    return carry_out(
        request,
        acts.ENTER,
        {"submission_id": sight.submission.pk, "form": form},
        form=form,
        template="monitoring/entry/unit_form.html",
        context=lambda _form: context,
        after=request.path,
    )
