"""What can be done with a list and with a work of it."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knowledge.models import List, ListItem
from pip_network.people.access import Permission
from pip_network.web.acts import Act, ActForm

from . import actions, moves
from .forms import NewCollectionForm, NewReadingForm, NoteForm, ReadingForm

CURATE = Permission.CURATE_LIBRARY

NEW_READING = Act(
    name="list-new",
    once=True,
    label=_("Begin a reading list"),
    kind="primary",
    permission=None,
    form=NewReadingForm,
    action=actions.make_reading_list,
    message=_("The list is there: add works from their pages."),
    title=_("Begin a reading list"),
    button=_("Begin the list"),
    lede=_("It is yours alone until you share it."),
)
NEW_COLLECTION = Act(
    name="collection-new",
    once=True,
    label=_("Begin a collection"),
    permission=CURATE,
    form=NewCollectionForm,
    action=actions.make_collection,
    message=_("The collection is there: add works from their pages."),
    title=_("Begin a collection"),
    button=_("Begin the collection"),
    lede=_("Works put together for all, with a title in each language of your readers."),
)
CHANGE = Act(
    name="list-change",
    label=_("Change and share"),
    permission=None,
    form=ReadingForm,
    action=actions.change_list,
    message=_("The list is saved."),
    title=_("Change the list"),
    button=_("Save"),
)
REMOVE = Act(
    name="list-remove",
    label=_("Remove the list"),
    kind="danger",
    at_once=True,
    permission=None,
    when=lambda one: one.removed_at is None,
    form=ActForm,
    action=actions.remove_list,
    message=_("The list is removed. You can put it back for 30 days."),
)
RESTORE = Act(
    name="list-restore",
    label=_("Put it back"),
    kind="primary",
    at_once=True,
    permission=None,
    when=lambda one: one.removed_at is not None,
    form=ActForm,
    action=actions.restore_list,
    message=_("The list is back."),
)


def _added(item: ListItem) -> str:
    return _now("It is in “%(title)s”.") % {"title": item.list.title}


ADD = Act(
    name="work-list",
    label=_("Add to a list"),
    at_once=True,
    permission=None,
    action=moves.add_work,
    message=_added,
)
NOTE = Act(
    name="item-note",
    label=_("Note"),
    permission=None,
    form=NoteForm,
    action=moves.note_item,
    message=_("The note is saved."),
    title=_("Note to a work of the list"),
    button=_("Save"),
)
RAISE = Act(
    name="item-raise",
    label=_("Up"),
    at_once=True,
    permission=None,
    action=moves.raise_item,
    message="",
)
LOWER = Act(
    name="item-lower",
    label=_("Down"),
    at_once=True,
    permission=None,
    action=moves.lower_item,
    message="",
)
REMOVE_ITEM = Act(
    name="item-remove",
    label=_("Take out"),
    at_once=True,
    permission=None,
    action=moves.remove_item,
    message=_("It is taken out. You can put it back, at the foot of the list."),
)
RESTORE_ITEM = Act(
    name="item-restore",
    label=_("Put it back"),
    at_once=True,
    permission=None,
    action=moves.restore_item,
    message=_("It is back in its place."),
)
OF_LIST: tuple[Act, ...] = (CHANGE, REMOVE)


def of_list(one: List) -> tuple[Act, ...]:
    return (RESTORE,) if one.removed_at is not None else OF_LIST
