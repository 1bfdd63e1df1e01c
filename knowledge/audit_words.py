"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from knowledge.models import Work
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "work": _("Library"),
    },
    verbs={
        "work.added": _("Work added to the library"),
        "work.corrected": _("Work of the library corrected"),
    },
    kinds={
        "work": Kind(_("Work"), Work, (("work", "code"),)),
    },
)
