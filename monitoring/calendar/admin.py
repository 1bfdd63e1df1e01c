"""The room of rounds: what the calendar holds, creating rounds, setting other days for one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monitoring.calendar import acts
from monitoring.calendar.lateness import consequences, in_order, mark, with_progress
from monitoring.calendar.rounds import missing_rounds
from monitoring.models import Round
from pip_network import audit
from pip_network.administration.rooms import ReadOnly
from pip_network.administration.site import site
from pip_network.models import User
from pip_network.web import formats
from pip_network.web.acts import carry_out, sent
from pip_network.web.days import day_of
from pip_network.web.signed_in import SignedInRequest
from projects import semesters

LISTED = 200  # submissions that the page of a round shows; those to look at come first


@admin.register(Round, site=site)
class RoundAdmin(ReadOnly):
    """The list of rounds and the page of each; changing them is an act."""

    purpose = gettext_lazy(
        "Semesters of the network: when entry opens and when it is due. Create the next ones, or "
        "set other days."
    )
    change_list_template = "admin/monitoring/rounds.html"
    list_display = (
        "code",
        "period",
        "opens_on",
        "due_on",
        "being_entered",
        "in_review",
        "approved",
        "late",
        "handed_in_late",
    )
    list_filter: ClassVar = ["year"]
    search_fields: ClassVar = ["code"]
    ordering: ClassVar = ["-code"]
    show_full_result_count = False

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("open/", guard(self.open_view), name="monitoring_round_open"),
            path("<path:object_id>/days/", guard(self.days_view), name="monitoring_round_days"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return with_progress(super().get_queryset(request), timezone.now())

    @admin.display(description=gettext_lazy("period"))
    def period(self, row: Round) -> str:
        return f"{formats.short_date(row.starts_on)} – {formats.short_date(row.ends_on)}"

    @admin.display(description=gettext_lazy("being entered"), ordering="being_entered")
    def being_entered(self, row: Any) -> int:
        return row.being_entered

    @admin.display(description=gettext_lazy("in review"), ordering="in_review")
    def in_review(self, row: Any) -> int:
        return row.in_review

    @admin.display(description=gettext_lazy("approved"), ordering="approved")
    def approved(self, row: Any) -> int:
        return row.approved

    @admin.display(description=gettext_lazy("late today"), ordering="late")
    def late(self, row: Any) -> int:
        return row.late

    @admin.display(description=gettext_lazy("handed in late"), ordering="handed_in_late")
    def handed_in_late(self, row: Any) -> int:
        return row.handed_in_late

    def changelist_view(self, request, extra_context=None):
        page = {
            "title": _("Rounds"),
            "may_keep": may_keep(request.user),
            "missing": missing_rounds(day_of(timezone.now())),
        }
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._round_page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """It stands on the page of the round."""
        return redirect(
            reverse("admin:monitoring_round_change", args=[self._row(request, object_id).pk])
        )

    def _round_page(self, request: SignedInRequest, code: str) -> HttpResponse:
        row = self._row(request, code)
        now = timezone.now()
        page = self.around(
            request,
            row=row,
            title=_("Round %(code)s") % {"code": row.code},
            may_keep=may_keep(request.user),
            period=formats.date_range(row.starts_on, row.ends_on),
            submissions=[
                (submission, mark(submission, now)) for submission in in_order(row, now)[:LISTED]
            ],
            total=row.submissions.current().count(),
            history=audit.history_of(f"round:{row.code}", reader=request.user),
        )
        return render(request, "admin/monitoring/round.html", page)

    def open_view(self, request: SignedInRequest) -> HttpResponse:
        """Create the rounds that are missing."""
        require_keeper(request.user)
        return require_http_methods(["GET", "HEAD", "POST"])(self._open)(request)

    def _open(self, request: SignedInRequest) -> HttpResponse:
        missing = missing_rounds(day_of(timezone.now()))
        return carry_out(
            request,
            acts.CREATE,
            {},
            form=acts.CREATE.form(sent(request), initial=proposed(missing)),
            template="admin/monitoring/open_rounds.html",
            context=lambda _form: self.around(request, title=_("Create rounds"), missing=missing),
            after="admin:monitoring_round_changelist",
        )

    def days_view(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        """Set another opening or due day, with what that means for each submission."""
        require_keeper(request.user)
        return require_http_methods(["GET", "HEAD", "POST"])(self._days)(request, object_id)

    def _days(self, request: SignedInRequest, code: str) -> HttpResponse:
        row = self._row(request, code)

        def page(form: Any) -> dict[str, Any]:
            # Bound, the form has written into its own row.
            stored = self._row(request, code) if form.is_bound else row
            return self.around(
                request,
                row=stored,
                title=_("Days of round %(code)s") % {"code": code},
                will=consequences(stored, timezone.now()),
            )

        return carry_out(
            request,
            acts.SET_DAYS,
            {"round": row},
            form=acts.SET_DAYS.form(sent(request), instance=row),
            template="admin/monitoring/days.html",
            context=page,
            after=reverse("admin:monitoring_round_change", args=[row.pk]),
        )

    def _row(self, request: SignedInRequest, code: str) -> Any:
        row = self.get_queryset(request).filter(code=code).first()
        if row is None:
            raise Http404
        return row


def may_keep(user: User) -> bool:
    """May this person create rounds and set their days?"""
    return acts.CREATE.is_offered(user)


def require_keeper(user: User) -> None:
    """Raises Http404: for others these pages do not exist."""
    if not may_keep(user):
        raise Http404


def proposed(missing: list[str]) -> dict[str, str]:
    """What is missing; else the round after the last one."""
    if missing:
        return {"first": missing[0], "last": missing[-1]}
    last = Round.objects.order_by("-code").values_list("code", flat=True).first()
    after = semesters.after(last) if last else semesters.of(day_of(timezone.now()))
    return {"first": after, "last": after}
