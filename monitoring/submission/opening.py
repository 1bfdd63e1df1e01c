"""Opening a submission, handing it in, and taking it back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import codes_of, milestone_rounds
from monitoring.choices import CatalogueStatus, Door, Kind, Level, Source
from monitoring.definitions.reading import definitions
from monitoring.models import CatalogueVersion, Entry, EntryChange, Round, Submission
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from monitoring.sheet.sheet import Sheet
from monitoring.submission.workflow import require_step
from pip_network.models import User
from pip_network.people.access import Permission, Process, can, require
from pip_network.web.days import day_of
from pip_network.web.errors import Invalid
from pip_network.web.locks import for_update
from projects.models import Project

from . import letters
from .moved_calendar import asks_milestones
from .moves import append_event, locked_for_step, move

PREFILLED = {"budget_fomin": "amount_fomin", "budget_local": "amount_local"}


class Incomplete(Invalid):
    """Not ready to be submitted; `sheet` says what is blank, wrong or unexplained, cell by cell."""

    def __init__(self, sheet: Sheet) -> None:
        counts = sheet.counts
        message = _(
            "Not submitted yet: core cells that are blank: %(blank)s; wrong values: %(errors)s; "
            "warnings without explanation: %(warnings)s."
        ) % {"blank": counts.blank_core, "errors": counts.errors, "warnings": counts.warnings_open}
        super().__init__(message)
        self.sheet = sheet


@transaction.atomic
def open_submission(
    project: Project, round: Round, *, by: User | Process, at: dt.datetime
) -> Submission:
    """Open a project's submission for a round, with the newest published catalogue and the budgets
    of the registry filled in.

    Returns the one that exists already. Raises Invalid outside the project's calendar or before the
    round opens, Forbidden for who neither enters the project's data nor keeps the registry.
    """
    if not can(by, Permission.MANAGE_REGISTRY):
        refusal = _("You may not open this submission.")
        require(by, Permission.ENTER_PROJECT, project.scope_keys, refusal)
    _require_in_calendar(project, round)
    # As it stands now, and held: a due day that is being moved reaches every submission of the
    # round.
    round = for_update(Round.objects.all()).get(pk=round.pk)
    if project.day(at) < round.opens_on:
        raise Invalid(
            _("Round %(round)s opens on %(day)s.")
            % {"round": round.code, "day": round.opens_on.isoformat()}
        )
    catalogue = _newest_catalogue()
    at = at.replace(microsecond=0)
    submission, created = Submission.objects.get_or_create(
        project=project,
        round=round,
        defaults={
            "catalogue": catalogue,
            "is_milestone": round.code in milestone_rounds(project),
            "due_on": round.due_on,
            "due_changes": round.due_changes,
            "due_changed_at": round.due_changed_at,
            "opened_at": at,
        },
    )
    if created:
        _prefill(submission, at)
        append_event(submission, "opened", by=by, at=at)
    return submission


def _require_in_calendar(project: Project, round: Round) -> None:
    if round.code not in codes_of(project):
        raise Invalid(
            _("Round %(round)s is not in the calendar of this project.") % {"round": round.code}
        )


def _newest_catalogue() -> CatalogueVersion:
    """Raises Invalid when none has been published."""
    published = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED)
    catalogue = published.order_by("-number").first()
    if catalogue is None:
        raise Invalid(_("No catalogue has been published yet."))
    return catalogue


def _prefill(submission: Submission, at: dt.datetime) -> None:
    """Budgets stand in the registry: they are proposed, and may be changed."""
    project, by_code = submission.project, definitions(submission.catalogue_id).by_code
    values = {code: getattr(project, field) for code, field in PREFILLED.items() if code in by_code}
    Entry.objects.bulk_create(
        Entry(
            submission=submission,
            project=project,
            level=Level.PROJECT,
            subject=f"P:{project.code}",
            kind=Kind.REGULAR,
            variable=by_code[code],
            value=value,
            source=Source.PREFILLED,
            changed_at=at,
        )
        for code, value in values.items()
    )
    EntryChange.objects.bulk_create(
        EntryChange(
            submission=submission,
            revision=submission.revision,
            subject=f"P:{project.code}",
            kind=Kind.REGULAR,
            variable_code=code,
            new_value=value,
            at=at,
            door=Door.SYSTEM,
        )
        for code, value in values.items()
    )


@transaction.atomic
def submit(submission_id: int, *, by: User, at: dt.datetime) -> Submission:
    """Hand a submission in: its cells close and the specialist is told.

    Raises Incomplete when a core cell is blank, a value is wrong or a warning has no explanation;
    Invalid for a round that the project's calendar has left; Forbidden; Conflict.
    """
    at = at.replace(microsecond=0)
    submission = locked_for_step(submission_id)
    require_step(submission, "submit", by)
    if submission.first_submitted_at is None:
        _require_in_calendar(submission.project, submission.round)
    sheet = compose(submission, load_roster(submission, day=day_of(at)), with_findings=True)
    if not sheet.is_complete:
        raise Incomplete(sheet)
    move(
        submission,
        "submit",
        by=by,
        at=at,
        submitted_at=at,
        submitted_by=by,
        first_submitted_at=submission.first_submitted_at or at,
        time_zone=submission.zone,
        review_begun_at=None,
        review_begun_by=None,
        return_reason="",
        warnings_explained=len(sheet.findings),  # all of them, or it were not complete
    )
    letters.submitted(submission, at=at)
    return submission


@transaction.atomic
def withdraw(submission_id: int, *, by: User, at: dt.datetime) -> Submission:
    """Take back what was handed in, while nobody has begun to review it: its cells open again.

    What was handed in for the first time was then not handed in. Raises Forbidden, Conflict.
    """
    at = at.replace(microsecond=0)
    submission = locked_for_step(submission_id)
    require_step(submission, "withdraw", by)
    first, last = submission.first_submitted_at, submission.submitted_at
    move(
        submission,
        "withdraw",
        by=by,
        at=at,
        submitted_at=None,
        submitted_by=None,
        first_submitted_at=None if first == last else first,
        time_zone="" if first == last else submission.time_zone,
        is_milestone=asks_milestones(submission),
    )
    return submission
