"""The next version of the catalogue, while it is a draft: begun, changed, discarded, published.
What is not a draft never changes.

Each act locks the version first, so that nobody edits a draft that somebody else is publishing.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.catalogue.changes.differences import differences
from monitoring.catalogue.contents import (
    NAMED,
    TABLES,
    Contents,
    Row,
    Table,
    begin_series,
    named_words,
    users_of,
)
from monitoring.catalogue.rules import Fault, faults, faults_of
from monitoring.choices import CatalogueStatus
from monitoring.definitions.reading import forget
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.edits import CUT, apply_changes, details
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update

from .loading import newest_published

NOTE = 2000
WORDS = ("name_es", "name_en", "name_pt", "definition_es", "definition_en", "definition_pt")
# What may be changed in a draft. A code is given once: another code is another variable.
EDITABLE: dict[Table, tuple[str, ...]] = {
    Variable: (
        *WORDS,
        "level",
        "theme",
        "unit",
        "value_type",
        "decimals",
        "minimum",
        "maximum",
        "frequency",
        "stock_or_flow",
        "core",
        "asked_at_baseline",
        "applies_to",
        "set_by",
    ),
    Indicator: (
        *WORDS,
        "level",
        "theme",
        "unit",
        "classification",
        "core",
        "direction",
        "rule",
        "numerator",
        "denominator",
        "factor",
        "threshold",
        "min_k",
        "confidential",
        "not_summed_over",
        "applies_to",
        "featured",
        "prices",
        "estimate",
        "shown_in",
        "featured_order",
        "attrition_order",
        "leading_order",
        "drawn_as",
        "alert",
        "sentence_es",
        "sentence_en",
        "sentence_pt",
    ),
    Check: (
        "severity",
        "level",
        "kind",
        "left",
        "operator",
        "right",
        "factor",
        "low",
        "high",
        "then_left",
        "then_operator",
        "then_value",
        "scale",
        "when",
        "message_es",
        "message_en",
        "message_pt",
    ),
}


@transaction.atomic
def start_draft(*, note: str = "", by: User | Process, at: dt.datetime) -> CatalogueVersion:
    """Begin the next version as a copy of the newest published one.

    Raises Conflict when there is a draft already, Invalid when nothing has been published or the
    note is too long.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    newest = newest_published()
    if newest is None:
        raise Invalid(_("No catalogue has been published yet."))
    draft = CatalogueVersion.objects.filter(status=CatalogueStatus.DRAFT).first()
    if draft is not None:
        raise Conflict(
            _("Version %(number)s is being drafted: publish it or discard it first.")
            % {"number": draft.number}
        )
    version = CatalogueVersion.objects.create(
        number=newest.number + 1, status=CatalogueStatus.DRAFT, note=_text(note, "note")
    )
    contents = Contents.of(newest.number)
    for table in TABLES:
        rows = contents.rows(table)
        for row in rows:
            row.pk, row.catalogue = None, version
        table.objects.bulk_create(rows)
    audit.record(
        verb="catalogue.draft_started", on=key_of(version), by=by, at=at, copied=newest.number
    )
    return version


@transaction.atomic
def change_note(*, number: int, note: str, by: User | Process, at: dt.datetime) -> CatalogueVersion:
    """Say anew what a draft is for.

    Raises Conflict when it is no draft, Invalid when the note is too long.
    """
    version = _hold(number, by=by)
    changed = apply_changes(version, {"note": _text(note, "note")}, ("note",))
    if changed:
        version.save(update_fields=["note"])
        audit.record(
            verb="catalogue.draft_noted", on=key_of(version), by=by, at=at, **details(changed)
        )
    return version


@transaction.atomic
def discard_draft(*, number: int, by: User | Process, at: dt.datetime) -> None:
    """Throw a draft away with all its rows; its number is free again.

    Raises Conflict when it is no draft.
    """
    version = _hold(number, by=by)
    counts = {
        name: table.objects.filter(catalogue=version).delete()[0] for table, name in TABLES.items()
    }
    version.delete()
    audit.record(verb="catalogue.draft_discarded", on=f"V:{number}", by=by, at=at, **counts)


@transaction.atomic
def publish_draft(
    *, number: int, reason: str, seen: str = "", by: User | Process, at: dt.datetime
) -> CatalogueVersion:
    """Make a draft the version that submissions are opened with from now on; `seen` is the stamp of
    what was looked at.

    Raises Conflict when it is no draft or has changed since it was looked at; Invalid without a
    reason (place: reason), when it says the same as the version before, or when the rules of the
    catalogue refuse it (`context["faults"]`: all of them).
    """
    newest = cast(CatalogueVersion, newest_published())  # a draft is a copy of one
    version = _hold(number, by=by)
    reason = _text(reason, "reason")
    if not reason:
        raise Invalid(_("Say why."), place="reason")
    contents, before = Contents.of(number), Contents.of(newest.number)
    if seen and seen != contents.stamp:
        raise Conflict(
            _("Somebody changed the draft since you looked at it: read what it changes again.")
        )
    _refuse(faults(contents, before))
    if not any(table.differs for table in differences(contents, before)):
        raise Invalid(
            _("It says the same as version %(number)s: there is nothing to publish.")
            % {"number": newest.number}
        )
    begin_series(contents.variables, number, before)
    Variable.objects.bulk_update(contents.variables, ["defined_in"])
    version.status, version.published_on = CatalogueStatus.PUBLISHED, day_of(at)
    version.save(update_fields=["status", "published_on"])
    audit.record(
        verb="catalogue.published",
        on=key_of(version),
        by=by,
        at=at,
        reason=reason[:CUT],
        variables=len(contents.variables),
        checks=len(contents.checks),
        redefined=redefined(contents, before),
    )
    forget()
    return version


# --- rows of a draft


@transaction.atomic
def add_row(*, table: Table, code: str, by: User | Process, at: dt.datetime, **given: Any) -> Row:
    """Add a variable, an indicator or a check at the end of the draft.

    Raises Invalid (place: the field), Conflict.
    """
    version = _hold(None, by=by)
    contents = Contents.of(version.number)
    if unknown := set(given) - set(EDITABLE[table]):
        raise TypeError(f"{table.__name__} has no editable field {', '.join(sorted(unknown))}")
    row = table(catalogue=version, code=code, position=len(contents.rows(table)) + 1, **given)
    if any(other.code == code for other in contents.rows(table)):
        raise Invalid(_("The code stands in this version already."), place="code")
    _refuse(faults_of(row, contents, _published_before(version)))
    if isinstance(row, Variable):
        begin_series([row], version.number, None)
    row.save(force_insert=True)
    audit.record(verb="catalogue.row_added", on=key_of(row), by=by, at=at)
    return row


@transaction.atomic
def change_row(
    *, row: Row, position: int | None = None, by: User | Process, at: dt.datetime, **changes: Any
) -> Row:
    """Change a row of the draft as it stands now, or give it another place in the order.

    Raises Invalid (place: the field), Conflict when its version is no draft or the row has gone.
    """
    table: Table = type(row)
    version = _hold(row.catalogue_id, by=by)
    stored = table.objects.filter(pk=row.pk).select_related("catalogue").first()
    if stored is None:
        raise Conflict(_("It does not exist any more."))
    changed = apply_changes(stored, changes, EDITABLE[table])
    contents, before = Contents.of(version.number), _published_before(version)
    _refuse(faults_of(stored, contents, before))
    if isinstance(stored, Variable):
        begin_series([stored], version.number, before)
    if changed:
        stored.save()
    if position is not None and position != stored.position:
        changed["position"] = [stored.position, _move(contents.rows(table), stored, position)]
    if changed:
        audit.record(
            verb="catalogue.row_changed", on=key_of(stored), by=by, at=at, **details(changed)
        )
    return stored


@transaction.atomic
def remove_row(*, row: Row, by: User | Process, at: dt.datetime) -> None:
    """Take a row out of the draft.

    Raises Conflict for a variable that the portal itself names or that an indicator or check still
    uses, and when the version is no draft.
    """
    table: Table = type(row)
    version = _hold(row.catalogue_id, by=by)
    contents = Contents.of(version.number)
    if isinstance(row, Variable):
        if row.code in NAMED:
            raise Conflict(named_words(row.code))
        if users := users_of(row.code, contents):
            raise Conflict(
                _("Still used by %(users)s: change or remove them first.")
                % {"users": ", ".join(users)}
            )
    if not table.objects.filter(pk=row.pk).delete()[0]:
        raise Conflict(_("It does not exist any more."))
    _number([other for other in contents.rows(table) if other.pk != row.pk])
    audit.record(verb="catalogue.row_removed", on=key_of(row), by=by, at=at)


# --- what they share


def _hold(number: int | None, *, by: User | Process) -> CatalogueVersion:
    """The draft `number` (None: the one there is), locked until the transaction ends.

    Raises Forbidden, Conflict.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    which = {"status": CatalogueStatus.DRAFT} if number is None else {"pk": number}
    version = for_update(CatalogueVersion.objects.filter(**which)).first()
    if version is None:
        raise Conflict(_("There is no draft: start one first."))
    if not version.is_draft:
        raise Conflict(
            _("Version %(number)s is published: what is published never changes. Start a draft.")
            % {"number": version.number}
        )
    return version


def key_of(target: CatalogueVersion | Row) -> str:
    """How the trail names it: `V:2`, `variable:2/sales`."""
    if isinstance(target, CatalogueVersion):
        return f"V:{target.number}"
    return f"{target._meta.model_name}:{target.catalogue_id}/{target.code}"


def redefined(contents: Contents, before: Contents) -> list[str]:
    """Codes of the variables that were asked before and mean something else from this version on."""
    earlier = before.by_code
    return [
        v.code
        for v in contents.variables
        if v.code in earlier and v.defined_in != earlier[v.code].defined_in
    ]


def _published_before(version: CatalogueVersion) -> Contents | None:
    published = CatalogueVersion.objects.filter(
        status=CatalogueStatus.PUBLISHED, number__lt=version.number
    )
    number = published.order_by("-number").values_list("number", flat=True).first()
    return None if number is None else Contents.of(number)


def _refuse(broken_rules: Sequence[Fault]) -> None:
    if broken_rules:
        raise Invalid(
            broken_rules[0].message, place=broken_rules[0].field, faults=list(broken_rules)
        )


def _text(text: str, place: str) -> str:
    text = text.strip()
    if len(text) > NOTE or "\0" in text:
        raise Invalid(_("At most %(most)s characters.") % {"most": NOTE}, place=place)
    return text


def _move(rows: Sequence[Row], row: Row, position: int) -> int:
    """Put a row at a place among all of its table; the others close up.

    Returns the place it got.
    """
    others = [other for other in rows if other.pk != row.pk]
    place = min(max(position, 1), len(others) + 1)
    _number([*others[: place - 1], row, *others[place - 1 :]])
    return place


def _number(rows: Sequence[Row]) -> None:
    moved = []
    for place, row in enumerate(rows, 1):
        if row.position != place:
            row.position = place
            moved.append(row)
    if moved:
        table: Table = type(moved[0])
        table.objects.bulk_update(moved, ["position"])
