"""The administration as one site: one sign-in for the whole portal; for others it does not exist."""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission, can
from pip_network.web.signed_in import Reader


def may_administer(user: Reader) -> bool:
    return can(user, Permission.MANAGE_PEOPLE)


class PortalAdminSite(admin.AdminSite):
    site_header = _("Administration of the PIP Network")
    site_title = _("Administration")
    index_title = _("Rare things")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """As Django's, each room with its sentence."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for entry in app["models"]:
                entry["purpose"] = getattr(self.get_model_admin(entry["model"]), "purpose", "")
        return apps

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
            return (
                guarded(request, *args, **kwargs)
                if self.has_permission(request)
                else self.login(request)
            )

        return update_wrapper(knock, view)


site = PortalAdminSite(name="admin")
