"""The registry's tables as files: each saved through the registry's own actions."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.choices import Origin
from pip_network.files.importing import (
    Amount,
    Choice,
    Code,
    Codes,
    Day,
    PlannedRow,
    TableResource,
    Text,
    Whole,
)
from pip_network.files.importing.facts import FactResource
from pip_network.models import Institution, User
from pip_network.web.days import day_of
from pip_network.web.text import fold
from projects import actions
from projects.actions.firms import EDITABLE as OF_FIRM
from projects.actions.firms import NewFirm
from projects.actions.memberships import Joining
from projects.actions.networks import EDITABLE as OF_NETWORK
from projects.actions.projects import EDITABLE as OF_PROJECT
from projects.choices import ClosingReason, LeavingReason, OwnerSex, Sector, Typology
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily


def changes_of(row: PlannedRow, names: Sequence[str]) -> dict:
    return {name: new for name, (_old, new) in row.changes.items() if name in names}


def refuse_change(row: PlannedRow, name: str, sentence: str) -> None:
    """A fact that is told once and does not change by a file: its day may be given, not moved and
    not taken away.
    """
    if row.instance is not None and name in row.changes and row.changes[name][0]:
        row.refuse(sentence)


class CountryResource(FactResource):
    model = Country
    key = ("iso2",)
    columns = (
        Text(
            "iso2", required=True, fixed=True, help=gettext_lazy("Two capital letters of ISO 3166")
        ),
        Text("currency", required=True, help=gettext_lazy("Three capital letters of ISO 4217")),
        Whole("decimals_shown", required=True),
        Choice("origin", Origin, required=True),
        Text("note"),
    )


class ProjectFamilyResource(FactResource):
    model = ProjectFamily
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Text("name_es", required=True),
        Text("name_en", required=True),
        Text("name_pt", required=True),
    )


class ProjectResource(TableResource):
    model = Project
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Code("family", ProjectFamily.objects.all, required=True),
        Text("name", required=True),
        Text("summary"),
        Code("executing_institution", Institution.objects.all, key="slug", required=True),
        Codes("countries", Country.objects.all, required=True),
        Text("typology_label"),
        Day("starts_on", required=True),
        Day("ends_on", required=True),
        Amount("amount_fomin", required=True),
        Amount("amount_local", required=True),
    )
    explanation = gettext_lazy(
        "A code that the registry knows changes that project; another one registers a new project."
    )

    def with_related(self, queryset):
        return queryset.select_related("family", "executing_institution").prefetch_related(
            "countries"
        )

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                actions.create_project(**row.values, by=by, at=at)
            else:
                changes = changes_of(row, (*OF_PROJECT, "countries"))
                actions.update_project(project=row.instance, **changes, by=by, at=at)


class NetworkResource(TableResource):
    model = Network
    key = ("code",)
    columns = (
        Text("code", required=True, fixed=True),
        Code("project", Project.objects.all, required=True, fixed=True),
        Text("name", required=True),
        Choice("typology", Typology, required=True),
        Choice("sector", Sector, required=True),
        Code("country", Country.objects.all, required=True),
        Text("place"),
        Day("constituted_on", required=True),
        Day("dissolved_on"),
    )
    explanation = gettext_lazy(
        "A code that the registry knows changes that network; another one registers a new "
        "network. A day of dissolution dissolves it: "
        "firms that are still in it leave on that day."
    )

    def with_related(self, queryset):
        return queryset.select_related("project", "country")

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        for row in rows:
            refuse_change(
                row, "dissolved_on", _("The day of dissolution does not change by import.")
            )

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            network, values = row.instance, dict(row.values)
            dissolved_on = values.pop("dissolved_on", None)
            if network is None:
                network = actions.create_network(**values, by=by, at=at)
            elif changes := changes_of(row, OF_NETWORK):
                actions.update_network(network=network, **changes, by=by, at=at)
            if "dissolved_on" in row.changes and dissolved_on:
                actions.dissolve_network(network=network, dissolved_on=dissolved_on, by=by, at=at)


class FirmResource(TableResource):
    model = Firm
    key = ("code",)
    columns = (
        Text("code", help=gettext_lazy("Blank for a new firm: the portal draws its code")),
        Text("name"),
        Text("tax_id"),
        Code("country", Country.objects.all, required=True),
        Choice("sector", Sector, default=Sector.UNKNOWN),
        Choice("owner_sex", OwnerSex, default=OwnerSex.UNKNOWN),
        Day("closed_on"),
        Choice("closing_reason", ClosingReason),
    )
    explanation = gettext_lazy(
        "A firm is known by its code; without a code, by its tax identification within its "
        "country. A row with neither registers a new "
        "firm. A day of closing closes it."
    )

    def with_related(self, queryset):
        return queryset.select_related("country")

    def find(self, rows: Sequence[PlannedRow]) -> None:
        """By code; a row without one by country and tax identification."""
        super().find(rows)
        unknown = {
            row.values["code"]: row for row in rows if row.values["code"] and row.instance is None
        }
        for row in unknown.values():
            row.refuse(_("No firm has this code: leave it blank to register a new firm."))
        without_code = [row for row in rows if not row.values["code"] and row.values.get("tax_id")]
        if not without_code:
            return
        tax_ids = {(row.values["country"].pk, row.values["tax_id"]) for row in without_code}
        # Of every firm these three, and the rows of those alone that the file is about.
        known_ids = Firm.objects.exclude(tax_id="").values_list("country_id", "tax_id", "pk")
        codes = [code for country, tax_id, code in known_ids if (country, tax_id) in tax_ids]
        firms = self.with_related(Firm.objects.filter(pk__in=codes))
        by_tax_id = {(firm.country_id, firm.tax_id): firm for firm in firms}
        for row in without_code:
            row.instance = by_tax_id.get((row.values["country"].pk, row.values["tax_id"]))
            if row.instance is not None:
                row.values["code"] = row.instance.code
            row.key = row.values["code"] or row.values["tax_id"]

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        names = None
        tax_ids: dict[tuple[str, str], int] = {}
        for row in rows:
            firm, values = row.instance, row.values
            if firm is not None and row.changes and firm.anonymised_at is not None:
                row.refuse(
                    _("The firm was anonymised: its facts are gone for good."), conflict=True
                )
            elif firm is not None and row.changes and firm.archived_at is not None:
                row.refuse(_("The firm %(code)s is archived.") % {"code": firm.code}, conflict=True)
            if (firm is None or "name" in row.changes) and not values.get("name"):
                row.refuse(_("A firm needs a name."))
            refuse_change(row, "closed_on", _("The day of closing does not change by import."))
            if values.get("tax_id"):
                about = (values["country"].pk, values["tax_id"])
                first = tax_ids.setdefault(about, row.number)
                if first != row.number:
                    row.refuse(
                        _("Row %(row)s has the same tax identification.") % {"row": first},
                        conflict=True,
                    )
            if firm is None and not row.reasons and not values.get("tax_id"):
                if names is None:
                    names = set(Firm.objects.current().values_list("country_id", "name"))
                    names = {(country, fold(name)) for country, name in names}
                if (values["country"].pk, fold(values["name"])) in names:
                    row.refuse(
                        _(
                            "A firm of this name is registered in this country: give its code if "
                            "it is the same one."
                        ),
                        conflict=True,
                    )

    def needs_rehearsal(self, row: PlannedRow) -> bool:
        """A new firm that is not closed at once meets no rule but those of the columns and of
        `check`.
        """
        return row.instance is not None or bool({"closed_on", "closing_reason"} & set(row.changes))

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        new = [row for row in rows if row.instance is None]
        facts = [{name: row.values[name] for name in OF_FIRM if name in row.values} for row in new]
        firms = (
            actions.register_firms(firms=[NewFirm(**values) for values in facts], by=by, at=at)
            if new
            else []
        )
        changed = [
            (row.instance, changes_of(row, OF_FIRM)) for row in rows if row.instance is not None
        ]
        if changed := [(firm, changes) for firm, changes in changed if changes]:
            actions.update_firms(updates=changed, by=by, at=at)
        about = [
            *zip(new, firms, strict=True),
            *((row, row.instance) for row in rows if row.instance is not None),
        ]
        for row, firm in about:
            if {"closed_on", "closing_reason"} & set(row.changes):
                closed_on, reason = (
                    row.values.get("closed_on"),
                    row.values.get("closing_reason", ""),
                )
                actions.close_firm(
                    firm=firm, closed_on=closed_on or day_of(at), reason=reason, by=by, at=at
                )


class MembershipResource(TableResource):
    model = Membership
    key = ("firm", "network", "joined_on")
    columns = (
        Code("firm", Firm.objects.all, required=True, fixed=True),
        Code("network", Network.objects.all, required=True, fixed=True),
        Day("joined_on", required=True, fixed=True),
        Day("left_on"),
        Choice("leaving_reason", LeavingReason),
    )
    explanation = gettext_lazy(
        "A firm, a network and the day of joining name a membership; one that the registry does "
        "not know is a joining. "
        "A day of leaving with its reason ends it."
    )

    def with_related(self, queryset):
        return queryset.select_related("firm", "network")

    def find(self, rows: Sequence[PlannedRow]) -> None:
        networks = {row.values["network"] for row in rows}
        memberships = self.with_related(Membership.objects.filter(network__in=networks))
        by_key = {
            (membership.firm_id, membership.network_id, membership.joined_on): membership
            for membership in memberships
        }
        for row in rows:
            firm, network, joined_on = (row.values[name] for name in self.key)
            row.instance = by_key.get((firm.pk, network.pk, joined_on))

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        for row in rows:
            refuse_change(
                row,
                "left_on",
                _(
                    "A leaving that is registered does not change by import: correct it on the "
                    "firm's page."
                ),
            )
            if (
                bool(row.values.get("left_on")) != bool(row.values.get("leaving_reason"))
                and row.changes
            ):
                row.refuse(_("A leaving needs its day and its reason."))

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        """In the order of days, so that who left may join again in the same file."""
        joinings = [row for row in rows if row.instance is None and not row.values.get("left_on")]
        with_leaving = sorted(
            (row for row in rows if row not in joinings), key=lambda row: row.values["joined_on"]
        )
        for row in with_leaving:
            firm, network, joined_on = (row.values[name] for name in self.key)
            if row.instance is None:
                actions.join_network(firm=firm, network=network, joined_on=joined_on, by=by, at=at)
            left_on, reason = row.values["left_on"], row.values["leaving_reason"]
            actions.leave_network(
                firm=firm, network=network, left_on=left_on, reason=reason, by=by, at=at
            )
        if joinings:
            actions.join_networks(
                joinings=[
                    Joining(**{name: row.values[name] for name in self.key}) for row in joinings
                ],
                by=by,
                at=at,
            )
