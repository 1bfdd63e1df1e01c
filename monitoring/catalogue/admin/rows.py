"""What the rooms of the rows of the catalogue have in common.

Written only in the draft; what is published is read.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monitoring.catalogue import draft_rows
from monitoring.catalogue.acts import removal
from monitoring.catalogue.contents import NAMED, Row
from monitoring.catalogue.versions import key_of
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network.administration.rooms import ThroughActions
from pip_network.models import User
from pip_network.people.access import Permission, can
from pip_network.web.acts import carry_out
from pip_network.web.locks import for_update

from .draft import draft_of
from .fields import field_for

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts  # known to the type checker alone

NAMES: tuple[Any, "_FieldOpts"] = (
    gettext_lazy("Names"),
    {"fields": ["name_es", "name_en", "name_pt"]},
)
DEFINITIONS: tuple[Any, "_FieldOpts"] = (
    gettext_lazy("Definitions"),
    {"fields": ["definition_es", "definition_en", "definition_pt"]},
)


class VersionFilter(admin.SimpleListFilter):
    """Always of one version: the draft while there is one, else the newest."""

    title = gettext_lazy("version")
    parameter_name = "version"

    def __init__(self, request, params, model, model_admin) -> None:
        self.versions = list(CatalogueVersion.objects.order_by("-number"))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (str(version.number), f"{version} ({version.get_status_display().lower()})")
            for version in self.versions
        ]

    def value(self) -> str:
        return super().value() or (str(self.versions[0].number) if self.versions else "0")

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Of a version that there is: any other number may be greater than the database can look
        for.
        """
        by_number = {str(version.number): version for version in self.versions}
        return queryset.filter(catalogue=by_number.get(self.value()))

    def choices(self, changelist: Any) -> Iterator[Any]:
        for number, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: number})
            yield {"selected": self.value() == number, "query_string": query, "display": label}


class RowAdmin(ThroughActions):
    """A table of the catalogue. Every writing holds the version first, as the actions do."""

    permission = Permission.MANAGE_CATALOGUE
    list_select_related: ClassVar[tuple[str, ...]] = ("catalogue",)
    list_per_page = 100
    few = True
    ordering: ClassVar = ["catalogue", "position"]
    change_form_template = "admin/catalogue/row.html"

    @property
    def table_name(self) -> str:
        """How addresses name the table."""
        return self.model.__name__.lower()

    def add(self, *, by: User, at: dt.datetime, **given: Any) -> Row:
        return draft_rows.add_row(table=self.model, **given, by=by, at=at)

    def change(self, *, row: Any, by: User, at: dt.datetime, **changes: Any) -> Row:
        return draft_rows.change_row(row=row, by=by, at=at, **changes)

    def history_key(self, obj: Any) -> str:
        return key_of(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and draft_of(request) is not None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or obj.catalogue.is_draft
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.list_select_related)

    # --- the list

    @admin.display(description=gettext_lazy("name"))
    def named(self, row: Variable | Indicator) -> str:
        return row.name

    @admin.display(description=gettext_lazy("message"))
    def sentence(self, row: Check) -> str:
        return row.message

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Of one version, and says of which; a row is added where it will stand."""
        draft = draft_of(request)
        draft_number = str(draft.number) if draft else ""
        number = request.GET.get("version", "")
        context: dict[str, Any] = {
            "has_add_permission": number in ("", draft_number) and self.has_add_permission(request)
        }
        if number.isdigit() or draft_number:
            names = {
                "table": capfirst(str(self.opts.verbose_name_plural)),
                "number": number or draft_number,
            }
            context["title"] = _("%(table)s of version %(number)s") % names
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # --- one row

    def get_fieldsets(self, request, obj=None):
        (title, first), *others = super().get_fieldsets(request, obj)
        own = ["code", "position"] if obj else ["code"]
        return [(title, {**first, "fields": [*own, *first["fields"]]}), *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return field_for(db_field, request) or super().formfield_for_dbfield(
            db_field, request, **kwargs
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        """All that the rules have against the row, each sentence beside its field."""
        refusal = getattr(request, "refusal", None)
        other_faults = refusal.context.get("faults", [])[1:] if refusal else []

        form: Any = super().get_form(
            request, obj, change, **kwargs
        )  # made just now: no static base

        class FormWithFaults(form):
            def clean(self):
                cleaned = super().clean()
                for fault in other_faults:
                    self.add_error(
                        fault.field if fault.field in self.fields else None, fault.message
                    )
                return cleaned

        return FormWithFaults

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or not can(request.user, self.permission):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            draft = draft_of(request)
            if draft is not None:
                for_update(CatalogueVersion.objects.filter(pk=draft.pk)).first()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["version"] = obj.catalogue
            context["removable"] = (
                self.has_change_permission(request, obj) and obj.code not in NAMED
            )
            context.update(self.about(obj))
        else:
            context["version"] = draft_of(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def about(self, obj: Any) -> dict[str, Any]:
        """What else the page of a row says."""
        return {}

    # --- taking a row out of the draft

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.remove_view))
        return [
            path("<path:object_id>/remove/", view, name=f"monitoring_{self.table_name}_remove"),
            *super().get_urls(),
        ]

    def remove_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        if request.method != "POST":
            names = {"code": row.code, "number": row.catalogue_id}
            title = _("Remove %(code)s from version %(number)s") % names
            page = self.around(request, row=row, title=title, **self.about(row))
            return render(request, "admin/catalogue/remove.html", page)
        rows = reverse(f"admin:monitoring_{self.table_name}_changelist")
        return carry_out(
            request,
            removal(self.table_name),
            {"row": row},
            after=f"{rows}?version={row.catalogue_id}",
            back=reverse(f"admin:monitoring_{self.table_name}_change", args=[row.pk]),
        )
