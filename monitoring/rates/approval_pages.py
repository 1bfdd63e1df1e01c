"""The pages on which rates are approved: the form, what its rows or those of a file would change,
the confirmation.

The form and a file end in the same page: what each row would change, which reports would become
stale, one reason, one approval. What is confirmed is what waits in the server, never what the
browser sends back.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monitoring.models import Rate
from monitoring.rates import needed
from monitoring.rates.actions import in_force
from monitoring.rates.acts import APPROVE
from monitoring.rates.consequences import consequences, overtaken_row
from monitoring.rates.forms import MOST, RateReasonForm, RateRows, proposal, rate_rows
from monitoring.rates.resources import RateResource, rate_row
from monitoring.rates.waiting import in_force_as_json
from pip_network.administration.rooms import ReadOnly
from pip_network.files.importing import Plan, previews
from pip_network.files.importing.admin import ImportsAndExports
from pip_network.web.acts import carry_out
from pip_network.web.again import confirm_identity
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, DomainError, Forbidden
from pip_network.web.signed_in import SignedInRequest


class RateApprovalPages(ImportsAndExports, ReadOnly):
    """The way from rows to an approval, for the room of rates."""

    resource_classes: ClassVar = [RateResource]
    import_template_name = "admin/monitoring/rate_changes.html"

    # --- the form

    def form_view(self, request: SignedInRequest) -> HttpResponse:
        """Rows to be approved: `?missing=1` proposes those that figures need, `?row=ARS:2005` what
        is in force of one, `?again=` those of a preview that waits.
        """
        if not self.has_import_permission(request):
            raise Http404
        return require_http_methods(["GET", "HEAD", "POST"])(confirm_identity(self._form))(request)

    def _form(self, request: SignedInRequest) -> HttpResponse:
        if request.method != "POST":
            proposed, reason = self._proposed(request)
            return self._form_page(
                request, rate_rows(proposed=proposed), RateReasonForm(initial={"reason": reason})
            )
        rows, reason_form = rate_rows(request.POST), RateReasonForm(request.POST)
        if not (rows.is_valid() & reason_form.is_valid()):
            return self._form_page(request, rows, reason_form, status=422)
        at, cells = timezone.now(), rows.cells()
        plan = self.resource().plan(cells, by=request.user, at=at)
        refused = [
            (form, row) for form, row in zip(rows.filled, plan.rows, strict=True) if row.reasons
        ]
        if refused:
            for form, row in refused:
                form.add_error(None, " ".join(row.reasons))
            return self._form_page(request, rows, reason_form, status=422)
        remembered = {"reason": reason_form.cleaned_data["reason"]}
        return self._preview(
            request,
            cells,
            plan,
            digest="",
            name="",
            at=at,
            remembered=remembered,
            reason=RateReasonForm(initial=remembered),
        )

    def _proposed(self, request: SignedInRequest) -> tuple[list[dict[str, Any]], str]:
        """Rows that the form opens with, and the reason."""
        if request.GET.get("again"):
            return self._rows_of_preview(request, request.GET["again"])
        if request.GET.get("missing"):
            missing = needed.missing(day_of(timezone.now()))
            return [pair._asdict() for pair in missing[:MOST]], ""
        names = [text.partition(":") for text in request.GET.getlist("row")[:MOST] if ":" in text]
        keys = [(currency, period) for currency, _colon, period in names]
        rates = in_force(keys)
        return [proposal(rates[key]) for key in keys if key in rates], ""

    def _rows_of_preview(
        self, request: SignedInRequest, name: str
    ) -> tuple[list[dict[str, Any]], str]:
        try:
            waiting = self._waiting(request, name)
        except Conflict:
            return [], ""
        plan = self.resource().plan(waiting.rows, by=request.user, at=timezone.now())
        rows = [proposal(Rate(**rate_row(row)._asdict())) for row in plan.rows if not row.reasons]
        return rows, waiting.notes.get("reason", "")

    def _form_page(
        self,
        request: SignedInRequest,
        rows: RateRows,
        reason: RateReasonForm,
        *,
        status: int = 200,
    ) -> HttpResponse:
        page = self.around(
            request,
            title=_("Rates and price indices to approve"),
            rows=rows,
            reason=reason,
            missing=len(needed.missing(day_of(timezone.now()))),
            most=MOST,
        )
        return render(request, "admin/monitoring/rate_form.html", page, status=status)

    # --- what the rows would change, of the form or of a file

    def notes(self, plan: Plan) -> dict[str, Any]:
        return {"seen": in_force_as_json(plan.rows)}

    def beside(self, request: SignedInRequest, plan: Plan) -> dict[str, Any]:
        return {
            "title": _("What these rates would change"),
            **consequences(plan, request.user),
            "reason": RateReasonForm(),
        }

    def _confirm(self, request: SignedInRequest) -> HttpResponse:
        reason = request.POST.get("reason", "")
        try:
            waiting = self._waiting(request, request.POST.get("waiting", ""))
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("admin:monitoring_rate_import")
        about = {"waiting": waiting, "reason": reason}
        try:
            return carry_out(request, APPROVE, about, after="admin:monitoring_rate_changelist")
        except Forbidden:
            raise
        except DomainError as error:
            return self._preview_anew(request, waiting, reason, error, timezone.now())

    def _preview_anew(
        self,
        request: SignedInRequest,
        waiting: previews.Waiting,
        reason: str,
        error: DomainError,
        at: dt.datetime,
    ) -> HttpResponse:
        """Why nothing was stored, above what the rows would do as things stand now."""
        previews.drop(waiting)
        plan = self.resource().plan(waiting.rows, by=request.user, at=at)
        return self._preview(
            request,
            waiting.rows,
            plan,
            digest=waiting.digest,
            name=waiting.notes["file"],
            at=at,
            status=error.status,
            remembered={"reason": reason},
            refusal=str(error.message),
            overtaken=[overtaken_row(rate) for rate in error.context.get("overtaken", ())],
            reason=RateReasonForm(initial={"reason": reason}),
        )

    def _waiting(self, request: SignedInRequest, name: str) -> previews.Waiting:
        return previews.look(name, table=RateResource.table(), by=request.user, at=timezone.now())
