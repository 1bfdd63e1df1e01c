"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Kind, Words
from pip_network.models import Institution, Invitation, User

WORDS = Words(
    groups={
        "person": _("People"),
        "invitation": _("Invitations"),
        "role": _("Roles"),
        "institution": _("Institutions"),
    },
    verbs={
        "role.given": _("Role given"),
        "role.ended": _("Role ended"),
        "person.switched_off": _("Account switched off"),
        "person.switched_on": _("Account switched on"),
        "person.sessions_ended": _("Sessions ended"),
        "person.changed": _("Name or institution changed"),
        "person.reset_sent": _("Letter for a new password sent"),
        "person.calendar_opened": _("Address of a calendar made"),
        "person.calendar_closed": _("Address of a calendar closed"),
        "invitation.sent": _("Invitation sent"),
        "invitation.sent_again": _("Invitation sent again"),
        "invitation.withdrawn": _("Invitation withdrawn"),
        "invitation.accepted": _("Invitation accepted"),
        "institution.created": _("Institution registered"),
        "institution.updated": _("Institution changed"),
        "institution.archived": _("Institution archived"),
        "institution.restored": _("Institution restored"),
        "institution.added": _("Institution added"),
        "institution.corrected": _("Institution corrected"),
    },
    kinds={
        "U": Kind(_("Person"), User, (("person", "pk"),)),
        "I": Kind(_("Institution"), Institution, (("institution-number", "pk"),)),
        "institution": Kind(_("Institution"), Institution),
        "invitation": Kind(_("Invitation"), Invitation, (("invitation", "pk"),)),
    },
)
