"""Beside what something stands: named in addresses, and as rows hold it."""

from typing import Any, NamedTuple

from monitoring.choices import EvidencePlace, Kind, NarrativeTheme
from monitoring.models import Remark, Submission
from monitoring.models.evidence import Attached
from monitoring.sheet.cells import CellKey


class Spot(NamedTuple):
    """A cell, the explanation of one, a text of the narrative (`theme`), or a remark.

    Its text form is `cell:F:ABC|regular|sales`, `explanation:...`, `narrative:change` or
    `remark:12`. Of a remark on a cell `key` is that cell.
    """

    place: str
    key: CellKey | None = None
    theme: str = ""
    remark: int | None = None

    def __str__(self) -> str:
        about = self.remark if self.place == EvidencePlace.REMARK else self.key or self.theme
        return f"{self.place}:{about}"

    @property
    def columns(self) -> dict[str, Any]:
        """As rows hold it."""
        subject, kind, code = self.key or ("", Kind.REGULAR, self.theme)
        return {
            "place": self.place,
            "subject": subject,
            "kind": kind,
            "variable_code": code,
            "remark_id": self.remark,
        }


def parse(text: str, submission: Submission) -> Spot:
    """The place of that text form, of this submission. Raises ValueError for any other."""
    place, _colon, about = text.partition(":")
    if place in (EvidencePlace.CELL, EvidencePlace.EXPLANATION):
        return Spot(place, CellKey.parse(about))
    if place == EvidencePlace.NARRATIVE and about in NarrativeTheme.values:
        return Spot(place, theme=about)
    if place == EvidencePlace.REMARK and about.isascii() and about.isdigit() and len(about) < 10:
        rows = Remark.objects.filter(pk=int(about), submission=submission, answers__isnull=True)
        if (remark := rows.first()) is not None:
            return of_remark(remark)
    raise ValueError(f"not a place: {text!r}")


def of_remark(remark: Remark) -> Spot:
    """Beside the first words of a thread."""
    about = CellKey(remark.subject, remark.kind, remark.variable_code)
    key = about if remark.subject else None
    return Spot(EvidencePlace.REMARK, key, "" if key else remark.theme, remark.pk)


def spot_of(piece: Attached) -> Spot:
    """Where a piece stands."""
    about = CellKey(piece.subject, piece.kind, piece.variable_code)
    key = about if piece.subject else None
    return Spot(piece.place, key, "" if key else piece.variable_code, piece.remark_id)
