"""What an amendment carries over of the approved evidence."""

from monitoring.models import Evidence, EvidenceDraft, Submission
from monitoring.models.evidence import CARRIED


def carry(submission: Submission) -> None:
    """A working row for each approved piece, that of a file that was taken away too: what is
    withdrawn meanwhile is superseded when the amendment is approved.
    """
    approved = Evidence.objects.live().filter(
        project_id=submission.project_id, round_id=submission.round_id
    )
    EvidenceDraft.objects.bulk_create(
        EvidenceDraft(
            submission=submission, carried=row, **{name: getattr(row, name) for name in CARRIED}
        )
        for row in approved.order_by("id")
    )
