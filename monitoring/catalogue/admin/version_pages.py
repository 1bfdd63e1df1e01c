"""Pages of a version of the catalogue: what it changes, its files, the end and the publication of a
draft.
"""

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from monitoring.catalogue import acts
from monitoring.catalogue.changes.comparison import compare, consequences
from monitoring.catalogue.contents import Contents
from monitoring.models import CatalogueVersion
from monitoring.record.catalogue_export import catalogue_zip
from pip_network.administration.rooms import ThroughActions
from pip_network.people.access import Permission, can
from pip_network.web.acts import carry_out
from pip_network.web.signed_in import SignedInRequest


class VersionPages(ThroughActions):
    """The addresses of one version, besides its form."""

    permission = Permission.MANAGE_CATALOGUE

    def get_urls(self) -> list[URLPattern]:
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
        self, request: SignedInRequest, object_id: str, *, draft: bool = False
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

    def compare_view(self, request: SignedInRequest, object_id: str) -> HttpResponse:
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

    def files_view(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        version = self._version(request, object_id)
        headers = {"Content-Disposition": f'attachment; filename="catalogue-v{version.number}.zip"'}
        return HttpResponse(
            catalogue_zip(version.number), content_type="application/zip", headers=headers
        )

    def discard_view(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        version = self._version(request, object_id, draft=True)
        if request.method != "POST":
            title = _("Discard version %(number)s") % {"number": version.number}
            return self._page(request, "discard", version, title=title)
        versions = reverse("admin:monitoring_catalogueversion_changelist")
        number = {"number": version.number}
        return carry_out(request, acts.DISCARD, number, after=versions, back=versions)

    def publish_view(self, request: SignedInRequest, object_id: str) -> HttpResponse:
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

    def _page(
        self, request: HttpRequest, template: str, version: CatalogueVersion, **about: Any
    ) -> HttpResponse:
        page = self.around(request, version=version, **about)
        return render(request, f"admin/catalogue/{template}.html", page)
