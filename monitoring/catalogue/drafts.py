"""The next version of the catalogue, while it is a draft: begun, noted, discarded, published. What
is not a draft never changes.

Each act locks the version first, so that nobody edits a draft that somebody else is publishing;
its rows are in `draft_rows`.
"""

import datetime as dt
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.catalogue.changes.differences import differences
from monitoring.catalogue.contents import TABLES, Contents, begin_series
from monitoring.catalogue.rules import faults, refuse
from monitoring.choices import CatalogueStatus
from monitoring.definitions.reading import forget
from monitoring.models import CatalogueVersion, Variable
from monitoring.record import catalogues
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.edits import CUT, apply_changes, details
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.reasons import require_reason
from pip_network.web.text import require_no_null

from .versions import hold_draft, key_of, newest_published


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
    require(by, Permission.MANAGE_CATALOGUE)
    version = hold_draft(number)
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
    require(by, Permission.MANAGE_CATALOGUE)
    version = hold_draft(number)
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
    require(by, Permission.MANAGE_CATALOGUE)
    newest = cast(CatalogueVersion, newest_published())  # a draft is a copy of one
    version = hold_draft(number)
    reason = require_reason(reason, most=NOTE)
    contents, before = Contents.of(number), Contents.of(newest.number)
    if seen and seen != contents.stamp:
        raise Conflict(
            _("Somebody changed the draft since you looked at it: read what it changes again.")
        )
    refuse(faults(contents, before))
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
    catalogues.state(reason, approver=by, at=at)
    forget()
    return version


def redefined(contents: Contents, before: Contents) -> list[str]:
    """Codes of the variables that were asked before and mean something else from this version on."""
    earlier = before.by_code
    return [
        v.code
        for v in contents.variables
        if v.code in earlier and v.defined_in != earlier[v.code].defined_in
    ]


NOTE = 2000


def _text(text: str, place: str) -> str:
    text = text.strip()
    require_no_null(text, place)
    if len(text) > NOTE:
        raise Invalid(_("At most %(most)s characters.") % {"most": NOTE}, place=place)
    return text
