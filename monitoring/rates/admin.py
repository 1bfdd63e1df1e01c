"""The room of exchange rates and price indices: what is in force, and its versions."""

import datetime as dt
from typing import ClassVar, cast

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from monitoring.models import Rate
from monitoring.models.approvals import RecordQuerySet
from monitoring.rates import needed
from monitoring.rates.approval_pages import RateApprovalPages
from monitoring.rates.resources import rate_text
from pip_network import audit
from pip_network.administration.site import site
from pip_network.web.days import day_of
from pip_network.web.signed_in import SignedInRequest


@admin.register(Rate, site=site)
class RateAdmin(RateApprovalPages):
    """What is in force, and the versions of each; approving is in RateApprovalPages."""

    purpose = gettext_lazy(
        "Exchange rates and price indices in force. New and corrected ones are approved together, "
        "with a reason."
    )
    import_export_change_list_template = "admin/monitoring/rates.html"
    list_display = (
        "currency",
        "period",
        "rate",
        "index",
        "source",
        "approval",
        "approved_at",
        "approver",
    )
    list_filter: ClassVar = ["currency"]
    search_fields: ClassVar = ["currency", "period", "source"]
    few = True
    ordering: ClassVar = ["currency", "-period"]
    list_select_related: ClassVar = ["approved_in__approver"]
    show_full_result_count = False
    list_per_page = 50

    def get_urls(self):
        form = self.admin_site.admin_view(self.form_view)
        return [path("approve/", form, name="monitoring_rate_approve"), *super().get_urls()]

    def get_queryset(self, request):
        """Those in force; the page of one shows its other versions."""
        return cast("RecordQuerySet", super().get_queryset(request)).live()

    @admin.display(description=gettext_lazy("local units per US$"), ordering="usd_rate")
    def rate(self, row: Rate) -> str:
        return rate_text(row.usd_rate)

    @admin.display(description=gettext_lazy("price index"), ordering="cpi")
    def index(self, row: Rate) -> str:
        return rate_text(row.cpi)

    @admin.display(description=gettext_lazy("approval"), ordering="approved_in")
    def approval(self, row: Rate) -> str:
        return f"N={row.approved_in_id}"

    @admin.display(description=gettext_lazy("approved on"), ordering="approved_in")
    def approved_at(self, row: Rate) -> dt.date:
        return row.approved_in.at.date()

    @admin.display(description=gettext_lazy("approver"))
    def approver(self, row: Rate) -> str:
        return row.approved_in.approved_by

    def changelist_view(self, request, extra_context=None):
        page = {
            "title": _("Rates"),
            "missing": needed.missing(day_of(timezone.now())),
            "may_approve": self.has_import_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._rate_page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The versions are the history."""
        return redirect(reverse("admin:monitoring_rate_change", args=[self._row(object_id).pk]))

    def _rate_page(self, request: SignedInRequest, number: str) -> HttpResponse:
        """One currency and period, with all its versions."""
        row = self._row(number)
        versions = list(
            Rate.objects.filter(currency=row.currency, period=row.period)
            .order_by("-approved_in")
            .select_related("approved_in__approver")
        )
        keys = [f"A:{version.approved_in_id}" for version in versions]
        page = self.around(
            request,
            title=f"{row.currency} {row.period}",
            row=row,
            versions=[
                (version, rate_text(version.usd_rate), rate_text(version.cpi))
                for version in versions
            ],
            history=audit.history_of(*keys, reader=request.user),
            may_approve=self.has_import_permission(request),
        )
        return render(request, "admin/monitoring/rate.html", page)

    def _row(self, number: str) -> Rate:
        row = (
            Rate.objects.filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 18
            else None
        )
        if row is None:
            raise Http404
        return row
