"""The table of firms as a file."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.files.importing import Choice, Code, Day, PlannedRow, TableResource, Text
from pip_network.models import User
from pip_network.web.days import day_of
from pip_network.web.text import fold
from projects import actions
from projects.actions.firms import EDITABLE as OF_FIRM
from projects.actions.firms import NewFirm
from projects.choices import ClosingReason, OwnerSex, Sector
from projects.models import Country, Firm
from projects.resources.changes import changes_of, refuse_change


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
        for row in rows:
            if row.values["code"] and row.instance is None:
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
