"""The table of firms as a file."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.files.importing import (
    Choice,
    Code,
    Day,
    Identifier,
    PlannedRow,
    TableResource,
    Text,
    refuse_twins,
)
from pip_network.folding import fold
from pip_network.models import User
from pip_network.web.days import day_of
from projects import actions
from projects.actions.firms import EDITABLE as OF_FIRM
from projects.actions.firms import NewFirm
from projects.choices import ClosingReason, OwnerSex, Sector
from projects.models import Country, Firm
from projects.resources.changes import changes_of, refuse_change
from projects.tax_ids import tax_key

TaxKey = tuple[str, str]  # country, normal form of the tax identification
NO_KEY: TaxKey = ("", "")


class FirmResource(TableResource):
    model = Firm
    key = ("code",)
    columns = (
        Text("code", help=gettext_lazy("Blank for a new firm: the portal draws its code")),
        Text("name"),
        Identifier("tax_id"),
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
        without_code = [row for row in rows if not row.values["code"] and _key_of(row)]
        if not without_code:
            return
        firms = self._by_tax_id({key for row in without_code if (key := _key_of(row))})
        for row in without_code:
            _identify(row, firms.get(_key_of(row) or NO_KEY, []))

    def _by_tax_id(self, keys: set[TaxKey]) -> dict[TaxKey, list[Firm]]:
        """Of every firm the identification alone, and the rows of those that the file is about."""
        identified = Firm.objects.exclude(tax_key="").values_list("country_id", "tax_key", "pk")
        codes = [code for country, key, code in identified if (country, key) in keys]
        firms: dict[TaxKey, list[Firm]] = {}
        for firm in self.with_related(Firm.objects.filter(pk__in=codes)):
            firms.setdefault((firm.country_id, firm.tax_key), []).append(firm)
        return firms

    def check(self, rows: Sequence[PlannedRow[Firm]], *, at: dt.datetime) -> None:
        for row in rows:
            _refuse_locked(row)
            if (row.instance is None or "name" in row.changes) and not row.values.get("name"):
                row.refuse(_("A firm needs a name."))
            refuse_change(row, "closed_on", _("The day of closing does not change by import."))
        refuse_twins(rows, _key_of, _("Row %(row)s has the same tax identification."))
        _refuse_registered_names(rows)
        _refuse_repeated_names(rows)

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


def _key_of(row: PlannedRow[Firm]) -> TaxKey | None:
    """However the identification is written; None without one."""
    key = tax_key(row.values.get("tax_id") or "")
    return (row.values["country"].pk, key) if key else None


def _identify(row: PlannedRow[Firm], firms: Sequence[Firm]) -> None:
    """The firm of its identification, which stays written as it is in the registry."""
    same = [firm for firm in firms if firm.tax_id == row.values["tax_id"]]
    if len(firms) > 1 and not same:
        row.refuse(
            _("Firms %(codes)s have this tax identification: give the code of the one it is.")
            % {"codes": ", ".join(sorted(firm.code for firm in firms))},
            conflict=True,
        )
    elif firms:
        row.instance = [*same, *firms][0]
        row.values["code"], row.values["tax_id"] = row.instance.code, row.instance.tax_id
    row.key = row.values["code"] or row.values["tax_id"]


def _refuse_locked(row: PlannedRow[Firm]) -> None:
    """A firm whose facts are gone or that is out of the lists does not change."""
    firm = row.instance
    if firm is None or not row.changes:
        return
    if firm.anonymised_at is not None:
        row.refuse(_("The firm was anonymised: its facts are gone for good."), conflict=True)
    elif firm.archived_at is not None:
        row.refuse(_("The firm %(code)s is archived.") % {"code": firm.code}, conflict=True)


def _refuse_registered_names(rows: Sequence[PlannedRow[Firm]]) -> None:
    """A new firm without a tax identification is told apart by its name alone."""
    unidentified = [row for row in rows if _is_new(row) and _key_of(row) is None]
    if not unidentified:
        return
    registered = set(Firm.objects.current().values_list("country_id", "folded"))
    for row in unidentified:
        if _name_of(row) in registered:
            row.refuse(
                _(
                    "A firm of this name is registered in this country: give its code if it is "
                    "the same one."
                ),
                conflict=True,
            )


def _refuse_repeated_names(rows: Sequence[PlannedRow[Firm]]) -> None:
    """Of new firms of one name, those that no tax identification tells from the first of them."""
    unidentified = {_name_of(row) for row in rows if _is_new(row) and _key_of(row) is None}
    refuse_twins(
        [row for row in rows if _is_new(row) and _name_of(row) in unidentified],
        _name_of,
        _("Row %(row)s of the file is a firm of this name in this country already."),
    )


def _is_new(row: PlannedRow[Firm]) -> bool:
    return row.instance is None and not row.reasons


def _name_of(row: PlannedRow[Firm]) -> tuple[str, str]:
    return row.values["country"].pk, fold(row.values["name"])


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
