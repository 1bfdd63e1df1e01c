"""What a member does with her saved searches."""

import datetime as dt

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from knowledge import typed
from knowledge.models import SavedSearch
from knowledge.search.asked import name_of, question_of
from pip_network.models import User
from pip_network.people.access import Permission, require_somewhere
from pip_network.web.edits import require_unchanged
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.locks import for_update, lock

from .letters import WEEK, remember
from .news import last_opening

MOST, LONGEST_NAME, LONGEST_QUESTION = 20, 120, 2000
NAMED = ("name",)  # by which a change by somebody else is noticed


@transaction.atomic
def save_search(*, asked: str, by: User, at: dt.datetime) -> SavedSearch:
    """Tell her from now on what is new of a question, given as in its address. One that she has
    already is wanted again. Raises Invalid, Forbidden.
    """
    require_somewhere(by, Permission.VIEW_INTERNAL)
    asked = question_of(QueryDict(asked[: 4 * LONGEST_QUESTION]))
    if len(asked) > LONGEST_QUESTION:
        raise Invalid(_("This question is too long to be saved: take some words out."))
    person = for_update(User.objects.filter(pk=by.pk)).get()  # two at once: one after the other
    mine = SavedSearch.objects.of(by)
    search = mine.filter(asked=asked).first()
    if search is not None and search.removed_at is None and search.stopped_at is None:
        return search
    if mine.present().exclude(asked=asked).count() >= MOST:
        said = _("You have %(most)s saved searches already: remove one first.") % {"most": MOST}
        raise Invalid(said)
    name = name_of(QueryDict(asked))[:LONGEST_NAME]
    search = search or SavedSearch(person=person, asked=asked, name=name, saved_at=at)
    _begin(search, at)
    return search


@transaction.atomic
def rename_search(
    *, search: SavedSearch, name: str, stamp: str = "", by: User, at: dt.datetime
) -> SavedSearch:
    """`stamp`: of what stood there when its form was opened. Raises Invalid, Conflict, Forbidden."""
    del at
    _require_own(search, by)
    require_unchanged(search, NAMED, stamp)
    search.name = typed.line(name, most=LONGEST_NAME, place="name")
    search.save(update_fields=["name"])
    return search


@transaction.atomic
def stop_search(*, search: SavedSearch, by: User, at: dt.datetime) -> SavedSearch:
    """No letters of it; it stays in her list. Raises Conflict, Forbidden."""
    _require_own(search, by)
    search.stopped_at = search.stopped_at or at
    search.save(update_fields=["stopped_at"])
    return search


@transaction.atomic
def resume_search(*, search: SavedSearch, by: User, at: dt.datetime) -> SavedSearch:
    """Letters of what is new from now on. Raises Conflict, Forbidden."""
    _require_own(search, by)
    if search.stopped_at is not None:
        _begin(search, at)
    return search


@transaction.atomic
def remove_search(*, search: SavedSearch, by: User, at: dt.datetime) -> SavedSearch:
    """Out of her list; it can be put back for a while. Raises Conflict, Forbidden."""
    _require_own(search, by)
    search.removed_at = search.removed_at or at
    search.save(update_fields=["removed_at"])
    return search


@transaction.atomic
def restore_search(*, search: SavedSearch, by: User, at: dt.datetime) -> SavedSearch:
    """Undo a removal: it stands as it stood. Raises Invalid, Conflict, Forbidden."""
    del at
    _require_own(search, by)
    if search.removed_at is not None:
        if SavedSearch.objects.of(by).present().count() >= MOST:
            said = _("You have %(most)s saved searches already: remove one first.")
            raise Invalid(said % {"most": MOST})
        search.removed_at = None
        search.save(update_fields=["removed_at"])
    return search


def _require_own(search: SavedSearch, by: User) -> None:
    """And under its lock: a letter may be written of it now."""
    if search.person_id != by.pk:
        raise Forbidden(_("Everybody has her own saved searches."))
    require_somewhere(by, Permission.VIEW_INTERNAL)
    try:
        lock(search)
    except Conflict:
        raise Conflict(_("This search does not exist any more.")) from None


def _begin(search: SavedSearch, at: dt.datetime) -> None:
    search.stopped_at = search.removed_at = None
    search.next_at = at + WEEK
    remember(search, last_opening())
    search.save()
