"""The room of exchange rates and price indices: what is in force, its versions, and the ways to
approve others.

The form and a file end in the same page: what each row would change, which reports would become
stale, one reason, one approval. What is confirmed is what waits in the server, never what the
browser sends back.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monitoring.analysis.catalogue import MONEY
from monitoring.models import Approval, Measurement, Rate, Report
from monitoring.rates import needed
from monitoring.rates.actions import Overtaken, approve_rates, in_force
from monitoring.rates.forms import MOST, ReasonForm, proposal, rate_rows
from monitoring.rates.resources import RateResource, fine, key_of, rate_row, seen_again, seen_of
from monitoring.reports import stale
from pip_network import audit
from pip_network.administration.rooms import ReadOnly, site
from pip_network.files.importing import Plan, PlannedRow, Status, previews
from pip_network.files.importing.admin import ImportsAndExports
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act, carry_out
from pip_network.web.again import confirm_identity
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, DomainError, Forbidden, Invalid
from pip_network.web.locks import for_update

REPORTS_SHOWN = 30


@admin.register(Rate, site=site)
class RateAdmin(ImportsAndExports, ReadOnly):
    purpose = gettext_lazy(
        "Exchange rates and price indices in force. New and corrected ones are approved together, "
        "with a reason."
    )
    resource_classes: ClassVar = [RateResource]
    import_export_change_list_template = "admin/monitoring/rates.html"
    import_template_name = "admin/monitoring/rate_changes.html"
    list_display: ClassVar = [
        "currency",
        "period",
        "rate",
        "index",
        "source",
        "approval",
        "approved_at",
        "approver",
    ]
    list_filter: ClassVar = ["currency"]
    search_fields: ClassVar = ["currency", "period", "source"]
    ordering: ClassVar = ["currency", "-period"]
    list_select_related: ClassVar = ["approved_in__approver"]
    show_full_result_count = False
    list_per_page = 50

    def get_urls(self):
        form = self.admin_site.admin_view(self.form_view)
        return [path("approve/", form, name="monitoring_rate_approve"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest):
        """Those in force; the page of one shows its other versions."""
        return super().get_queryset(request).live()

    @admin.display(description=gettext_lazy("local units per US$"), ordering="usd_rate")
    def rate(self, row: Rate) -> str:
        return fine(row.usd_rate)

    @admin.display(description=gettext_lazy("price index"), ordering="cpi")
    def index(self, row: Rate) -> str:
        return fine(row.cpi)

    @admin.display(description=gettext_lazy("approval"), ordering="approved_in")
    def approval(self, row: Rate) -> str:
        return f"N={row.approved_in_id}"

    @admin.display(description=gettext_lazy("approved on"), ordering="approved_in")
    def approved_at(self, row: Rate) -> dt.date:
        return row.approved_in.at.date()

    @admin.display(description=gettext_lazy("approver"))
    def approver(self, row: Rate) -> str:
        return str(row.approved_in.approver)

    def changelist_view(self, request, extra_context=None):
        missing = needed.missing(day_of(timezone.now()))
        told = {
            "title": _("Rates"),
            "missing": missing,
            "may_approve": self.has_import_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **told})

    # --- one currency and period

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._one)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The versions are the history."""
        return redirect(reverse("admin:monitoring_rate_change", args=[self._row(object_id).pk]))

    def _one(self, request: HttpRequest, number: str) -> HttpResponse:
        row = self._row(number)
        versions = Rate.objects.filter(currency=row.currency, period=row.period).order_by(
            "-approved_in"
        )
        found = list(versions.select_related("approved_in__approver"))
        keys = [f"A:{version.approved_in_id}" for version in found]
        return self._shown(
            request,
            "admin/monitoring/rate.html",
            title=f"{row.currency} {row.period}",
            row=row,
            versions=[(each, fine(each.usd_rate), fine(each.cpi)) for each in found],
            history=audit.history_of(*keys, reader=request.user),
            may_approve=self.has_import_permission(request),
        )

    def _row(self, number: str) -> Rate:
        row = (
            Rate.objects.filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 18
            else None
        )
        if row is None:
            raise Http404
        return row

    # --- the form

    def form_view(self, request: HttpRequest) -> HttpResponse:
        """Rows to be approved: `?missing=1` proposes those that figures need, `?row=ARS:2005` what
        is in force of one, `?again=` those of a preview that waits.
        """
        if not self.has_import_permission(request):
            raise Http404
        return require_http_methods(["GET", "HEAD", "POST"])(confirm_identity(self._form))(request)

    def _form(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            proposed, reason = self._proposed(request)
            return self._form_page(
                request, rate_rows(proposed=proposed), ReasonForm(initial={"reason": reason})
            )
        rows, reason = rate_rows(request.POST), ReasonForm(request.POST)
        if not (rows.is_valid() & reason.is_valid()):
            return self._form_page(request, rows, reason, status=422)
        at, cells = timezone.now(), rows.cells()
        plan = self.resource().plan(cells, by=request.user, at=at)
        refused = [
            (form, row) for form, row in zip(rows.given, plan.rows, strict=True) if row.reasons
        ]
        if refused:
            for form, row in refused:
                form.add_error(None, " ".join(row.reasons))
            return self._form_page(request, rows, reason, status=422)
        why = {"reason": reason.cleaned_data["reason"]}
        return self._preview(
            request,
            cells,
            plan,
            digest="",
            name="",
            at=at,
            remembered=why,
            reason=ReasonForm(initial=why),
        )

    def _proposed(self, request: HttpRequest) -> tuple[list[dict[str, Any]], str]:
        if request.GET.get("again"):
            return self._again(request, request.GET["again"])
        if request.GET.get("missing"):
            missing = needed.missing(day_of(timezone.now()))
            return [pair._asdict() for pair in missing[:MOST]], ""
        keys = [
            tuple(text.split(":", 1)) for text in request.GET.getlist("row")[:MOST] if ":" in text
        ]
        known = in_force(keys)
        return [proposal(known[key]) for key in keys if key in known], ""

    def _again(self, request: HttpRequest, name: str) -> tuple[list[dict[str, Any]], str]:
        try:
            waiting = self._waiting(request, name)
        except Conflict:
            return [], ""
        plan = self.resource().plan(waiting.rows, by=request.user, at=timezone.now())
        rows = [proposal(Rate(**rate_row(row)._asdict())) for row in plan.rows if not row.reasons]
        return rows, waiting.notes.get("reason", "")

    def _form_page(
        self, request: HttpRequest, rows, reason: ReasonForm, *, status: int = 200
    ) -> HttpResponse:
        missing = needed.missing(day_of(timezone.now()))
        return self._shown(
            request,
            "admin/monitoring/rate_form.html",
            status,
            title=_("Rates and price indices to approve"),
            rows=rows,
            reason=reason,
            missing=len(missing),
            most=MOST,
        )

    # --- what the rows would change, of the form or of a file

    def notes(self, plan: Plan) -> dict[str, Any]:
        return {"seen": seen_of(plan.rows)}

    def beside(self, request: HttpRequest, plan: Plan) -> dict[str, Any]:
        changed = [row for row in plan.rows if row.status == Status.CHANGED]
        finished = Report.objects.visible_to(request.user).finished()
        replaced = [("", row.instance.approved_in_id) for row in changed]  # type: ignore[union-attr]
        reports = stale.would_become(replaced, finished) if changed else []
        return {
            "title": _("What these rates would change"),
            "stale": reports[:REPORTS_SHOWN],
            "stale_count": len(reports),
            "uses": uses(plan.to_store),
            "replaces": len(changed),
            "reason": ReasonForm(),
        }

    def _confirm(self, request: HttpRequest) -> HttpResponse:
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
            return self._looked_at_anew(request, waiting, reason, error, timezone.now())

    def _looked_at_anew(
        self,
        request: HttpRequest,
        waiting: previews.Waiting,
        reason: str,
        error: DomainError,
        at: dt.datetime,
    ) -> HttpResponse:
        """Why nothing was stored, above what the rows would do as things stand now."""
        previews.drop(waiting)
        plan = self.resource().plan(waiting.rows, by=request.user, at=at)
        overtaken = [told(each) for each in error.context.get("overtaken", ())]
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
            overtaken=overtaken,
            reason=ReasonForm(initial={"reason": reason}),
        )

    def _waiting(self, request: HttpRequest, name: str) -> previews.Waiting:
        return previews.look(name, table=RateResource.table(), by=request.user, at=timezone.now())

    def _shown(
        self, request: HttpRequest, template: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        return render(request, template, self.around(request, **context), status=status)


@transaction.atomic
def approve_waiting(
    waiting: previews.Waiting, reason: str, *, by: User, at: dt.datetime
) -> tuple[Approval, int]:
    """Approve the rows that wait, if what they were compared with is still in force; how many are
    new or corrected.

    Two confirmations at one moment: the second waits for the lock of the person and finds nothing.
    Refused, they wait on.
    """
    for_update(User.objects.all()).get(pk=by.pk)
    waiting = previews.look(waiting.name, table=waiting.table, by=by, at=at)
    plan = RateResource().plan(waiting.rows, by=by, at=at)
    if any(row.reasons for row in plan.rows):
        raise Invalid(_("Nothing is stored unless every row can be."))
    rows = [rate_row(row) for row in plan.rows]
    approval = approve_rates(rows, reason, by=by, at=at, seen=seen_again(waiting.notes["seen"]))
    if waiting.digest:
        counts = {status.value: count for status, count in plan.counts.items() if count}
        audit.record(
            verb="import.confirmed",
            on=f"T:{waiting.table}",
            by=by,
            at=at,
            rows=counts,
            sha256=waiting.digest,
        )
    previews.drop(waiting)
    return approval, len(plan.to_store)


APPROVE = Act(
    name="admin:monitoring_rate_approve",
    permission=Permission.MANAGE_RATES,
    action=approve_waiting,
    said=lambda done: (
        _("Approved with N=%(number)s: %(count)s rates are new or corrected.")
        % {"number": done[0].number, "count": done[1]}
    ),
)


def uses(rows: list[PlannedRow]) -> dict[str, Any]:
    """How many approved amounts are told in these currencies and periods, and of which rounds."""
    keys = {key_of(row) for row in rows}
    found = (
        Measurement.objects.live()
        .filter(variable__unit=MONEY, value__isnull=False)
        .filter(currency__in={key[0] for key in keys}, period__in={key[1] for key in keys})
        .order_by()
        .values_list("currency", "period", "round")
        .distinct()
    )
    touched = {
        (currency, period, code) for currency, period, code in found if (currency, period) in keys
    }
    return {
        "pairs": len({each[:2] for each in touched}),
        "rounds": sorted({each[2] for each in touched}),
    }


def told(each: Overtaken) -> dict[str, str]:
    """A rate that somebody else changed: what was seen, what is in force, what these rows say."""

    def words(values) -> str:
        if values is None:
            return _("none")
        return _("rate %(rate)s, index %(index)s") % {
            "rate": fine(values[0]),
            "index": fine(values[1]),
        } + (f" ({values[2]})" if values[2] else "")

    return {
        "key": " ".join(each.key),
        "then": words(each.then),
        "now": words(each.now),
        "given": words(each.given),
    }
