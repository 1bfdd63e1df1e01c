"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={"evidence": _("Evidence")},
    verbs={
        "evidence.attached": _("Evidence attached"),
        "evidence.withdrawn": _("Evidence removed"),
        "evidence.put_back": _("Evidence put back"),
        "evidence.taken_away": _("File of approved evidence taken away"),
    },
)
