"""What is done with a list as a whole. A collection is kept by who curates, and the trail tells of
it; a reading list is its owner's alone: what she reads is nobody else's business, the trail's
neither.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge import typed
from knowledge.choices import ListKind, OpenTo
from knowledge.models import List, Work
from knowledge.models.worded import LANGUAGES
from knowledge.works.placing import touch
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require, require_somewhere
from pip_network.web.edits import require_unchanged
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.locks import for_update, lock

MOST_LISTS = 50
LONGEST_TITLE, LONGEST_TEXT = 200, 4000
# By which a change by somebody else is noticed.
STAMPED = (*(f"{name}_{code}" for name in ("title", "about") for code in LANGUAGES), "open_to")


@transaction.atomic
def make_reading_list(*, title: str, about: str = "", by: User, at: dt.datetime) -> List:
    """A list of her own. Raises Invalid, Forbidden."""
    require_somewhere(by, Permission.VIEW_INTERNAL)
    _require_room_for_one(by)
    one = List(kind=ListKind.READING, owner=by, made_at=at, used_at=at)
    _write(one, {"title": title, "about": about})
    one.save()
    return one


@transaction.atomic
def make_collection(*, by: User, at: dt.datetime, **values: str) -> List:
    """A list for all, in up to three languages. Raises Invalid, Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    one = List(kind=ListKind.COLLECTION, made_at=at, used_at=at)
    _write(one, values)
    one.save()
    _tell(one, "list.made", by, at)
    return one


@transaction.atomic
def change_list(*, one: List, stamp: str = "", by: User, at: dt.datetime, **values: str) -> List:
    """Its titles, its texts, and whom it is open to. `stamp`: of `STAMPED`, when its form was opened.

    Raises Invalid, Conflict when it changed meanwhile, Forbidden.
    """
    require_keeper(one, by)
    lock(one)
    require_present(one)
    require_unchanged(one, STAMPED, stamp)
    was_open = one.is_open
    _write(one, values)
    one.save()
    _tell(one, "list.changed", by, at, open_to=one.open_to)
    if was_open != one.is_open:
        _touch_all(one)
    return one


@transaction.atomic
def remove_list(*, one: List, by: User, at: dt.datetime) -> List:
    """Out of sight; it can be put back for a while. Raises Conflict, Forbidden."""
    require_keeper(one, by)
    lock(one)
    require_present(one)
    was_open = one.is_open
    one.removed_at = at
    one.save(update_fields=["removed_at"])
    _tell(one, "list.removed", by, at)
    if was_open:
        _touch_all(one)
    return one


@transaction.atomic
def restore_list(*, one: List, by: User, at: dt.datetime) -> List:
    """Undo a removal: it stands as it stood. Raises Invalid where she has as many lists as she may,
    Conflict, Forbidden.
    """
    require_keeper(one, by)
    if one.owner_id is not None:
        _require_room_for_one(by)
    lock(one)
    if one.removed_at is None:
        raise Conflict(_("The list has been put back already."))
    one.removed_at = None
    one.save(update_fields=["removed_at"])
    _tell(one, "list.restored", by, at)
    if one.is_open:
        _touch_all(one)
    return one


def _require_room_for_one(by: User) -> None:
    """Two at once are counted one after the other. Raises Invalid."""
    for_update(User.objects.filter(pk=by.pk)).get()
    if List.objects.of(by).present().count() >= MOST_LISTS:
        said = _("You have %(most)s lists already: remove one first.") % {"most": MOST_LISTS}
        raise Invalid(said)


def require_keeper(one: List, by: User) -> None:
    if not one.is_kept_by(by):
        raise Forbidden(_("A list is changed by who keeps it."))


def require_present(one: List) -> None:
    if one.removed_at is not None:
        raise Conflict(_("The list has been removed: put it back first."))


def _write(one: List, values: dict[str, str]) -> None:
    """`title` and `about` in her own words, or each in the languages that it has."""
    if "title" in values:
        one.write("title", typed.line(values["title"], most=LONGEST_TITLE, place="title"))
        about = typed.text(values.get("about", ""), most=LONGEST_TEXT, place="about")
        one.write("about", about)
    else:
        _write_all(one, values)
    open_to = values.get("open_to", one.open_to)
    mine = one.kind == ListKind.READING
    if open_to not in OpenTo.values or (mine and open_to == OpenTo.EVERYBODY):
        raise Invalid(_("Choose who may open it."), place="open_to")
    one.open_to = open_to


def _write_all(one: List, values: dict[str, str]) -> None:
    for language in LANGUAGES:
        title, about = f"title_{language}", f"about_{language}"
        if values.get(title):
            setattr(one, title, typed.line(values[title], most=LONGEST_TITLE, place=title))
        elif title in values:
            setattr(one, title, "")
        if about in values:
            setattr(one, about, typed.text(values[about], most=LONGEST_TEXT, place=about))
    if not one.language:
        raise Invalid(_("Give it a title in at least one language."), place="title_es")


def _touch_all(one: List) -> None:
    """Harvesters are told that the sets of its works have changed."""
    for work in works_of(one):
        touch(work)


def works_of(one: List) -> list[Work]:
    """Always in one order, as they are locked."""
    items = one.items.filter(removed_at=None).select_related("work")
    return [item.work for item in items.order_by("work")]


def _tell(one: List, verb: str, by: User, at: dt.datetime, **told: Any) -> None:
    if one.owner_id is None:
        audit.record(verb=verb, on=f"list:{one.code}", by=by, at=at, **told)
