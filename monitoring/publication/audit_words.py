"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={
        "publication": _("Publications"),
        "results": _("Published results"),
    },
    verbs={
        "publication.published": _("Round published"),
        "publication.withdrawn": _("Publication of a round withdrawn"),
        "results.published": _("Results of a project published"),
        "results.withdrawn": _("Published results of a project withdrawn"),
    },
)
