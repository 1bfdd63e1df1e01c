"""Which texts of the narrative have something attached."""

from collections.abc import Iterable

from monitoring.choices import EvidencePlace, Status
from monitoring.models import Evidence, EvidenceDraft, Submission


def themes_with_evidence(submissions: Iterable[int]) -> dict[int, set[str]]:
    """By submission, the themes beside which a file or an address stands: of one that is approved
    those of the record, else its working ones.

    What was withdrawn does not count; a file that was taken away for a reason was there, and does.
    Every submission asked for has its set. Three questions at most, however many there are.
    """
    themes: dict[int, set[str]] = {number: set() for number in submissions}
    place = EvidencePlace.NARRATIVE
    working = EvidenceDraft.objects.standing().filter(submission__in=themes, place=place)
    for number, theme in working.order_by().values_list("submission_id", "variable_code"):
        themes[number].add(theme)
    approved = Submission.objects.filter(pk__in=themes, status=Status.APPROVED).order_by()
    numbers = {
        (project, code): number
        for number, project, code in approved.values_list("pk", "project_id", "round_id")
    }
    rows = Evidence.objects.live().filter(
        place=place,
        project__in={project for project, _code in numbers},
        round__in={code for _project, code in numbers},
    )
    for project, code, theme in rows.order_by().values_list(
        "project_id", "round_id", "variable_code"
    ):
        if (project, code) in numbers:
            themes[numbers[project, code]].add(theme)
    return themes
