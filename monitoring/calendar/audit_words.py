"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from monitoring.models import Round
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "round": _("Rounds"),
    },
    verbs={
        "round.created": _("Round created"),
        "round.rescheduled": _("Days of a round changed"),
    },
    kinds={
        "round": Kind(_("Round"), Round, (("admin:monitoring_round_change", "object_id"),)),
    },
)
