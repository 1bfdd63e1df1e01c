"""Reference facts that have no rules of their own (countries, families, workshops, works): added
and corrected, never deleted.

Each act is validated, done in one transaction and told in the audit trail with what stood there
before.
"""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.edits import apply_changes, clean
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update


@transaction.atomic
def add_fact(*, row: models.Model, by: User | Process, at: dt.datetime) -> models.Model:
    """Store a new row. Raises Invalid (place: its field), Forbidden."""
    _require_may(by)
    clean(row)
    row.save(force_insert=True)
    audit.record(verb=f"{row._meta.model_name}.added", on=key_of(row), by=by, at=at)
    return row


@transaction.atomic
def correct_fact(
    *, row: models.Model, by: User | Process, at: dt.datetime, **changes: Any
) -> models.Model:
    """Change fields of a row as it stands now.

    Raises Invalid (place: the field), Conflict when it has gone, Forbidden.
    """
    _require_may(by)
    current = for_update(type(row)._default_manager.filter(pk=row.pk)).first()
    if current is None:
        raise Conflict(_("It does not exist any more."))
    changed = apply_changes(current, changes, set(changes))
    clean(current)
    if changed:
        current.save(update_fields=list(changed))
        audit.record(
            verb=f"{current._meta.model_name}.corrected",
            on=key_of(current),
            by=by,
            at=at,
            changes=changed,
        )
    return current


def key_of(row: models.Model) -> str:
    """How the audit trail names it: `workshop:3`."""
    return f"{row._meta.model_name}:{row.pk}"


def _require_may(by: User | Process) -> None:
    require(by, Permission.MANAGE_REGISTRY, refusal=_("You may not change this table."))
