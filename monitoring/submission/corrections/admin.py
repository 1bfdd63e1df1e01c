"""The room of what approval froze: looking up a unit of an approved round, and its versions."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.filters import (
    ChoicesFieldListFilter,
    FieldListFilter,
    RelatedFieldListFilter,
)
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monitoring.models import Observation
from monitoring.models.approvals import RecordQuerySet
from monitoring.submission.corrections import words
from monitoring.submission.corrections.versions import CORRECTABLE, frozen_observations, versions_of
from monitoring.submission.corrections.views import correct
from pip_network.administration.rooms import ReadOnly
from pip_network.administration.site import site
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.again import confirm_identity
from pip_network.web.signed_in import SignedInRequest


def titled(filter_of: type[FieldListFilter], title: str | Promise) -> type[FieldListFilter]:
    """A filter named in words: the columns of the record have no names for readers."""

    # The base is known only when it is called.
    class Titled(filter_of):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


@admin.register(Observation, site=site)
class ObservationAdmin(ReadOnly):
    """Looking up what was frozen; corrections go their own way."""

    purpose = gettext_lazy(
        "What approval froze of each firm, network and project. An attribute that is wrong in an "
        "approved round is corrected here, with a reason."
    )
    change_list_template = "admin/monitoring/observations.html"
    list_display = ("unit", "of_project", "of_round", "of_kind", "says", "approval")
    list_filter = (
        ("round", titled(RelatedFieldListFilter, gettext_lazy("round"))),
        ("project", titled(RelatedFieldListFilter, gettext_lazy("project"))),
        ("level", titled(ChoicesFieldListFilter, gettext_lazy("level"))),
        ("kind", titled(ChoicesFieldListFilter, gettext_lazy("kind"))),
    )
    search_fields: ClassVar = ["subject", "firm__named", "network__named", "project__named"]
    ordering: ClassVar = ["-round", "project", "subject", "kind"]
    list_select_related: ClassVar = ["firm", "network", "project"]
    show_full_result_count = False
    list_per_page = 50

    def get_urls(self):
        correct = self.admin_site.admin_view(self.correct_view)
        place = "<path:object_id>/correct/<slug:attribute>/"
        return [path(place, correct, name="monitoring_observation_correct"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        """Those in force; the page of one shows its other versions."""
        return cast("RecordQuerySet", super().get_queryset(request)).live()

    @admin.display(description=gettext_lazy("unit"), ordering="subject")
    def unit(self, row: Observation) -> str:
        return words.unit_words(row)

    @admin.display(description=gettext_lazy("project"), ordering="project")
    def of_project(self, row: Observation) -> str:
        return row.project_id

    @admin.display(description=gettext_lazy("round"), ordering="round")
    def of_round(self, row: Observation) -> str:
        return row.round_id

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def of_kind(self, row: Observation) -> str:
        return row.get_kind_display()

    @admin.display(description=gettext_lazy("country, sector, size"))
    def says(self, row: Observation) -> str:
        return " · ".join(
            words.value_words(name, getattr(row, name)) for name in ("country", "sector", "size")
        )

    @admin.display(description=gettext_lazy("approval"), ordering="approved_in")
    def approval(self, row: Observation) -> str:
        return f"N={row.approved_in_id}"

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Approved units"), **(extra_context or {})}
        return super().changelist_view(request, context)

    # --- one unit in one round

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return require_safe(self._unit_page)(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The versions are the history."""
        row = self._row(object_id)
        return redirect(reverse("admin:monitoring_observation_change", args=[row.pk]))

    def _unit_page(self, request: SignedInRequest, number: str) -> HttpResponse:
        row = self._row(number)
        rows = versions_of(row).select_related("approved_in__approver").order_by("-approved_in")
        versions = frozen_observations(rows)
        newest, older = versions[0].row, [*versions[1:], None]
        may = may_correct(request.user) and newest.superseded_in_id is None
        return self.draw(
            request,
            "admin/monitoring/observation.html",
            row=newest,
            title=f"{words.unit_words(newest)} · {newest.round_id} · {newest.get_kind_display()}",
            attributes=words.attributes_of(versions[0]),
            correctable=CORRECTABLE[newest.level] if may else (),
            versions=[
                (version.row, words.differences(before, version) if before else [])
                for version, before in zip(versions, older, strict=True)
            ],
        )

    def correct_view(
        self, request: SignedInRequest, object_id: str, attribute: str
    ) -> HttpResponse:
        """Another value for one attribute, for which rounds and why."""
        if not may_correct(request.user):
            raise Http404
        guarded = require_http_methods(["GET", "HEAD", "POST"])(confirm_identity(self._correct))
        return guarded(request, object_id, attribute)

    def _correct(self, request: SignedInRequest, number: str, attribute: str) -> HttpResponse:
        row = self._row(number)
        if attribute not in CORRECTABLE[row.level]:
            raise Http404
        return correct(self, request, row, attribute)

    def _row(self, number: str) -> Observation:
        is_number = number.isascii() and number.isdigit() and len(number) < 18
        rows = Observation.objects.select_related("firm", "network", "project", "round")
        row = rows.filter(pk=int(number)).first() if is_number else None
        if row is None:
            raise Http404
        return row

    def draw(
        self,
        request: SignedInRequest,
        template: str,
        status: int = 200,
        *,
        row: Observation,
        **context: Any,
    ) -> HttpResponse:
        """A page about the unit of `row`."""
        context = self.around(request, row=row, unit=words.unit_words(row), **context)
        return render(request, template, context, status=status)


def may_correct(user: User) -> bool:
    """May this person correct what approval froze?"""
    return access.can(user, Permission.MANAGE_REGISTRY)
