"""What who curates does with the modules of a path: their words in three languages, their readings
and questions, their order. All of it happens under the lock of the path.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from knowledge import typed
from knowledge.lists.actions import LONGEST_TITLE, require_keeper, require_present
from knowledge.lists.moves import LONGEST_NOTE, MOST_ITEMS
from knowledge.models import List, ListItem, Module, Question, Work
from knowledge.models.worded import LANGUAGES
from pip_network import audit
from pip_network.models import User
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock

MOST_MODULES, MOST_QUESTIONS = 40, 20
LONGEST_TEXT, LONGEST_QUESTION, LONGEST_PAGES = 10_000, 1000, 40
FAR = 1000  # where modules stand while they change places
TITLES, TEXTS, NOTES = (
    tuple(f"{name}_{language}" for language in LANGUAGES) for name in ("title", "text", "note")
)


class Reading(NamedTuple):
    """A work of a module. `place` is where its form asks for it."""

    place: str
    work: Work
    pages: str
    notes: Mapping[str, str]


class Asking(NamedTuple):
    """A question of a module; `key` is None for a new one."""

    place: str
    key: int | None
    texts: Mapping[str, str]


@transaction.atomic
def add_module(
    *, path: List, texts: Mapping[str, str], by: User, at: dt.datetime, **parts: Any
) -> Module:
    """At its place `number`, by default the last. Raises Invalid (place: the field), Conflict, Forbidden."""
    _hold(path, by)
    if path.modules.count() >= MOST_MODULES:
        raise Invalid(_("A path has %(most)s modules at most.") % {"most": MOST_MODULES})
    last = path.modules.aggregate(last=Max("number"))["last"] or 0
    module = Module(list=path, number=last + 1)
    _write(module, texts, at=at, **parts)
    _tell(module, "list.module_added", by, at)
    return module


@transaction.atomic
def change_module(
    *,
    module: Module,
    stamp: str = "",
    texts: Mapping[str, str],
    by: User,
    at: dt.datetime,
    **parts: Any,
) -> Module:
    """Its words, `number`, `readings` and `questions`, each as a whole and in order. A reading that
    is not among them any more leaves the module; what members have done of it comes back with it.

    Raises Invalid (place: the field), Conflict when it changed meanwhile or when somebody has
    answered a question that would go, Forbidden.
    """
    _hold(module.list, by)
    lock(module)
    if stamp and stamp != stamp_of(module):
        raise Conflict(_("Somebody else changed it meanwhile: compare both before you save."))
    _write(module, texts, at=at, **parts)
    _tell(module, "list.module_changed", by, at)
    return module


@transaction.atomic
def remove_module(*, module: Module, by: User, at: dt.datetime) -> List:
    """One without readings and questions; it is gone. Raises Conflict, Forbidden."""
    _hold(module.list, by)
    lock(module)
    if present(module) or module.questions.exists():
        raise Conflict(_("Take its readings and questions out first."))
    _tell(module, "list.module_removed", by, at)
    path = module.list
    module.delete()
    _place(path, [*path.modules.order_by("number")])
    return path


def present(module: Module) -> list[ListItem]:
    """Its readings in order."""
    items = module.items.filter(removed_at=None).select_related("work")
    return list(items.order_by("position", "pk"))


def stamp_of(module: Module) -> str:
    """What it says, in short."""
    said = [
        [module.number, *(getattr(module, name) for name in (*TITLES, *TEXTS))],
        [
            [item.work_id, item.pages, *(getattr(item, name) for name in NOTES)]
            for item in present(module)
        ],
        [
            [one.pk, *(getattr(one, name) for name in TEXTS)]
            for one in module.questions.order_by("number")
        ],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _hold(path: List, by: User) -> None:
    require_keeper(path, by)
    lock(path)
    require_present(path)


def _write(
    module: Module,
    texts: Mapping[str, str],
    *,
    number: int | None = None,
    readings: Sequence[Reading] = (),
    questions: Sequence[Asking] = (),
    at: dt.datetime,
) -> None:
    for name in TITLES:
        setattr(module, name, typed.line(texts[name], most=LONGEST_TITLE, place=name))
    for name in TEXTS:
        setattr(module, name, _whole(texts[name], LONGEST_TEXT, name))
    module.save()
    _write_readings(module, readings, at)
    _write_questions(module, questions)
    order = [one for one in module.list.modules.order_by("number") if one != module]
    order.insert(max(number or module.number, 1) - 1, module)
    _place(module.list, order)


def _whole(text: str, most: int, place: str) -> str:
    """A text that may not be empty: there is one in each language."""
    text = typed.text(text, most=most, place=place)
    if not text:
        raise Invalid(_("Write it in all three languages."), place=place)
    return text


def _write_readings(module: Module, readings: Sequence[Reading], at: dt.datetime) -> None:
    if len(readings) > MOST_ITEMS:
        raise Invalid(_("A list holds %(most)s works at most.") % {"most": MOST_ITEMS})
    rows = {item.work_id: item for item in module.items.all()}
    kept = set()
    for position, reading in enumerate(readings, 1):
        if reading.work.pk in kept:
            raise Invalid(_("The work is in this module already."), place=f"{reading.place}_work")
        kept.add(reading.work.pk)
        new = ListItem(list=module.list, module=module, work=reading.work, added_at=at)
        item = rows.get(reading.work.pk, new)
        place = f"{reading.place}_pages"
        item.pages = typed.text(reading.pages, most=LONGEST_PAGES, place=place)
        for name in NOTES:
            place = f"{reading.place}_{name}"
            setattr(item, name, typed.text(reading.notes[name], most=LONGEST_NOTE, place=place))
        item.position, item.removed_at = position, None
        item.save()
    gone = module.items.filter(removed_at=None).exclude(work__in=kept)
    gone.update(removed_at=at)


def _write_questions(module: Module, questions: Sequence[Asking]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(_("A module has %(most)s questions at most.") % {"most": MOST_QUESTIONS})
    rows = {one.pk: one for one in module.questions.all()}
    gone = rows.keys() - {asking.key for asking in questions}
    if module.questions.filter(pk__in=gone, answers__isnull=False).exists():
        raise Conflict(
            _("Somebody has answered a question that you would take out: change its words instead.")
        )
    module.questions.filter(pk__in=gone).delete()
    module.questions.update(number=F("number") + FAR)
    for number, asking in enumerate(questions, 1):
        question = rows.get(asking.key or 0, Question(module=module))
        for name in TEXTS:
            place = f"{asking.place}_{name}"
            setattr(question, name, _whole(asking.texts[name], LONGEST_QUESTION, place))
        question.number = number
        question.save()


def _place(path: List, order: Sequence[Module]) -> None:
    """Number the modules, and the readings of the path in the order of their modules."""
    path.modules.update(number=F("number") + FAR)
    for number, module in enumerate(order, 1):
        module.number = number
        module.save(update_fields=["number"])
    items = path.items.order_by("module__number", "position", "pk")
    for position, item in enumerate(items, 1):
        if item.position != position:
            ListItem.objects.filter(pk=item.pk).update(position=position)


def _tell(module: Module, verb: str, by: User, at: dt.datetime) -> None:
    one = module.list
    audit.record(verb=verb, on=f"list:{one.code}", by=by, at=at, module=module.number)
