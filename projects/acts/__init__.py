"""What a person may do with a thing of the registry: the buttons of its page, from the rows of its
acts.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network.models import Institution
from pip_network.people.access import Permission, can_somewhere
from pip_network.web.acts import Button, buttons
from pip_network.web.signed_in import Reader
from projects.models import Firm, Network, Project

from . import firms, institutions, memberships, networks, projects

OF_FIRM = (
    firms.RESTORE,
    firms.EDIT,
    memberships.JOIN,
    firms.CLOSE,
    firms.REOPEN,
    firms.ARCHIVE,
    firms.ANONYMISE,
)


def acts_for(user: Reader, record: Project | Network | Institution | Firm) -> list[Button]:
    """The acts that `user` may do with `record` as it stands, in the order of their use; none for a
    visitor.
    """
    if isinstance(record, Firm):
        return buttons(OF_FIRM, user, record, record.code)
    if isinstance(record, Network):
        return buttons(networks.ACTS, user, record, record.code)
    if isinstance(record, Project):
        return buttons(projects.ACTS, user, record, record.code)
    return buttons(institutions.ACTS, user, record, record.slug)


def acts_on_lists(user: Reader) -> dict[str, Button]:
    """What the lists offer above their rows, by the name of the list."""
    buttons_of_lists = {}
    if can_somewhere(user, Permission.MANAGE_FIRMS):
        buttons_of_lists["firms"] = Button(_("Possible duplicates"), reverse("firm-duplicates"))
    for name, act in (("projects", projects.NEW), ("institutions", institutions.NEW)):
        if act.is_offered(user):
            buttons_of_lists[name] = act.link()
    return buttons_of_lists
