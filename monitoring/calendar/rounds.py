"""Rounds, their codes and the calendar of a project. `2005-S2` names a semester and its round."""

import datetime as dt

from monitoring.choices import Frequency
from monitoring.models import Round, Variable
from projects import semesters
from projects.models import Project


def codes_of(project: Project) -> list[str]:
    """Codes of the rounds between a project's start and its end, whether or not the rounds exist
    yet.
    """
    return semesters.between(semesters.of(project.starts_on), semesters.of(project.ends_on))


def rounds_of(project: Project) -> list[Round]:
    """The stored rounds of a project's calendar, in order."""
    return list(Round.objects.filter(code__in=codes_of(project)).order_by("code"))


def last_round(project: Project) -> str:
    """Code of the semester in which the project ends, whether or not the round exists."""
    return semesters.of(project.ends_on)


def milestone_rounds(project: Project) -> set[str]:
    """Codes of the rounds that ask milestone variables: the project's 2nd, 4th, 6th ... S2, and its
    last round.
    """
    second_halves = [code for code in codes_of(project) if code.endswith("-S2")]
    return {*second_halves[1::2], last_round(project)}


def asks(variable: Variable, round: Round, is_milestone: bool) -> bool:
    """Does a round ask this variable?

    Semester ones always, annual ones in S2, milestone ones at milestones.
    """
    if variable.frequency == Frequency.SEMESTER:
        return True
    return round.half == 2 if variable.frequency == Frequency.ANNUAL else is_milestone


def period_of(variable: Variable, round_code: str) -> str:
    """Period of a regular value: the year for annual variables, else the semester."""
    return round_code[:4] if variable.frequency == Frequency.ANNUAL else round_code


def ensure_rounds(first: str | dt.date, last: str | dt.date) -> list[Round]:
    """Create the missing rounds from `first` to `last` (codes or days) with their ordinary dates;
    return all of them.
    """
    codes = semesters.between(
        *(code if isinstance(code, str) else semesters.of(code) for code in (first, last))
    )
    wanted = [Round.of(int(code[:4]), int(code[-1])) for code in codes]
    Round.objects.bulk_create(wanted, ignore_conflicts=True)
    return list(Round.objects.filter(code__in=codes).order_by("code"))


def missing_rounds(day: dt.date) -> list[str]:
    """Codes of the semesters up to that of `day` that a project of the programme works in and that
    do not exist yet.
    """
    projects = Project.objects.current().of_programme()
    wanted = {
        code for project in projects for code in codes_of(project) if code <= semesters.of(day)
    }
    return sorted(wanted - set(Round.objects.values_list("code", flat=True)))
