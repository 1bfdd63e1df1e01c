"""The administration's rooms for rare things. One sign-in for the whole portal; for others these rooms do not exist."""

import datetime as dt
import re
from functools import update_wrapper
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network import audit, facts, institutions
from pip_network.access import Permission, can
from pip_network.errors import DomainError
from pip_network.importing.admin import ImportsAndExports
from pip_network.models import AuditEvent, Institution, Job, Mail, RoleAssignment, User
from pip_network.resources import InstitutionResource


def may_administer(user) -> bool:
    return can(user, Permission.MANAGE_PEOPLE)


class PortalAdminSite(admin.AdminSite):
    site_header = _("Administration of the PIP Network")
    site_title = _("Administration")
    index_title = _("Rare things")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """No second door: visitors go to the portal's sign-in, others are told nothing."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def knock(request, *args, **kwargs):
            return guarded(request, *args, **kwargs) if self.has_permission(request) else self.login(request)

        return update_wrapper(knock, view)


site = PortalAdminSite(name="admin")


class ReadOnly(admin.ModelAdmin):
    """To look something up; every change has its own action elsewhere."""

    @property
    def media(self):
        """No jQuery: no form here needs it, and it writes inline styles that our policy refuses."""
        return forms.Media(js=["admin/js/core.js"])

    def has_module_permission(self, request):
        return may_administer(request.user)

    def has_view_permission(self, request, obj=None):
        return may_administer(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def history_key(self, obj: models.Model) -> str:
        """How the audit trail names a row."""
        return facts.key_of(obj)

    def history_view(self, request, object_id, extra_context=None):
        """What the audit trail says of a row: every door leaves its mark there, not this one only."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(row)s") % {"row": obj},
            "history": audit.history_of(self.history_key(obj), limit=200, reader=request.user),
            "opts": self.opts,
            "object": obj,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/audit_history.html", context)

    def log_addition(self, request, obj, message):
        """The audit trail has it already."""

    log_change = log_addition


class ThroughActions(ReadOnly):
    """Forms whose saving is an action: `add` and `change` call it, and nothing else here writes. Nothing is deleted.

    A rule of the action that says no stands beside its field, and what was typed stays.
    """

    permission = Permission.MANAGE_REGISTRY
    actions = None

    def has_add_permission(self, request):
        return can(request.user, self.permission)

    def has_change_permission(self, request, obj=None):
        return can(request.user, self.permission)

    def add(self, *, by: User, at: dt.datetime, **given: Any) -> models.Model:
        raise NotImplementedError

    def change(self, *, row: models.Model, by: User, at: dt.datetime, **changes: Any) -> models.Model:
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            request.refusal = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        refusal = getattr(request, "refusal", None)

        class Refusable(super().get_form(request, obj, change, **kwargs)):
            def clean(self):
                cleaned = super().clean()
                if refusal is not None:
                    place = refusal.place if refusal.place in self.fields else None
                    self.add_error(place, str(refusal.message))
                return cleaned

        return Refusable

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        by, at = request.user, timezone.now()
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            row = self.model._default_manager.get(pk=obj.pk)  # the form has already written into `obj`
            saved = self.change(row=row, by=by, at=at, **changes)
        else:
            saved = self.add(by=by, at=at, **form.cleaned_data)
        obj.__dict__.update(saved.__dict__)

    def save_related(self, request, form, formsets, change):
        """The action has stored everything."""

    def delete_model(self, request, obj):
        raise PermissionDenied

    delete_queryset = delete_model


class Editable(ThroughActions):
    """Reference facts that are corrected by hand, each with its source; never deleted."""

    def add(self, *, by, at, **given):
        return facts.add_fact(row=self.model(**given), by=by, at=at)

    def change(self, *, row, by, at, **changes):
        return facts.correct_fact(row=row, by=by, at=at, **changes)


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnly):
    list_display: ClassVar = ["at", "actor", "verb", "object"]
    list_filter: ClassVar = ["verb"]
    search_fields: ClassVar = ["object", "actor", "request_id"]
    show_full_result_count = False


@admin.register(Institution, site=site)
class InstitutionAdmin(ImportsAndExports, ThroughActions):
    resource_classes: ClassVar = [InstitutionResource]
    list_display: ClassVar = ["name", "iso2", "country", "relation", "origin", "archived_at"]
    list_filter: ClassVar = ["relation", "origin"]
    search_fields: ClassVar = ["name", "acronym"]
    fields: ClassVar = list(institutions.EDITABLE)

    def add(self, *, by, at, **given):
        return institutions.create_institution(**given, by=by, at=at)

    def change(self, *, row, by, at, **changes):
        return institutions.update_institution(institution=row, **changes, by=by, at=at)

    def history_key(self, obj) -> str:
        return f"I:{obj.pk}"


@admin.register(Job, site=site)
class JobAdmin(ReadOnly):
    list_display: ClassVar = ["requested_at", "kind", "status", "attempts", "finished_at"]
    list_filter: ClassVar = ["status", "kind"]


@admin.register(Mail, site=site)
class MailAdmin(ReadOnly):
    list_display: ClassVar = ["created_at", "to", "subject", "sent_at", "attempts"]
    search_fields: ClassVar = ["to", "subject"]
    exclude: ClassVar = ["body"]
    readonly_fields: ClassVar = ["text"]

    @admin.display(description=_("body"))
    def text(self, mail: Mail) -> str:
        """Without the keys of a forgotten password and of an invitation: who reads them could enter as somebody else."""
        return re.sub(r"(/password/reset/key/|/invitation/)[^\s/]+", r"\1***", mail.body)


@admin.register(RoleAssignment, site=site)
class RoleAssignmentAdmin(ReadOnly):
    list_display: ClassVar = ["person", "role", "scope", "since", "until"]
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["person"]


@admin.register(User, site=site)
class UserAdmin(ReadOnly):
    list_display: ClassVar = ["name", "email", "institution", "is_active", "last_login"]
    list_select_related: ClassVar = ["institution"]
    search_fields: ClassVar = ["name", "email"]
    exclude: ClassVar = ["password", "groups", "user_permissions"]
