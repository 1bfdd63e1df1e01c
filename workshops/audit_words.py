"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Kind, Words
from workshops.models import Workshop

WORDS = Words(
    groups={
        "workshop": _("Workshops"),
    },
    verbs={
        "workshop.added": _("Workshop added"),
        "workshop.corrected": _("Workshop corrected"),
    },
    kinds={
        "workshop": Kind(_("Workshop"), Workshop),
    },
)
