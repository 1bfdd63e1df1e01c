"""The same through the door of the commands: a program writes what a file says, without a preview."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.choices import Door
from monitoring.models import Submission
from monitoring.submission.entries import require_open
from monitoring.submission.moves import locked
from pip_network.files.incoming import read
from pip_network.people.access import Process
from pip_network.web.errors import Invalid
from projects.models import Network

from .comparing import Comparison
from .fingerprints import read_fingerprint
from .limits import LIMITS
from .long_table import write_long_table
from .outcomes import Line, Outcome, Outcomes
from .reading import given_in
from .storing import write
from .tables import Reach, load_sheet
from .uploads import require_may_enter, require_some_row
from .writing import write_workbook


class Unstored(NamedTuple):
    """A cell that keeps a file from being stored, as a sentence with its place."""

    line: Line

    def __str__(self) -> str:
        line = self.line
        column = _(", column %(column)s") % {"column": line.column} if line.column else ""
        place = _("Sheet %(sheet)s, row %(row)s%(column)s") % {
            "sheet": line.sheet or "CSV",
            "row": line.row,
            "column": column,
        }
        return f"{place} («{line.after}»): {line.rule}"


def submission_of(project: str, round_code: str) -> Submission:
    """Raises Invalid when it has not been opened."""
    submissions = Submission.objects.select_related("project", "round")
    submission = submissions.filter(project_id=project, round_id=round_code).first()
    if submission is None:
        raise Invalid(
            _("There is no submission of %(project)s for %(round)s: it has not been opened.")
            % {"project": project, "round": round_code}
        )
    return submission


def export_workbook(submission: Submission, extension: str) -> bytes:
    """The whole workbook; `csv`: as one long table."""
    networks = Network.objects.standing().filter(project_id=submission.project_id).order_by("code")
    write = write_long_table if extension == "csv" else write_workbook
    return write(load_sheet(submission, timezone.now()), Reach(tuple(networks), True))


@transaction.atomic
def import_workbook(
    submission: Submission, data: bytes, *, dry_run: bool, by: Process, at: dt.datetime
) -> Outcomes:
    """Store a file, all of it or nothing; returns what became of its cells.

    Nothing is stored with `dry_run`, nor where a cell is rejected or in conflict. Raises Refused,
    Invalid, Conflict, Forbidden.
    """
    require_may_enter(submission, by)
    given = given_in(read(data, LIMITS))
    submission = locked(submission.pk)
    require_open(submission)
    require_some_row(given, submission)
    comparison = Comparison(submission, by, at, door=Door.COMMAND)
    outcomes = comparison.compare(given, with_checks=True)
    if not dry_run and not unstored(outcomes):
        write(comparison, outcomes.counts, by, at)
    return outcomes


def unstored(outcomes: Outcomes) -> list[Unstored]:
    """What kept it from being stored."""
    kept_out = (Outcome.REJECTED, Outcome.CONFLICT)
    return [Unstored(line) for line in outcomes.lines if line.outcome in kept_out]


def round_in(data: bytes, project: str) -> str:
    """The round that a file is of, by its first row that the portal wrote.

    Raises Refused, Invalid.
    """
    refusal = Invalid(_("The file holds no row of the workbook."), place="file")
    for row in given_in(read(data, LIMITS)).rows:
        try:
            fingerprint = read_fingerprint(str(row.fingerprint))
        except Invalid as error:
            refusal = error
            continue
        if fingerprint.project == project:
            return fingerprint.round
    raise refusal
