"""What the administration does with projects, and with networks from the page of their project."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission
from pip_network.web.acts import Act
from projects import actions
from projects.forms import NewNetworkForm, NewProjectForm, ProjectForm, ReasonForm, RegistryForm
from projects.models import Project

from .words import FROM_THE_NEXT_ONE_ON, NOTHING_IS_DELETED, RESTORABLE


def is_current(project: Project) -> bool:
    return project.archived_at is None


NEW = Act(
    name="project-new",
    once=True,
    label=_("New project"),
    kind="primary",
    permission=Permission.MANAGE_REGISTRY,
    form=NewProjectForm,
    action=actions.create_project,
    message=_("The project is registered."),
    title=_("New project"),
    button=_("Register the project"),
    lede=_("What its agreement says. Networks and firms come afterwards, on its own page."),
)
EDIT = Act(
    name="project-edit",
    label=_("Edit"),
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=ProjectForm,
    action=actions.update_project,
    message=_("The project is saved."),
    title=_("Edit the project"),
    button=_("Save"),
    lede=FROM_THE_NEXT_ONE_ON,
)
NEW_NETWORK = Act(
    name="network-new",
    once=True,
    label=_("Add a network"),
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=NewNetworkForm,
    action=actions.create_network,
    message=_("The network is registered."),
    title=_("New network"),
    button=_("Register the network"),
    lede=_("Its first questions come with the first semester that closes after its constitution."),
)
ARCHIVE = Act(
    name="project-archive",
    label=_("Archive"),
    kind="danger",
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=ReasonForm,
    action=actions.archive_project,
    message=_("The project is archived."),
    after=lambda _project: "projects",
    title=_("Archive the project"),
    button=_("Archive the project"),
    will=(
        _("The project and its networks leave the lists, the map and the totals of the registry."),
        NOTHING_IS_DELETED,
        RESTORABLE,
    ),
)
RESTORE = Act(
    name="project-restore",
    label=_("Restore"),
    kind="primary",
    permission=Permission.MANAGE_REGISTRY,
    when=lambda project: project.archived_at is not None,
    form=RegistryForm,
    action=actions.restore_project,
    message=_("The project is restored."),
    title=_("Restore the project"),
    button=_("Restore the project"),
    will=(_("The project and its networks are in the lists and totals again."),),
)
ACTS = (RESTORE, EDIT, NEW_NETWORK, ARCHIVE)
