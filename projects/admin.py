"""The registry in the administration: whole tables from and to files, and the few facts that have
no page of their own.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pip_network.administration.archived import ArchivedFilter
from pip_network.administration.rooms import Editable, ReadOnly
from pip_network.administration.site import site
from pip_network.files.importing.admin import ImportsAndExports
from pip_network.models import User
from pip_network.web.orders import place_of
from projects import actions, searching
from projects.forms.countries import CountryForm
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily
from projects.models.country import country_names
from projects.resources.countries import CountryResource
from projects.resources.firms import FirmResource
from projects.resources.memberships import MembershipResource
from projects.resources.networks import NetworkResource
from projects.resources.projects import ProjectFamilyResource, ProjectResource


@admin.register(Country, site=site)
class CountryAdmin(ImportsAndExports, Editable):
    purpose = _("Countries, their currencies and their decimals.")
    resource_classes: ClassVar = [CountryResource]
    form = CountryForm

    def add(self, *, by: User, at: dt.datetime, **values: Any) -> Model:
        values.pop("currency_since")  # a new country has had no other
        values.pop("converted")
        return super().add(by=by, at=at, **values)

    def change(self, *, row: Any, by: User, at: dt.datetime, **changes: Any) -> Country:
        return actions.correct_country(country=row, by=by, at=at, **changes)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """By name, in the reader's language."""
        return [place_of("iso2", country_names()).asc()]

    list_display = ("iso2", "name", "currency", "decimals_shown", "origin")


@admin.register(ProjectFamily, site=site)
class ProjectFamilyAdmin(ImportsAndExports, Editable):
    purpose = _("Families of projects: PIP, and those that followed.")
    resource_classes: ClassVar = [ProjectFamilyResource]
    list_display = ("code", "name_es", "name_pt", "name_en")


class OnItsPage(ImportsAndExports, ReadOnly):
    """Changed on its own page, by the actions of the registry; here whole tables come and go as
    files.
    """

    letter = ""
    show_full_result_count = False  # it would count what is archived

    def history_key(self, obj: Any) -> str:
        return f"{self.letter}:{obj.pk}"


@admin.register(Project, site=site)
class ProjectAdmin(OnItsPage):
    purpose = _(
        "The projects. Each is changed on its own page; the whole table comes and goes as a file."
    )
    letter = "P"
    resource_classes: ClassVar = [ProjectResource]
    list_display = ("code", "name", "family", "starts_on", "ends_on", "archived_at")
    list_filter: ClassVar = [ArchivedFilter, "family"]
    list_select_related: ClassVar = ["family"]
    search_fields, search_meanings = searching.PROJECTS


@admin.register(Network, site=site)
class NetworkAdmin(OnItsPage):
    purpose = _(
        "Networks and clusters. Each is changed on its own page; the whole table comes and goes "
        "as a file."
    )
    letter = "N"
    resource_classes: ClassVar = [NetworkResource]
    list_display = ("code", "name", "project", "typology", "country", "dissolved_on")
    list_filter: ClassVar = [ArchivedFilter, "typology"]
    list_select_related: ClassVar = ["project", "country"]
    search_fields, search_meanings = searching.NETWORKS


@admin.register(Firm, site=site)
class FirmAdmin(OnItsPage):
    purpose = _(
        "The firms. Each is changed on its own page; the whole table comes and goes as a file."
    )
    letter = "F"
    resource_classes: ClassVar = [FirmResource]
    list_display = ("code", "name", "country", "sector", "closed_on", "archived_at")
    list_filter: ClassVar = [ArchivedFilter, "country", "sector"]
    list_select_related: ClassVar = ["country"]
    search_fields, search_meanings = searching.firms_in(Network.objects.all())


@admin.register(Membership, site=site)
class MembershipAdmin(OnItsPage):
    purpose = _(
        "Which firm belongs to which network, from when to when. Changed on the page of the firm, "
        "or from a file."
    )
    resource_classes: ClassVar = [MembershipResource]
    list_display = ("firm", "network", "joined_on", "left_on", "leaving_reason")
    list_filter: ClassVar = [ArchivedFilter, "leaving_reason"]
    list_select_related: ClassVar = ["firm", "network"]
    search_fields: ClassVar = ["firm__code", "firm__named", "network__code", "network__searched"]

    def history_key(self, obj: Any) -> str:
        return f"F:{obj.firm_id}"
