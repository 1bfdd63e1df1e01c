"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={"workbook": _("Workbooks")},
    verbs={
        "workbook.stored": _("Workbook stored"),
        "workbook.taken_back": _("Workbook taken back"),
    },
)
