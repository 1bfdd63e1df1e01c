"""Room of the versions of the catalogue: the list and the form; the other pages of a version are in
`version_pages`.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.catalogue import drafts
from monitoring.catalogue.contents import TABLES
from monitoring.catalogue.versions import key_of
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, Check, Indicator, Submission, Variable
from pip_network.administration.site import site
from pip_network.models import User
from pip_network.people.access import can

from .draft import draft_of
from .version_pages import VersionPages

NOTE_HELP = gettext_lazy("What the version is for, in a few words: whoever works on it reads it.")


def _count(model: type[models.Model]) -> Coalesce:
    rows = (
        model._default_manager.filter(catalogue=OuterRef("pk"))
        .order_by()
        .values("catalogue")
        .annotate(n=Count("pk"))
    )
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


@admin.register(CatalogueVersion, site=site)
class CatalogueVersionAdmin(VersionPages):
    """The versions of the catalogue, and the note of a draft."""

    purpose = gettext_lazy(
        "What is asked, computed and checked, version by version. A change is drafted here, "
        "compared and published."
    )
    fields = ("note",)
    list_display = [
        "__str__",
        "status",
        "published_on",
        "variable_count",
        "indicator_count",
        "check_count",
        "submission_count",
    ]
    ordering: ClassVar = ["-number"]
    change_form_template = "admin/catalogue/version.html"
    change_list_template = "admin/catalogue/versions.html"

    def add(self, *, by: User, at: dt.datetime, **given: Any) -> CatalogueVersion:
        return drafts.start_draft(**given, by=by, at=at)

    def change(self, *, row: Any, by: User, at: dt.datetime, **changes: Any) -> CatalogueVersion:
        return drafts.change_note(number=row.pk, note=changes.get("note", row.note), by=by, at=at)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def history_key(self, obj: Any) -> str:
        return key_of(obj)

    # --- the list

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counts = {
            "variable_count": _count(Variable),
            "indicator_count": _count(Indicator),
            "check_count": _count(Check),
            "submission_count": _count(Submission),
        }
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=gettext_lazy("variables"))
    def variable_count(self, row: Any) -> int:
        return row.variable_count

    @admin.display(description=gettext_lazy("indicators"))
    def indicator_count(self, row: Any) -> int:
        return row.indicator_count

    @admin.display(description=gettext_lazy("checks"))
    def check_count(self, row: Any) -> int:
        return row.check_count

    @admin.display(description=gettext_lazy("submissions that use it"))
    def submission_count(self, row: Any) -> int:
        return row.submission_count

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        free = self.has_add_permission(request) and draft_of(request) is None
        context = {
            "has_add_permission": free,
            "title": capfirst(str(self.opts.verbose_name_plural)),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # --- one version

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["help_texts"] = {"note": NOTE_HELP}
        return super().get_form(request, obj, change, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(
            request,
            form_url,
            {"title": _("Start a draft"), **_only_save(), **(extra_context or {})},
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(
            request, object_id, form_url, {**_only_save(), **(extra_context or {})}
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        draft = draft_of(request)
        if obj is not None:
            context["title"], context["subtitle"] = title_of(obj), None
            newest = (
                CatalogueVersion.objects.exclude(status=CatalogueStatus.DRAFT)
                .order_by("-number")
                .first()
            )
            context["startable"] = (
                draft is None and obj == newest and self.has_add_permission(request)
            )
            context["tables"] = [
                {
                    "title": table._meta.verbose_name_plural,
                    "url": f"{reverse(f'admin:monitoring_{table._meta.model_name}_changelist')}?version={obj.pk}",
                    "count": getattr(obj, f"{table._meta.model_name}_count"),
                }
                for table in TABLES
            ]
            context["has_previous"] = obj.number > 1
            context["keeps"] = can(request.user, self.permission)
        else:
            context["draft"] = draft
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(
            request,
            _("Version %(number)s is a draft now. Nobody works with it before it is published.")
            % {"number": obj.pk},
        )
        return redirect("admin:monitoring_catalogueversion_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("The note is saved."))
        return redirect("admin:monitoring_catalogueversion_change", obj.pk)


def title_of(version: CatalogueVersion) -> str:
    """Number and state of a version."""
    return _("Catalogue, version %(number)s: %(status)s") % {
        "number": version.number,
        "status": version.get_status_display().lower(),
    }


def _only_save() -> dict[str, bool]:
    return {"show_save_and_add_another": False, "show_save_and_continue": False}
