"""Reading the trail of one thing: who did what to it, newest first, with what stood before and
after.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pip_network.audit import objects, words
from pip_network.folding import fold
from pip_network.models import AuditEvent, RoleAssignment, User
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, can_somewhere
from pip_network.web.days import today
from pip_network.web.signed_in import Reader

# Whoever works with what people enter sees by whom; others see a role.
SEE_NAMES = (P.VIEW_AUDIT, P.MANAGE_PEOPLE, P.VIEW_MONITORING)


class Change(NamedTuple):
    """What a field was called, held before and holds since.

    Both empty: only that it changed is known.
    """

    label: str
    old: str
    new: str


class TrailLine(NamedTuple):
    """One event in words, as one reader may read it."""

    at: dt.datetime
    actor: str
    sentence: str | Promise
    changes: list[Change]
    reason: str
    request_id: str
    number: int = 0
    object: str = ""  # its key
    object_label: str = ""
    object_page: str = ""


def history_of(*keys: str, limit: int = 50, reader: Reader | None = None) -> list[TrailLine]:
    """What happened to the objects with these keys (`P:PIP-01`), newest first, as `reader` may read it.

    Names of people are for those who may see them; without a reader, or for others, a person is her
    role and number. At most three queries, whatever the number of events.
    """
    events = AuditEvent.objects.filter(object__in=keys).order_by("-at", "-id")[:limit]
    return lines_of(events, reader=reader)


def lines_of(events: Iterable[AuditEvent], *, reader: Reader | None = None) -> list[TrailLine]:
    """Events in words, in their order."""
    events = list(events)
    names = people(
        _numbers([event.actor for event in events] + [event.object for event in events]),
        reader=reader,
    )
    return [_line(event, names) for event in events]


def _line(event: AuditEvent, names: dict[str, str]) -> TrailLine:
    reason = event.details.get("reason", "")
    return TrailLine(
        at=event.at,
        actor=actor_label(event.actor, names),
        sentence=sentence_of(event),
        changes=changes_of(event),
        reason=objects.reason_label(event.verb, str(reason)) if reason else "",
        request_id=event.request_id,
        number=event.pk,
        object=event.object,
        object_label=f"{words.WORDS().kinds['U'].word}: {names[event.object]}"
        if event.object in names
        else objects.object_label(event.object),
        object_page=objects.page_of(event.object),
    )


def sentence_of(event: AuditEvent) -> str | Promise:
    """What was done; of a text or a file in which language: `Lesson translated: Portuguese`."""
    said = words.of_verb(event.verb)
    language = dict(settings.LANGUAGES).get(str(event.details.get("language", "")))
    return f"{said}: {language}" if language else said


def actor_label(actor: str, names: dict[str, str]) -> str:
    return names.get(actor) or str(words.WORDS().processes.get(actor, actor))


def changes_of(event: AuditEvent) -> list[Change]:
    """Before and after of each field (`changes`), or the mere names of what changed (`fields`), by
    what they are called: of two databases one forgets the order in which they were written.
    """
    rows = []
    changes = event.details.get("changes")
    for name, pair in changes.items() if isinstance(changes, dict) else ():
        value = objects.value_of(event.object, name)
        old, new = (*pair, None, None)[:2] if isinstance(pair, list) else (None, pair)
        rows.append(Change(objects.label_of(event.object, name), value(old), value(new)))
    fields = event.details.get("fields")
    for name in fields if isinstance(fields, list) else ():
        if not isinstance(changes, dict) or name not in changes:
            rows.append(Change(objects.label_of(event.object, str(name)), "", ""))
    return sorted(rows, key=lambda change: (fold(change.label), change))


def _numbers(keys: Sequence[str]) -> set[int]:
    return {int(key[2:]) for key in keys if key.startswith("U:") and key[2:].isdigit()}


def people(numbers: set[int], *, reader: Reader | None) -> dict[str, str]:
    """`U:number` -> the name of the person, or her role and number for whoever may not see names."""
    if not numbers:
        return {}
    if reader is not None and any(can_somewhere(reader, permission) for permission in SEE_NAMES):
        found = User.objects.filter(pk__in=numbers).only("name", "email")
        return {f"U:{person.pk}": str(person) for person in found}
    held = (
        RoleAssignment.objects.filter(person__in=numbers).current(today()).order_by("since", "id")
    )
    roles = {person: Role(role).label for person, role in held.values_list("person", "role")}
    return {
        f"U:{number}": _("%(role)s (person %(number)s)")
        % {"role": roles.get(number, _("Person without a role now")), "number": number}
        for number in numbers
    }
