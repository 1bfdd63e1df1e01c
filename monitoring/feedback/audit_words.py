"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={"feedback": _("Pages for the firms")},
    verbs={
        "feedback.ordered": _("Pages for firms and networks asked for"),
        "feedback.fetched": _("Pages for firms and networks downloaded"),
    },
)
