"""The hidden fingerprint of a row: of which submission it is, and as it stood when.

It is signed: what people edit in it is noticed. `changes` counts the edits of the submission when
the row was written, so that what was changed since can be told, cell by cell.
"""

from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from monitoring.models import EntryChange, Submission
from pip_network.web.errors import Invalid

SIGNER = Signer(salt="monitoring.workbook")


class Fingerprint(NamedTuple):
    """What a row says of itself."""

    project: str
    round: str
    revision: int
    catalogue: int
    changes: int
    subject: str
    kind: str

    @property
    def signed(self) -> str:
        return SIGNER.sign("|".join(map(str, self)))


def read_fingerprint(text: str) -> Fingerprint:
    """Raises Invalid for one that the portal did not write."""
    try:
        project, round_code, revision, catalogue, changes, subject, kind = SIGNER.unsign(
            text
        ).split("|")
    except (BadSignature, ValueError):
        raise Invalid(
            _(
                "The hidden fingerprint of this row has been changed: copy the row again from the "
                "workbook that you downloaded."
            )
        ) from None
    return Fingerprint(
        project, round_code, int(revision), int(catalogue), int(changes), subject, kind
    )


def changes_of(submission: Submission) -> int:
    """How many edits the cells of a submission have had."""
    return EntryChange.objects.filter(submission=submission).count()


def require_fits(fingerprint: Fingerprint, submission: Submission) -> None:
    """Raises Invalid for a row of another submission, or of another time of it."""
    given = (fingerprint.project, fingerprint.round)
    if given != (submission.project_id, submission.round_id):
        raise Invalid(
            _("This row is of %(given)s, and you are filling in %(here)s.")
            % {
                "given": " / ".join(given),
                "here": f"{submission.project_id} / {submission.round_id}",
            }
        )
    if fingerprint.revision != submission.revision:
        raise Invalid(
            _(
                "This row was downloaded for revision %(given)s, and the submission is at revision "
                "%(here)s: download the workbook anew."
            )
            % {"given": fingerprint.revision, "here": submission.revision}
        )
    if fingerprint.catalogue != submission.catalogue_id:
        raise Invalid(
            _("This row follows another version of the catalogue: download the workbook anew.")
        )
