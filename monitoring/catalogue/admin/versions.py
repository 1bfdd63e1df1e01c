"""Rooms of the catalogue: its versions, what a draft changes, and its publication.

The rows have theirs in catalogue_rows.
"""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from monitoring.catalogue import acts, drafts
from monitoring.catalogue.changes.comparison import compare, consequences
from monitoring.catalogue.contents import TABLES, Contents
from monitoring.catalogue.versions import key_of
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, Check, Indicator, Submission, Variable
from monitoring.record.catalogue_export import catalogue_zip
from pip_network.administration.rooms import ThroughActions, site
from pip_network.people.access import Permission, can
from pip_network.web.acts import carry_out

NOTE_HELP = gettext_lazy("What the version is for, in a few words: whoever works on it reads it.")


def _count(model: type) -> Coalesce:
    rows = (
        model.objects.filter(catalogue=OuterRef("pk"))
        .order_by()
        .values("catalogue")
        .annotate(n=Count("pk"))
    )
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


@admin.register(CatalogueVersion, site=site)
class CatalogueVersionAdmin(ThroughActions):
    purpose = gettext_lazy(
        "What is asked, computed and checked, version by version. A change is drafted here, "
        "compared and published."
    )
    permission = Permission.MANAGE_CATALOGUE
    fields: ClassVar = ["note"]
    list_display: ClassVar = [
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

    def add(self, *, by, at, **given):
        return drafts.start_draft(**given, by=by, at=at)

    def change(self, *, row, by, at, **changes):
        return drafts.change_note(number=row.pk, note=changes.get("note", row.note), by=by, at=at)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def history_key(self, obj) -> str:
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
    def variable_count(self, row) -> int:
        return row.variable_count

    @admin.display(description=gettext_lazy("indicators"))
    def indicator_count(self, row) -> int:
        return row.indicator_count

    @admin.display(description=gettext_lazy("checks"))
    def check_count(self, row) -> int:
        return row.check_count

    @admin.display(description=gettext_lazy("submissions that use it"))
    def submission_count(self, row) -> int:
        return row.submission_count

    def changelist_view(self, request, extra_context=None):
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

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(
            request,
            _("Version %(number)s is a draft now. Nobody works with it before it is published.")
            % {"number": obj.pk},
        )
        return redirect("admin:monitoring_catalogueversion_change", obj.pk)

    def response_change(self, request, obj):
        messages.success(request, _("The note is saved."))
        return redirect("admin:monitoring_catalogueversion_change", obj.pk)

    # --- what it changes, its files, its end and its publication

    def get_urls(self):
        own = [
            ("compare", require_GET(self.compare_view)),
            ("files.zip", require_GET(self.files_view)),
            ("discard", require_http_methods(["GET", "POST"])(self.discard_view)),
            ("publish", require_http_methods(["GET", "POST"])(self.publish_view)),
        ]
        return [
            path(
                f"<path:object_id>/{name}" + ("" if "." in name else "/"),
                self.admin_site.admin_view(view),
                name=f"monitoring_catalogueversion_{name.partition('.')[0]}",
            )
            for name, view in own
        ] + super().get_urls()

    def _version(
        self, request: HttpRequest, object_id: str, *, draft: bool = False
    ) -> CatalogueVersion:
        """The version asked for.

        `draft`: for who keeps the catalogue, and only while it is one; else it does not exist.
        """
        version = self.get_object(request, unquote(object_id))
        if version is None or (
            draft and not (version.is_draft and can(request.user, self.permission))
        ):
            raise Http404
        return version

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self._version(request, object_id)
        comparison = compare(version)
        title = (
            _("What version %(number)s changes") % {"number": version.number}
            if comparison.before
            else _("Version %(number)s is the first") % {"number": version.number}
        )
        return self._page(
            request,
            "compare",
            version,
            title=title,
            comparison=comparison,
            keeps=can(request.user, self.permission),
        )

    def files_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self._version(request, object_id)
        headers = {"Content-Disposition": f'attachment; filename="catalogue-v{version.number}.zip"'}
        return HttpResponse(
            catalogue_zip(version.number), content_type="application/zip", headers=headers
        )

    def discard_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self._version(request, object_id, draft=True)
        if request.method != "POST":
            title = _("Discard version %(number)s") % {"number": version.number}
            return self._page(request, "discard", version, title=title)
        versions = reverse("admin:monitoring_catalogueversion_changelist")
        number = {"number": version.number}
        return carry_out(request, acts.DISCARD, number, after=versions, back=versions)

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What it changes and what follows from that, then the reason; what was looked at is what
        is published.
        """
        version = self._version(request, object_id, draft=True)
        return carry_out(
            request,
            acts.PUBLISH,
            {"number": version.number},
            template="admin/catalogue/publish.html",
            context=lambda _form: self._to_publish(request, version),
            after=reverse("admin:monitoring_catalogueversion_change", args=[version.pk]),
        )

    def _to_publish(self, request: HttpRequest, version: CatalogueVersion) -> dict[str, Any]:
        comparison = compare(version)
        return self.around(
            request,
            version=version,
            comparison=comparison,
            title=_("Publish version %(number)s") % {"number": version.number},
            consequences=consequences(comparison),
            seen=Contents.of(version.number).stamp,
        )

    def _page(self, request, template: str, version, **about: Any) -> HttpResponse:
        page = self.around(request, version=version, **about)
        return render(request, f"admin/catalogue/{template}.html", page)


def draft_of(request: HttpRequest) -> CatalogueVersion | None:
    """The draft there is; read once per request."""
    if not hasattr(request, "catalogue_draft"):
        request.catalogue_draft = CatalogueVersion.objects.filter(
            status=CatalogueStatus.DRAFT
        ).first()
    return request.catalogue_draft


def title_of(version: CatalogueVersion) -> str:
    return _("Catalogue, version %(number)s: %(status)s") % {
        "number": version.number,
        "status": version.get_status_display().lower(),
    }


def _only_save() -> dict[str, bool]:
    return {"show_save_and_add_another": False, "show_save_and_continue": False}
