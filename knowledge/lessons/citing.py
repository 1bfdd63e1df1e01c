"""Adding evidence to a lesson and taking it away: a figure, a work, an address; each may be marked as
speaking against it.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import LessonState
from knowledge.models import Evidence, Lesson, Work
from monitoring.models import FigureDefinition
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, person_of, require
from pip_network.web.addresses import require_address
from pip_network.web.edits import clean
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.text import require_no_null

from . import figures, writing
from .drafting import permission_to_change, require_state

OPEN = tuple(state for state in LessonState if state != LessonState.SUPERSEDED)


def cite_figure(
    *,
    lesson: Lesson,
    figure: FigureDefinition,
    note: str = "",
    contrary: bool = False,
    by: User | Process,
    at: dt.datetime,
) -> Evidence:
    """A figure that `by` may open, with the numbers that it has: who calls has fetched it so. It is
    computed before anything is locked. Raises Invalid (place: figure), Conflict, Forbidden.
    """
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    computed = figures.figure_at(figure.definition)
    if computed is None or computed.value is None:
        raise Invalid(_("This figure has no value that could be cited."), place="figure")
    return _add(
        lesson,
        Evidence(
            figure=figure, cited_value=computed.value, cited_change=figures.change_of(computed)
        ),
        note=note,
        contrary=contrary,
        by=by,
        at=at,
    )


def cite_work(
    *,
    lesson: Lesson,
    work: Work,
    page: int | None = None,
    note: str = "",
    contrary: bool = False,
    by: User | Process,
    at: dt.datetime,
) -> Evidence:
    """A work that `by` may read: who calls has fetched it so. Raises Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    row = Evidence(work=work, page=page)
    return _add(lesson, row, note=note, contrary=contrary, by=by, at=at)


def cite_address(
    *,
    lesson: Lesson,
    address: str,
    note: str = "",
    contrary: bool = False,
    by: User | Process,
    at: dt.datetime,
) -> Evidence:
    """A page somewhere else. Raises Invalid (place: address, note), Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    require_address(address, "address")
    return _add(lesson, Evidence(address=address), note=note, contrary=contrary, by=by, at=at)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User | Process, at: dt.datetime) -> Lesson:
    """Take it away: of what was validated only by the director who answers for it. Raises Conflict,
    Forbidden.
    """
    lesson = lock(evidence.lesson)
    require(by, permission_to_change(lesson), lesson.scope_keys)
    require_state(lesson, *OPEN)
    row = lock(evidence)
    audit.record(verb="lesson.evidence_removed", **of(row, by, at))
    row.delete()
    return lesson


@transaction.atomic
def _add(
    lesson: Lesson, row: Evidence, *, by: User | Process, at: dt.datetime, **values: Any
) -> Evidence:
    lesson = lock(lesson)
    require_state(lesson, *OPEN)
    row.lesson, row.added_by, row.added_at = lesson, person_of(by), at
    row.note, row.contrary = values["note"].strip(), values["contrary"]
    row.language = writing.language_now() if row.note else ""
    require_no_null(row.note, "note")
    if stands_already(row):
        raise Conflict(_("The lesson names this already."))
    clean(row)
    row.save()
    audit.record(verb="lesson.evidence_added", **of(row, by, at))
    return row


def stands_already(row: Evidence) -> bool:
    same = Evidence.objects.filter(lesson=row.lesson, figure=row.figure, work=row.work)
    return same.filter(page=row.page, address=row.address).exists()


def of(row: Evidence, by: User | Process, at: dt.datetime) -> dict[str, Any]:
    """For the trail. Not in the history of the lesson, whose readers may not all know of the work."""
    named = f"figure:{row.figure_id}" if row.figure_id else row.address[:200]
    said = f"work:{row.work_id}" if row.work_id else named
    lesson = f"lesson:{row.lesson_id}"
    return {"on": f"evidence:{row.pk}", "lesson": lesson, "evidence": said, "by": by, "at": at}
