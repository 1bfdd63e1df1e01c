"""What lessons show where decisions are made: in review, beside an indicator, in a report."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest

from knowledge.choices import LessonState
from knowledge.models import Lesson, LessonQuerySet
from monitoring.models import Indicator, Submission
from monitoring.reports.parts import Part
from pip_network.people.access import Permission, can
from pip_network.web.acts import buttons

from . import acts_of_semesters
from .semesters import told_in

SHOWN = 3
HELD = (LessonState.CONFIRMED, LessonState.VALIDATED)


def of_submission(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """The lesson that was made of this semester; or the text of which one can be made."""
    if not can(request.user, Permission.VIEW_MONITORING, submission.project.scope_keys):
        return None  # who reads the sheet of one network does not read the texts
    lessons = list(lessons_for(request).filter(submission=submission))
    text = None if lessons else told_in(submission)
    offered = buttons(
        (acts_of_semesters.MAKE,),
        request.user,
        submission,
        submission.project_id,
        submission.round_id,
    )
    if not lessons and not (text and offered):
        return None
    return {"lessons": lessons, "text": text, "buttons": offered}


def of_review(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """Of the project itself first, then of projects that have networks of the same kinds."""
    kinds = {network.typology for network in submission.project.networks.all()}
    own = list(held(request).filter(project=submission.project_id)[:SHOWN])
    others = held(request).filter(typologies__typology__in=kinds).distinct()
    alike = list(others.exclude(project=submission.project_id)[:SHOWN])
    return {"own": own, "alike": alike} if own or alike else None


def of_indicator(request: HttpRequest, indicator: Indicator) -> dict[str, Any] | None:
    """Of its theme."""
    lessons = list(held(request).filter(themes__theme=indicator.theme)[: SHOWN + 1])
    if not lessons:
        return None
    return {
        "lessons": lessons[:SHOWN],
        "more": len(lessons) > SHOWN,
        "theme": indicator.theme,
        "label": indicator.get_theme_display(),
    }


def of_section(request: HttpRequest, part: Part) -> dict[str, Any] | None:
    """Of the themes of one section; those of all sections are read at once."""
    kept = vars(request).setdefault("_lessons_by_theme", {})
    if not kept:
        kept |= by_theme(request)
    lessons = [lesson for theme in part.themes for lesson in kept.get(theme, ())]
    once = list({lesson.pk: lesson for lesson in lessons}.values())
    return {"lessons": once[:SHOWN], "theme": part.themes[0]} if once else None


def by_theme(request: HttpRequest) -> dict[str, list[Lesson]]:
    """The first lessons of each theme that has any; empty where none has."""
    first: dict[str, list[str]] = defaultdict(list)
    for theme, code in held(request).exclude(themes=None).values_list("themes__theme", "pk"):
        if len(first[theme]) < SHOWN:
            first[theme].append(code)
    codes = {code for found in first.values() for code in found}
    lessons = {lesson.pk: lesson for lesson in held(request).filter(pk__in=codes)}
    return {theme: [lessons[code] for code in found] for theme, found in first.items()}


def held(request: HttpRequest) -> LessonQuerySet:
    """Those that hold: confirmed before validated (so the names of the states fall), newest first."""
    return lessons_for(request).filter(state__in=HELD).order_by("state", "-written_at", "code")


def lessons_for(request: HttpRequest) -> LessonQuerySet:
    return Lesson.objects.visible_to(request.user).with_parts()
