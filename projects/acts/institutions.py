"""What the administration does with institutions."""

from django.utils.translation import gettext_lazy as _

from pip_network.models import Institution
from pip_network.people import institutions
from pip_network.people.access import Permission
from pip_network.web.acts import Act
from projects.forms import InstitutionForm, OwnInstitutionForm, ReasonForm, RegistryForm

from .words import RESTORABLE


def is_current(institution: Institution) -> bool:
    return institution.archived_at is None


NEW = Act(
    name="institution-new",
    once=True,
    label=_("New institution"),
    kind="primary",
    permission=Permission.MANAGE_REGISTRY,
    form=InstitutionForm,
    action=institutions.create_institution,
    message=_("The institution is registered."),
    title=_("New institution"),
    button=_("Register the institution"),
)
EDIT = Act(
    name="institution-edit",
    label=_("Edit"),
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=InstitutionForm,
    action=institutions.update_institution,
    message=_("The institution is saved."),
    title=_("Edit the institution"),
    button=_("Save"),
)
DESCRIBE = Act(
    name="institution-describe",
    label=_("Describe your institution"),
    permission=Permission.DESCRIBE_INSTITUTION,
    over=lambda institution: institution.scope_keys if institution else (),
    when=is_current,
    form=OwnInstitutionForm,
    action=institutions.update_institution,
    message=_("The institution is saved."),
    title=_("Describe your institution"),
    button=_("Save"),
    lede=_(
        "What its page says of it. Its name, its relation to the network and the source are kept "
        "by the administration."
    ),
)
ARCHIVE = Act(
    name="institution-archive",
    label=_("Archive"),
    kind="danger",
    permission=Permission.MANAGE_REGISTRY,
    when=is_current,
    form=ReasonForm,
    action=institutions.archive_institution,
    message=_("The institution is archived."),
    after=lambda _institution: "institutions",
    title=_("Archive the institution"),
    button=_("Archive the institution"),
    will=(_("The institution leaves the lists; its people keep their accounts."), RESTORABLE),
)
RESTORE = Act(
    name="institution-restore",
    label=_("Restore"),
    kind="primary",
    permission=Permission.MANAGE_REGISTRY,
    when=lambda institution: institution.archived_at is not None,
    form=RegistryForm,
    action=institutions.restore_institution,
    message=_("The institution is restored."),
    title=_("Restore the institution"),
    button=_("Restore the institution"),
    will=(_("The institution is in the lists again."),),
)
ACTS = (RESTORE, EDIT, DESCRIBE, ARCHIVE)
