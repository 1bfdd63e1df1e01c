"""What is attached to a submission, as it stands: its working pieces, or those of the record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from monitoring.choices import EvidencePlace, Status
from monitoring.models import Evidence, EvidenceDraft, Remark, Submission
from monitoring.sheet.cells import CellKey

from .places import Spot, of_remark, spot_of


class Piece(NamedTuple):
    """One of them. `approved` is its row of the record, if it has one: a new piece has none."""

    row: EvidenceDraft | Evidence
    spot: Spot
    approved: Evidence | None

    @property
    def is_withdrawn(self) -> bool:
        return isinstance(self.row, EvidenceDraft) and self.row.withdrawn_at is not None

    @property
    def is_taken_away(self) -> bool:
        return self.approved is not None and self.approved.taken_away_at is not None

    @property
    def beside_explanation(self) -> bool:
        return self.spot.place == EvidencePlace.EXPLANATION


def pieces_of(submission: Submission, *, subject: str | None = None) -> list[Piece]:
    """All pieces, oldest first, withdrawn ones too; only of one subject (empty: of none). One
    question, however many there are.
    """
    people = ("stored", "added_by")
    if submission.status == Status.APPROVED:
        approved = Evidence.objects.live().filter(
            project_id=submission.project_id, round_id=submission.round_id
        )
        approved = approved if subject is None else approved.filter(subject=subject)
        rows = approved.select_related(*people, "taken_away_by").order_by("added_at", "id")
        return [Piece(row, spot_of(row), row) for row in rows]
    drafts = submission.evidence_drafts.all()
    drafts = drafts if subject is None else drafts.filter(subject=subject)
    working = drafts.select_related(*people, "carried__taken_away_by").order_by("added_at", "id")
    return [Piece(row, spot_of(row), row.carried) for row in working]


def on_cell(pieces: Iterable[Piece], key: CellKey) -> list[Piece]:
    """Those beside its value and its explanation."""
    return [
        piece
        for piece in pieces
        if piece.spot.key == key and piece.spot.place != EvidencePlace.REMARK
    ]


def on_texts(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """Those beside texts of the narrative, by theme."""
    found = defaultdict(list)
    for piece in pieces:
        if piece.spot.place == EvidencePlace.NARRATIVE:
            found[piece.spot.theme].append(piece)
    return dict(found)


def put_on_threads(pieces: Iterable[Piece], threads: Iterable[Remark], attach: str = "") -> None:
    """Each remark is given its `pieces`, and where one more is attached: `attach` with its place;
    empty for who may not.
    """
    found = defaultdict(list)
    for piece in pieces:
        if piece.spot.remark is not None:
            found[piece.spot.remark].append(piece)
    for thread in threads:
        url = f"{attach}?beside={of_remark(thread)}" if attach else ""
        thread.__dict__.update(pieces=found[thread.pk], attach_url=url)
