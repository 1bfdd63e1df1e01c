"""Reference facts that have no rules of their own (countries, families, workshops, works): added
and corrected, never deleted.

Each act is validated, done in one transaction and told in the audit trail with what stood there
before.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update
from pip_network.web.stamps import plain

CUT = 200  # letters of a text that the trail keeps


@transaction.atomic
def add_fact(*, row: models.Model, by: User | Process, at: dt.datetime) -> models.Model:
    """Store a new row. Raises Invalid (place: its field), Forbidden."""
    _require_may(by)
    _clean(row)
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
    kept = for_update(type(row)._default_manager.filter(pk=row.pk)).first()
    if kept is None:
        raise Conflict(_("It does not exist any more."))
    told: dict[str, list[Any]] = {}
    for name in sorted(changes):
        if getattr(kept, name) != changes[name]:
            before = _shown(kept, name)
            setattr(kept, name, changes[name])
            told[name] = [before, _shown(kept, name)]
    _clean(kept)
    if told:
        kept.save(update_fields=list(told))
        audit.record(
            verb=f"{kept._meta.model_name}.corrected", on=key_of(kept), by=by, at=at, changes=told
        )
    return kept


def key_of(row: models.Model) -> str:
    """How the audit trail names it: `workshop:3`."""
    return f"{row._meta.model_name}:{row.pk}"


def _require_may(by: User | Process) -> None:
    require(by, Permission.MANAGE_REGISTRY, refusal=_("You may not change this table."))


def _clean(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        sentences, place = [], ""
        for name, messages in error.message_dict.items():
            if name == NON_FIELD_ERRORS:
                sentences += messages
                continue
            place = place or name
            sentences += [
                f"{row._meta.get_field(name).verbose_name}: {message}" for message in messages
            ]
        raise Invalid(" ".join(sentences), place=place) from error


def _shown(row: models.Model, name: str) -> Any:
    value = plain(row, name)
    return value[:CUT] if isinstance(value, str) else value
