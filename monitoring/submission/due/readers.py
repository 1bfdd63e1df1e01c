"""Who is told of a due day: the directors, and the coordinators whose sheet is not ready."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from monitoring.models import Round, Submission
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Counts
from monitoring.submission.letters import coordinators_of, directors_of
from pip_network.models import User
from pip_network.people.access import Permission
from projects.models import Network, Project


class Told(NamedTuple):
    """One reader: where she goes on, and what is left there; None where nothing was opened."""

    person: User
    address: str
    counts: Counts | None


def readers(
    project: Project, round: Round, submission: Submission | None, at: dt.datetime
) -> Iterator[Told]:
    """Each once, directors first; of a round that nobody has opened only they are told."""
    directors = directors_of(project.pk, at)
    if submission is None:
        for person in directors:
            yield Told(person, reverse("monitoring"), None)
        return
    counts = load_sheet(submission).counts
    for person in directors:
        yield Told(person, submission.get_absolute_url(), counts)
    told = {person.pk for person in directors}
    sheets: dict[str, Counts] = {}
    for person in coordinators_of(project.pk, at):
        if person.pk not in told and (left := _left(person, submission, sheets)) is not None:
            yield left


def _left(person: User, submission: Submission, sheets: dict[str, Counts]) -> Told | None:
    """The first of her sheets that is not ready. `sheets` keeps those that were read."""
    networks = Network.objects.where(person, Permission.ENTER_NETWORK).standing()
    for code in networks.filter(project=submission.project_id).values_list("code", flat=True):
        if code not in sheets:
            sheets[code] = load_sheet(submission, network=code).counts
        if not sheets[code].is_ready:
            place = (submission.project_id, submission.round_id, code)
            return Told(person, reverse("sheet", args=place), sheets[code])
    return None
