"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from monitoring.models import Report
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "report": _("Reports"),
    },
    verbs={
        "report.ordered": _("Report ordered"),
        "report.rebuilt": _("Files of a report made again"),
    },
    kinds={
        "R": Kind(_("Report"), Report, (("report", "pk"),)),
    },
)
