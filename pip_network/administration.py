"""The administration's rooms for rare things. One sign-in for the whole portal; for others these rooms do not exist."""

import re
from functools import update_wrapper
from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network import audit
from pip_network.access import Permission, can
from pip_network.models import AuditEvent, Institution, Job, Mail, RoleAssignment, User


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


class Editable(ReadOnly):
    """Reference facts that are corrected by hand, each with its source; never deleted."""

    def has_add_permission(self, request):
        return may_administer(request.user)

    def has_change_permission(self, request, obj=None):
        return may_administer(request.user)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        verb = f"{obj._meta.model_name}.{'corrected' if change else 'added'}"
        on = f"{obj._meta.model_name}:{obj.pk}"
        audit.record(verb=verb, on=on, by=request.user, at=timezone.now(), fields=sorted(form.changed_data))


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnly):
    list_display: ClassVar = ["at", "actor", "verb", "object"]
    list_filter: ClassVar = ["verb"]
    search_fields: ClassVar = ["object", "actor", "request_id"]
    show_full_result_count = False


@admin.register(Institution, site=site)
class InstitutionAdmin(Editable):
    list_display: ClassVar = ["name", "country", "relation", "origin"]
    list_filter: ClassVar = ["relation", "origin"]
    search_fields: ClassVar = ["name", "acronym"]


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
        """Without the key of a forgotten password: who reads it could enter as somebody else."""
        return re.sub(r"(/password/reset/key/)\S+", r"\1***", mail.body)


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
