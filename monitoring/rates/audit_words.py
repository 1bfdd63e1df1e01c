"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={
        "rates": _("Exchange rates"),
    },
    verbs={
        "rates.approved": _("Exchange rates approved"),
    },
)
