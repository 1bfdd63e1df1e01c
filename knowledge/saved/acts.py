"""What can be done with a saved search."""

from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import Act

from . import actions
from .forms import NameForm, SaveForm

SAVE = Act(
    name="search-save",
    label=_("Tell me what is new"),
    at_once=True,
    permission=None,
    form=SaveForm,
    action=actions.save_search,
    message=_("The search is saved: when there is something new, a letter says so, once a week."),
)
RENAME = Act(
    name="search-rename",
    label=_("Rename"),
    permission=None,
    form=NameForm,
    action=actions.rename_search,
    message=_("The name is saved."),
    title=_("Rename a saved search"),
    button=_("Save"),
)
STOP = Act(
    name="search-stop",
    label=_("Stop its letters"),
    at_once=True,
    permission=None,
    when=lambda search: search.stopped_at is None,
    action=actions.stop_search,
    message=_("There will be no letters of this search."),
)
RESUME = Act(
    name="search-resume",
    label=_("Write letters again"),
    at_once=True,
    permission=None,
    when=lambda search: search.stopped_at is not None,
    action=actions.resume_search,
    message=_("A letter tells what is new from now on."),
)
REMOVE = Act(
    name="search-remove",
    label=_("Remove"),
    at_once=True,
    permission=None,
    action=actions.remove_search,
    message=_("The search is removed. You can put it back, at the foot of the page."),
)
RESTORE = Act(
    name="search-restore",
    label=_("Put it back"),
    at_once=True,
    permission=None,
    action=actions.restore_search,
    message=_("The search is back."),
)
OF_SEARCH = (RENAME, STOP, RESUME, REMOVE)
