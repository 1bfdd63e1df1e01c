"""The rows of a draft of the catalogue: added, changed, put in order, removed.

Each act locks the version first, as those on the draft itself do.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.catalogue.contents import (
    NAMED,
    Contents,
    Row,
    Table,
    begin_series,
    refusal_of_named,
    users_of,
)
from monitoring.catalogue.rules import faults_of, refuse
from monitoring.models import Variable
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.edits import apply_changes, details
from pip_network.web.errors import Conflict, Invalid

from .editable import EDITABLE
from .versions import hold_draft, key_of, published_before


@transaction.atomic
def add_row(*, table: Table, code: str, by: User | Process, at: dt.datetime, **given: Any) -> Row:
    """Add a variable, an indicator or a check at the end of the draft.

    Raises Invalid (place: the field), Conflict.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    version = hold_draft(None)
    contents = Contents.of(version.number)
    if unknown := set(given) - set(EDITABLE[table]):
        raise TypeError(f"{table.__name__} has no editable field {', '.join(sorted(unknown))}")
    row = table(catalogue=version, code=code, position=len(contents.rows(table)) + 1, **given)
    if any(other.code == code for other in contents.rows(table)):
        raise Invalid(_("The code stands in this version already."), place="code")
    refuse(faults_of(row, contents, published_before(version)))
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
    require(by, Permission.MANAGE_CATALOGUE)
    version = hold_draft(row.catalogue_id)
    stored = table.objects.filter(pk=row.pk).select_related("catalogue").first()
    if stored is None:
        raise Conflict(_("It does not exist any more."))
    changed = apply_changes(stored, changes, EDITABLE[table])
    contents, before = Contents.of(version.number), published_before(version)
    refuse(faults_of(stored, contents, before))
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
    require(by, Permission.MANAGE_CATALOGUE)
    version = hold_draft(row.catalogue_id)
    contents = Contents.of(version.number)
    if isinstance(row, Variable):
        if row.code in NAMED:
            raise Conflict(refusal_of_named(row.code))
        if users := users_of(row.code, contents):
            raise Conflict(
                _("Still used by %(users)s: change or remove them first.")
                % {"users": ", ".join(users)}
            )
    if not table.objects.filter(pk=row.pk).delete()[0]:
        raise Conflict(_("It does not exist any more."))
    _number([other for other in contents.rows(table) if other.pk != row.pk])
    audit.record(verb="catalogue.row_removed", on=key_of(row), by=by, at=at)


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
