"""The evidence of an approval: what is attached to what it writes."""

from collections.abc import Collection

from monitoring.choices import EvidencePlace
from monitoring.models import Evidence, EvidenceDraft
from monitoring.models.evidence import CARRIED
from monitoring.record.draft import Draft
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet


def attach(draft: Draft, sheet: Sheet) -> None:
    """What is not in the record yet; approved pieces that are carried over stay as they are, the
    others are superseded, as are those of a cell that is not asked any more.
    """
    submission = sheet.submission
    live = Evidence.objects.live().filter(
        project_id=submission.project_id, round_id=submission.round_id
    )
    ended = set(live.values_list("pk", flat=True))
    for piece in submission.evidence_drafts.standing().order_by("id"):
        if not _has_place(piece, sheet.asked):
            continue
        if piece.carried_id in ended:
            ended.discard(piece.carried_id)
            continue
        said = {name: getattr(piece, name) for name in CARRIED}
        row = Evidence(project_id=submission.project_id, round_id=submission.round_id, **said)
        draft.evidence.append(row)
    draft.superseded["evidence"] += sorted(ended)


def _has_place(piece: EvidenceDraft, asked: Collection[CellKey]) -> bool:
    if piece.place == EvidencePlace.NARRATIVE or not piece.subject:
        return True
    return CellKey(piece.subject, piece.kind, piece.variable_code) in asked
