"""Who is told of a lesson: the director for whom it waits, who wrote it, who curates."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knowledge.models import Application, Lesson
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.models import User
from pip_network.people.access import Process, Role
from pip_network.people.holders import holders_of
from projects.models import Project


def sent(lesson: Lesson, *, at: dt.datetime) -> None:
    """To its directors: it waits for them."""
    _send(
        lesson,
        of_project(lesson, Role.DIRECTOR, at),
        gettext_noop("A lesson of your project waits for you to validate it"),
        gettext_noop("The lesson “%(title)s” is written: read it, correct it and validate it."),
        at=at,
    )


def validated(lesson: Lesson, *, validator: User | Process, at: dt.datetime) -> None:
    """To who wrote it or sent it, if that was somebody else."""
    people = {
        person for person in (lesson.written_by, lesson.sent_by) if person not in (None, validator)
    }
    _send(
        lesson,
        people,
        gettext_noop("Your lesson is validated"),
        gettext_noop(
            "The lesson “%(title)s” is validated: the members of the network read it now."
        ),
        at=at,
    )


def confirmed(lesson: Lesson, project: Project, *, at: dt.datetime) -> None:
    """To its directors and who wrote it."""
    _send(
        lesson,
        {*of_project(lesson, Role.DIRECTOR, at), lesson.written_by},
        gettext_noop("Another project confirms your lesson"),
        gettext_noop("The project %(project)s says that the lesson “%(title)s” held there too."),
        at=at,
        project=project.name,
    )


def agreed(lesson: Lesson, *, at: dt.datetime) -> None:
    """To the specialists of its project, who curate: it waits for them."""
    _send(
        lesson,
        of_project(lesson, Role.SPECIALIST, at),
        gettext_noop("A lesson waits for you to publish it"),
        gettext_noop("Its project agrees that everybody reads the lesson “%(title)s”."),
        at=at,
    )


def published(lesson: Lesson, *, at: dt.datetime) -> None:
    """To its directors."""
    _send(
        lesson,
        of_project(lesson, Role.DIRECTOR, at),
        gettext_noop("A lesson of your project is published"),
        gettext_noop("Everybody reads the lesson “%(title)s” now."),
        at=at,
    )


def applied(row: Application, *, at: dt.datetime) -> None:
    """To the directors whose lesson another project applied."""
    lesson = row.lesson
    if lesson is not None:
        _send(
            lesson,
            of_project(lesson, Role.DIRECTOR, at),
            gettext_noop("Another project applied a lesson of yours"),
            gettext_noop("The project %(project)s says how it went with the lesson “%(title)s”."),
            at=at,
            project=row.project.name,
        )


def of_project(lesson: Lesson, role: Role, at: dt.datetime) -> set[User]:
    """Who holds a role on its project that day."""
    return set(holders_of({f"P:{lesson.project_id}"}, role, at=at))


def _send(
    lesson: Lesson,
    people: Iterable[User | None],
    subject: str,
    sentence: str,
    *,
    at: dt.datetime,
    project: str = "",
) -> None:
    """To each who is there, in her language."""
    there = {person for person in people if person is not None and person.is_active}
    for person in sorted(there, key=lambda one: one.pk):
        letters.write(
            "lesson",
            to=person.email,
            language=person.language,
            kind=MailKind.LESSON,
            at=at,
            name=person.name,
            about=partial(_, subject),
            sentence=partial(_said, sentence, lesson, project),
            address=lesson.get_absolute_url(),
        )


def _said(sentence: str, lesson: Lesson, project: str) -> str:
    """In the language of the letter, the title of the lesson too."""
    return _(sentence) % {"title": lesson.title, "project": project}
