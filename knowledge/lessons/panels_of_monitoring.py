"""What lessons show where decisions are made: in review, beside an indicator, in a report."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledge.choices import LessonState
from knowledge.models import Lesson, LessonQuerySet
from monitoring.models import Indicator, Submission
from monitoring.reports.figure_trace import may_open
from monitoring.reports.parts import Part
from pip_network.people.access import Permission, can
from pip_network.web.acts import buttons

from . import acts_of_semesters
from .panels import SHOWN, listed, readable
from .semesters import told_in

BESIDE = 3  # each section of a report, or the project’s own in review


def of_submission(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """The lesson that was made of this semester; or the text of which one can be made."""
    if not can(request.user, Permission.VIEW_MONITORING, submission.project.scope_keys):
        return None  # who reads the sheet of one network does not read the texts
    # one that another supersedes was made of it all the same
    lessons = list(
        Lesson.objects.visible_to(request.user).with_parts().filter(submission=submission)
    )
    text = None if lessons else told_in(submission)
    address = (submission.project_id, submission.round_id)
    offered = buttons((acts_of_semesters.MAKE,), request.user, submission, *address)
    if not lessons and not (text and offered):
        return None
    return {"lessons": lessons, "text": text, "buttons": offered}


def of_review(request: HttpRequest, submission: Submission) -> dict[str, Any] | None:
    """Of the project itself first, then of projects that have networks of the same kinds."""
    kinds = {network.typology for network in submission.project.networks.all()}
    own = holding(request).filter(project=submission.project_id)[:SHOWN]
    others = holding(request).exclude(project=submission.project_id)
    alike = others.filter(typologies__typology__in=kinds).distinct()[:BESIDE]
    rows = [(lesson, "") for lesson in own]
    rows += [(lesson, _("It is about networks of the same kind.")) for lesson in alike]
    note = _("What this project and similar ones have learned.")
    return listed(rows, _("Lessons"), note, most=SHOWN + BESIDE)


def of_indicator(request: HttpRequest, indicator: Indicator) -> dict[str, Any] | None:
    """Those that name a figure of it, where the reader may open that figure; then those of its
    theme.
    """
    naming = holding(request).filter(evidence__figure__definition__indicator=indicator.code)
    cited = [
        lesson
        for lesson in naming.prefetch_related("evidence__figure").distinct()
        if names_openly(request, lesson, indicator)
    ]
    of_theme = holding(request).filter(themes__theme=indicator.theme)[: SHOWN + 1 + len(cited)]
    rows = [(lesson, _("It names a figure of this indicator.")) for lesson in cited]
    rows += [(lesson, "") for lesson in of_theme if lesson not in cited]
    note = _("What projects have learned about the theme of this indicator.")
    return listed(rows, _("Lessons"), note, {"theme": indicator.theme})


def names_openly(request: HttpRequest, lesson: Lesson, indicator: Indicator) -> bool:
    figures = [row.figure.definition for row in lesson.evidence.all() if row.figure]
    return any(
        one["indicator"] == indicator.code and may_open(request.user, one) for one in figures
    )


def of_section(request: HttpRequest, part: Part) -> dict[str, Any] | None:
    """Of the themes of one section; those of all sections are read at once."""
    kept = vars(request)
    if "_lessons_by_theme" not in kept:
        kept["_lessons_by_theme"] = by_theme(request)
    lessons = [one for theme in part.themes for one in kept["_lessons_by_theme"].get(theme, ())]
    once = list({lesson.pk: lesson for lesson in lessons}.values())
    return {"lessons": once[:BESIDE], "theme": part.themes[0]} if once else None


def by_theme(request: HttpRequest) -> dict[str, list[Lesson]]:
    """The first lessons of each theme."""
    first: dict[str, list[str]] = defaultdict(list)
    pairs = holding(request).exclude(themes=None).values_list("themes__theme", "pk")
    for theme, code in pairs:
        if len(first[theme]) < BESIDE:
            first[theme].append(code)
    codes = {code for found in first.values() for code in found}
    lessons = {lesson.pk: lesson for lesson in holding(request).filter(pk__in=codes)}
    return {theme: [lessons[code] for code in found] for theme, found in first.items()}


def holding(request: HttpRequest) -> LessonQuerySet:
    """Drafts, which some readers see on pages of their own, are nothing to decide by."""
    return readable(request).exclude(state=LessonState.DRAFT)
