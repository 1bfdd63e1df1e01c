"""What is done with one work of a list. All of it happens under the lock of the list, so that two at
once come one after the other: a work is in a list once, and places stay in one order.

What her who moves it does not see, removed works too, keeps its place among the others.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from knowledge import typed
from knowledge.choices import ListKind
from knowledge.models import List, ListItem, Work
from knowledge.models.worded import LANGUAGES
from knowledge.works.placing import touch
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require_somewhere
from pip_network.web.edits import require_unchanged
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update, lock

from .actions import make_reading_list, require_keeper, require_present
from .items import shown_items

MOST_ITEMS = 300
LONGEST_NOTE = 1000
NOTED = tuple(f"note_{code}" for code in LANGUAGES)


@transaction.atomic
def add_work(*, work: Work, one: List | None = None, by: User, at: dt.datetime) -> ListItem:
    """At the end of a list; without one, of the list that she used last, or of her first one. What
    is in it already stays where it is. Raises Invalid, Conflict, Forbidden.
    """
    require_somewhere(by, Permission.VIEW_INTERNAL)
    one = one or _her_list(by, at)
    require_keeper(one, by)
    lock(one)
    require_present(one)
    _require_no_path(one)
    if not Work.objects.visible_to(by).filter(pk=work.pk).exists():
        raise Invalid(_("There is no such work."))
    item = one.items.filter(work=work).first()
    if item is not None and item.removed_at is None:
        return item
    _require_room_for_one(one)
    item = item or ListItem(list=one, work=work)
    item.position = 1 + (one.items.aggregate(last=Max("position"))["last"] or 0)
    item.added_at, item.removed_at = at, None
    item.save()
    _changed(item, "list.work_added", by, at)
    return item


@transaction.atomic
def note_item(*, item: ListItem, note: str, stamp: str = "", by: User, at: dt.datetime) -> ListItem:
    """Why it is there, in her own words. `stamp`: of `NOTED`, when its form was opened. Raises
    Invalid, Conflict, Forbidden.
    """
    item = _locked(item, by)
    require_unchanged(item, NOTED, stamp)
    item.write("note", typed.text(note, most=LONGEST_NOTE, place="note"))
    item.save()
    _changed(item, "list.work_noted", by, at, harvested=False)
    return item


@transaction.atomic
def raise_item(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """Before the one that she sees above it; the first stays. Raises Conflict, Forbidden."""
    return _move(item, -1, by, at)


@transaction.atomic
def lower_item(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """After the one that she sees below it; the last stays. Raises Conflict, Forbidden."""
    return _move(item, 1, by, at)


@transaction.atomic
def remove_item(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """Out of the list; it can be put back for a while. Raises Conflict, Forbidden."""
    item = _locked(item, by)
    if item.removed_at is None:
        item.removed_at = at
        item.save(update_fields=["removed_at"])
        _changed(item, "list.work_removed", by, at)
    return item


@transaction.atomic
def restore_item(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """Undo a removal: where it stood. Raises Invalid where the list is full, Conflict, Forbidden."""
    item = _locked(item, by)
    if item.removed_at is not None:
        _require_room_for_one(item.list)
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        _changed(item, "list.work_added", by, at)
    return item


def _require_room_for_one(one: List) -> None:
    """Raises Invalid when the list is full."""
    if one.items.filter(removed_at=None).count() >= MOST_ITEMS:
        said = _("A list holds %(most)s works at most.") % {"most": MOST_ITEMS}
        raise Invalid(said)


def _her_list(by: User, at: dt.datetime) -> List:
    """The one that she used last; her first one is made here, once."""
    for_update(User.objects.filter(pk=by.pk)).get()
    found = List.objects.of(by).present().first()
    return found or make_reading_list(title=_("My readings"), by=by, at=at)


def _require_no_path(one: List) -> None:
    if one.kind == ListKind.PATH:
        raise Invalid(_("The readings of a path stand in its modules."))


def _locked(item: ListItem, by: User) -> ListItem:
    """The item as it is now, under the lock of its list. Raises Invalid, Conflict, Forbidden."""
    require_keeper(item.list, by)
    one = lock(item.list)
    require_present(one)
    _require_no_path(one)
    found = one.items.filter(pk=item.pk).first()
    if found is None:
        raise Conflict(_("It does not exist any more."))
    found.list = one
    return found


def _move(item: ListItem, step: int, by: User, at: dt.datetime) -> ListItem:
    item = _locked(item, by)
    seen = [each.item.pk for each in shown_items(item.list, by)]
    if item.pk not in seen:
        raise Conflict(_("It is not in the list any more."))
    there = seen.index(item.pk) + step
    if 0 <= there < len(seen):
        order = [each for each in item.list.items.order_by("position", "pk") if each != item]
        neighbour = next(each for each in order if each.pk == seen[there])
        order.insert(order.index(neighbour) + (step > 0), item)
        _renumber(order)
        _changed(item, "list.work_moved", by, at, harvested=False)
    return item


def _renumber(order: list[ListItem]) -> None:
    changed = [(place, item) for place, item in enumerate(order, 1) if item.position != place]
    for place, item in changed:
        item.position = place
    ListItem.objects.bulk_update([item for _place, item in changed], ["position"])


def _changed(item: ListItem, verb: str, by: User, at: dt.datetime, **more: Any) -> None:
    """The list was used now; harvesters and the trail learn of those that nobody owns."""
    one = item.list
    one.used_at = at
    one.save(update_fields=["used_at"])
    if one.is_open and more.get("harvested", True):
        touch(item.work)
    if one.owner_id is None:
        audit.record(verb=verb, on=f"list:{one.code}", by=by, at=at, work=item.work_id)
