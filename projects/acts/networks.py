"""What is done with networks: by the administration, and by who keeps the firms of one."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission
from pip_network.web.acts import Act
from projects import actions
from projects.forms import DissolveForm, NetworkForm, ReasonForm, RegistryForm
from projects.models import Network

from .firms import REGISTER
from .words import FROM_THE_NEXT_ONE_ON, NOTHING_IS_DELETED, RESTORABLE, UNTIL_APPROVED


def is_current(network: Network) -> bool:
    return network.archived_at is None


def works(network: Network) -> bool:
    return is_current(network) and network.dissolved_on is None


EDIT = Act(
    name="network-edit",
    label=_("Edit"),
    permission=Permission.MANAGE_REGISTRY,
    when=works,
    form=NetworkForm,
    action=actions.update_network,
    message=_("The network is saved."),
    title=_("Edit the network"),
    button=_("Save"),
    lede=FROM_THE_NEXT_ONE_ON,
)
DISSOLVE = Act(
    name="network-dissolve",
    label=_("Dissolve"),
    permission=Permission.MANAGE_REGISTRY,
    when=works,
    form=DissolveForm,
    action=actions.dissolve_network,
    message=_("The network is dissolved."),
    title=_("Dissolve the network"),
    button=_("Dissolve the network"),
    danger=True,
    will=(
        _(
            "It stays in every figure: its support counts as ended and its unsubsidised work as "
            "none."
        ),
        UNTIL_APPROVED,
    ),
)
REINSTATE = Act(
    name="network-reinstate",
    label=_("Take the dissolution back"),
    permission=Permission.MANAGE_REGISTRY,
    when=lambda network: is_current(network) and network.dissolved_on is not None,
    form=RegistryForm,
    action=actions.reinstate_network,
    message=_("The dissolution is taken back."),
    title=_("Take the dissolution back"),
    button=_("Take the dissolution back"),
    will=(
        _(
            "The network works again, and the firms that left with it are in it again, as if "
            "nothing had been."
        ),
    ),
)
ARCHIVE = Act(
    name="network-archive",
    label=_("Archive"),
    kind="danger",
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=ReasonForm,
    action=actions.archive_network,
    message=_("The network is archived."),
    after=lambda network: network.project,
    title=_("Archive the network"),
    button=_("Archive the network"),
    will=(
        _("The network leaves the lists, the map and the totals of the registry."),
        NOTHING_IS_DELETED,
        RESTORABLE,
    ),
)
RESTORE = Act(
    name="network-restore",
    label=_("Restore"),
    kind="primary",
    permission=Permission.MANAGE_REGISTRY,
    when=lambda network: network.archived_at is not None,
    form=RegistryForm,
    action=actions.restore_network,
    message=_("The network is restored."),
    title=_("Restore the network"),
    button=_("Restore the network"),
    will=(_("The network is in the lists and totals again."),),
)
ACTS = (RESTORE, REINSTATE, REGISTER, EDIT, DISSOLVE, ARCHIVE)
