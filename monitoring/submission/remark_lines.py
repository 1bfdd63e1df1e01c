"""The remarks that a person sees, each with the address where it is answered."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.choices import Kind, NarrativeTheme
from monitoring.definitions.reading import definitions
from monitoring.models import Remark, Submission
from monitoring.sheet.addresses import cell_address
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import load_roster
from monitoring.sheet.threads import Thread, open_threads
from monitoring.sheet.units_of_registry import firm_unit
from pip_network.models import User
from pip_network.people.access import Permission, can
from projects.models import Membership, Network

NARRATIVE, WHOLE = gettext_lazy("Narrative"), gettext_lazy("The whole submission")


class RemarkLine(NamedTuple):
    """A line of a list of remarks: what it stands on, and where it is answered.

    `stray`: on no cell and no text that can be opened; it is answered on the page of the submission.
    """

    remark: Remark
    where: str | Promise
    what: str
    url: str
    answered: bool
    stray: bool = False


class RemarkedUnit(NamedTuple):
    """A unit of one submission: its name, and those of its networks that a person sees."""

    label: str
    networks: tuple[str, ...]


RemarkedUnits = Mapping[tuple[int, str], RemarkedUnit]


def open_lines(user: User, submissions: Collection[Submission]) -> dict[int, list[RemarkLine]]:
    """By submission, the open remarks on what this person sees, unanswered ones first; asked with
    few questions, however many the submissions.
    """
    threads = open_threads(submissions)
    by_number = {submission.pk: submission for submission in submissions}
    places = _places(user, by_number, [each.remark for each in threads])
    lines: dict[int, list[RemarkLine]] = {number: [] for number in by_number}
    for each in threads:
        submission = by_number[each.remark.submission_id]
        whole = can(user, Permission.VIEW_MONITORING, {f"P:{submission.project_id}"})
        line = line_of(submission, each, places, whole=whole)
        if line is not None:
            lines[submission.pk].append(line)
    return lines


def line_of(
    submission: Submission, thread: Thread, places: RemarkedUnits, *, whole: bool
) -> RemarkLine | None:
    """What one person sees of a thread; None when that is nothing."""
    remark, answered = thread
    if not remark.subject:
        return _line_of_text(submission, thread) if whole else None
    key = CellKey(remark.subject, remark.kind, remark.variable_code)
    place = places.get((submission.pk, key.subject))
    if not whole and (place is None or not place.networks):
        return None
    variable = definitions(submission.catalogue_id).by_code.get(key.variable)
    what = variable.name if variable else key.variable
    if place is None:
        url = _on_submission(submission, remark)
        return RemarkLine(remark, key.subject[2:], what, url, answered, stray=True)
    where = f"{place.label} ({_('baseline')})" if key.kind == Kind.BASELINE else place.label
    url = cell_address(submission, key, place.networks)
    return RemarkLine(remark, where, what, url, answered)


def _line_of_text(submission: Submission, thread: Thread) -> RemarkLine:
    """On a text of the narrative, or on the whole submission."""
    remark, answered = thread
    if not remark.theme:
        url = _on_submission(submission, remark)
        return RemarkLine(remark, WHOLE, "", url, answered, stray=True)
    page = reverse("narrative", args=[submission.project_id, submission.round_id])
    label = str(NarrativeTheme(remark.theme).label)
    return RemarkLine(remark, NARRATIVE, label, f"{page}#{remark.theme}", answered)


def _on_submission(submission: Submission, remark: Remark) -> str:
    return f"{submission.get_absolute_url()}#thread-{remark.pk}"


def _places(
    user: User, by_number: Mapping[int, Submission], remarks: Iterable[Remark]
) -> RemarkedUnits:
    """The units that these remarks are about."""
    wanted = sorted({(row.submission_id, row.subject) for row in remarks if row.subject})
    projects = {by_number[number].project_id for number, _subject in wanted}
    visible = _visible_networks(user, projects) if projects else {}
    places = {}
    for number, subject in wanted:
        code = subject[2:]
        if subject.startswith("P:"):
            places[number, subject] = RemarkedUnit(by_number[number].project.name, ())
        elif subject.startswith("N:") and code in visible:
            places[number, subject] = RemarkedUnit(visible[code], (code,))
    firms = [pair for pair in wanted if pair[1].startswith("F:")]
    for key, place in _firms(by_number, firms).items():
        seen = tuple(code for code in place.networks if code in visible)
        places[key] = RemarkedUnit(place.label, seen)
    return places


def _visible_networks(user: User, projects: Collection[str]) -> dict[str, str]:
    rows = Network.objects.where(user, Permission.VIEW_MONITORING).standing()
    return dict(rows.filter(project__in=projects).values_list("code", "name"))


def _firms(
    by_number: Mapping[int, Submission], firms: list[tuple[int, str]]
) -> dict[tuple[int, str], RemarkedUnit]:
    """Firms with all their networks; of an amendment, as the record has them."""
    amended = [pair for pair in firms if by_number[pair[0]].revision > 1]
    places = _of_registry(by_number, [pair for pair in firms if pair not in amended])
    for number, pairs in groupby(amended, key=lambda pair: pair[0]):
        subjects = {subject for _number, subject in pairs}
        for unit in load_roster(by_number[number], subjects=subjects).units:
            codes = tuple(network.code for network in unit.networks)
            places[number, unit.subject] = RemarkedUnit(unit.label, codes)
    return places


def _of_registry(
    by_number: Mapping[int, Submission], firms: list[tuple[int, str]]
) -> dict[tuple[int, str], RemarkedUnit]:
    """As the registry has them at the close of the round: one question for all."""
    joined = Membership.objects.filter(
        firm__in={subject[2:] for _number, subject in firms},
        network__project__in={by_number[number].project_id for number, _subject in firms},
    ).select_related("firm__country", "network")
    rows = list(joined.order_by("joined_on", "network_id", "id")) if firms else []
    places = {}
    for number, subject in firms:
        project, ends_on = by_number[number].project_id, by_number[number].round.ends_on
        own = [row for row in rows if _is_of(row, subject[2:], project, ends_on)]
        if own:
            unit = firm_unit(own[0].firm, own, ends_on)
            codes = tuple(network.code for network in unit.networks)
            places[number, subject] = RemarkedUnit(unit.label, codes)
    return places


def _is_of(row: Membership, firm: str, project: str, ends_on: dt.date) -> bool:
    return row.firm_id == firm and row.network.project_id == project and row.joined_on <= ends_on
