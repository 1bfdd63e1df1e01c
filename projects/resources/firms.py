"""The table of firms as a file."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
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

TaxId = tuple[str, str]  # country, tax identification


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

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("country")

    def find(self, rows: Sequence[PlannedRow[Firm]]) -> None:
        """By code; a row without one by country and tax identification."""
        super().find(rows)
        for row in rows:
            if row.values["code"] and row.instance is None:
                row.refuse(_("No firm has this code: leave it blank to register a new firm."))
        without_code = [row for row in rows if not row.values["code"] and row.values.get("tax_id")]
        if not without_code:
            return
        by_tax_id = self._by_tax_id({_tax_id_of(row) for row in without_code})
        for row in without_code:
            row.instance = by_tax_id.get(_tax_id_of(row))
            if row.instance is not None:
                row.values["code"] = row.instance.code
            row.key = row.values["code"] or row.values["tax_id"]

    def _by_tax_id(self, tax_ids: set[TaxId]) -> dict[TaxId, Firm]:
        """Of every firm the identification alone, and the rows of those that the file is about."""
        identified = Firm.objects.exclude(tax_id="").values_list("country_id", "tax_id", "pk")
        codes = [code for country, tax_id, code in identified if (country, tax_id) in tax_ids]
        firms = self.with_related(Firm.objects.filter(pk__in=codes))
        return {(firm.country_id, firm.tax_id): firm for firm in firms}

    def check(self, rows: Sequence[PlannedRow[Firm]], *, at: dt.datetime) -> None:
        for row in rows:
            _refuse_locked(row)
            if (row.instance is None or "name" in row.changes) and not row.values.get("name"):
                row.refuse(_("A firm needs a name."))
            refuse_change(row, "closed_on", _("The day of closing does not change by import."))
        _refuse_repeated_tax_ids(rows)
        _refuse_registered_names(rows)

    def needs_rehearsal(self, row: PlannedRow[Firm]) -> bool:
        """A new firm that is not closed at once meets no rule but those of the columns and of
        `check`.
        """
        return row.instance is not None or _closes(row)

    def save(self, rows: Sequence[PlannedRow[Firm]], *, by: User, at: dt.datetime) -> None:
        new = [row for row in rows if row.instance is None]
        of_the_registry = [(row, row.instance) for row in rows if row.instance is not None]
        registered = (
            actions.register_firms(firms=[_new_firm(row) for row in new], by=by, at=at)
            if new
            else []
        )
        updates = [
            (firm, changes)
            for row, firm in of_the_registry
            if (changes := changes_of(row, OF_FIRM))
        ]
        if updates:
            actions.update_firms(updates=updates, by=by, at=at)
        for row, firm in [*zip(new, registered, strict=True), *of_the_registry]:
            if _closes(row):
                _close(firm, row, by=by, at=at)


def _tax_id_of(row: PlannedRow[Firm]) -> TaxId:
    return row.values["country"].pk, row.values["tax_id"]


def _refuse_locked(row: PlannedRow[Firm]) -> None:
    """A firm whose facts are gone or that is out of the lists does not change."""
    firm = row.instance
    if firm is None or not row.changes:
        return
    if firm.anonymised_at is not None:
        row.refuse(_("The firm was anonymised: its facts are gone for good."), conflict=True)
    elif firm.archived_at is not None:
        row.refuse(_("The firm %(code)s is archived.") % {"code": firm.code}, conflict=True)


def _refuse_repeated_tax_ids(rows: Sequence[PlannedRow[Firm]]) -> None:
    numbers: dict[TaxId, int] = {}
    for row in rows:
        if not row.values.get("tax_id"):
            continue
        first = numbers.setdefault(_tax_id_of(row), row.number)
        if first != row.number:
            row.refuse(
                _("Row %(row)s has the same tax identification.") % {"row": first}, conflict=True
            )


def _refuse_registered_names(rows: Sequence[PlannedRow[Firm]]) -> None:
    """A new firm without a tax identification is told apart by its name alone."""
    unidentified = [
        row
        for row in rows
        if row.instance is None and not row.reasons and not row.values.get("tax_id")
    ]
    if not unidentified:
        return
    registered = {
        (country, fold(name))
        for country, name in Firm.objects.current().values_list("country_id", "name")
    }
    for row in unidentified:
        if (row.values["country"].pk, fold(row.values["name"])) in registered:
            row.refuse(
                _(
                    "A firm of this name is registered in this country: give its code if it is "
                    "the same one."
                ),
                conflict=True,
            )


def _new_firm(row: PlannedRow[Firm]) -> NewFirm:
    return NewFirm(**{name: row.values[name] for name in OF_FIRM if name in row.values})


def _closes(row: PlannedRow[Firm]) -> bool:
    return bool({"closed_on", "closing_reason"} & set(row.changes))


def _close(firm: Firm, row: PlannedRow[Firm], *, by: User, at: dt.datetime) -> None:
    """On the day that the row names, today otherwise."""
    actions.close_firm(
        firm=firm,
        closed_on=row.values.get("closed_on") or day_of(at),
        reason=row.values.get("closing_reason", ""),
        by=by,
        at=at,
    )
