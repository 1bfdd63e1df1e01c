"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={
        "targets": _("Targets"),
    },
    verbs={
        "targets.proposed": _("Targets proposed"),
        "targets.withdrawn": _("Proposed target taken back"),
        "targets.agreed": _("Targets agreed"),
        "targets.returned": _("Proposed targets sent back"),
    },
)
