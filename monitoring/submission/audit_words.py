"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from monitoring.models import Approval
from pip_network.audit.words import Kind, Part, Words

WORDS = Words(
    groups={
        "submission": _("Submissions"),
        "narrative": _("Narratives"),
        "remark": _("Remarks"),
        "registry": _("Corrections of the record"),
    },
    verbs={
        "submission.opened": _("Semester opened"),
        "submission.moved_in": _("Past semester opened afterwards"),
        "submission.submitted": _("Sent to review"),
        "submission.returned": _("Returned with remarks"),
        "submission.approved": _("Approved"),
        "submission.amended": _("Opened for amendment"),
        "submission.discarded": _("Amendment discarded"),
        "submission.withdrawn": _("Withdrawn from review"),
        "submission.begun": _("Review begun"),
        "submission.extended": _("Due day extended"),
        "submission.reminded": _("Reminder sent"),
        "narrative.saved": _("Narrative saved"),
        "remark.made": _("Remark made"),
        "remark.answered": _("Remark answered"),
        "remark.resolved": _("Remark resolved"),
        "registry.corrected": _("Attributes of an approved round corrected"),
    },
    kinds={
        "A": Kind(_("Approval"), Approval),
    },
    parts={"P": Part("submission", of_whole="project", of_part="round_code")},
)
