"""Adding evidence to a lesson and taking it away: a figure, a work, an address; each may be marked as
speaking against it.
"""

import datetime as dt
import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.choices import LessonState
from knowledge.models import Evidence, Lesson, Work
from monitoring.models import FigureDefinition
from monitoring.reports.figure_trace import may_open
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, require
from pip_network.web.edits import clean
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.text import require_no_null

from . import figures
from .drafting import on, permission_to_change, require_state

FIGURE_ID = re.compile(r"[0-9a-f]{16}")
OPEN = tuple(state for state in LessonState if state != LessonState.SUPERSEDED)


def cite_figure(
    *,
    lesson: Lesson,
    figure: str,
    note: str = "",
    contrary: bool = False,
    by: User,
    at: dt.datetime,
) -> Evidence:
    """A figure by its identifier, or by the address of its page, with the numbers that it has. It is
    computed before anything is locked. Raises Invalid (place: figure), Conflict, Forbidden.
    """
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    row = figure_named(figure, by)
    computed = figures.figure_at(row.definition)
    if computed is None or computed.value is None:
        raise Invalid(_("This figure has no value that could be cited."), place="figure")
    return _add(
        lesson,
        Evidence(figure=row, cited_value=computed.value, cited_change=figures.change_of(computed)),
        note=note,
        contrary=contrary,
        by=by,
        at=at,
    )


def cite_work(
    *,
    lesson: Lesson,
    work: str,
    page: int | None = None,
    note: str = "",
    contrary: bool = False,
    by: User,
    at: dt.datetime,
) -> Evidence:
    """A work that `by` may read, by its code. Raises Invalid (place: work), Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    found = Work.objects.visible_to(by).filter(code=work.strip().upper()).first()
    if found is None:
        raise Invalid(_("The library has no work of this code."), place="work")
    row = Evidence(work=found, page=page)
    return _add(lesson, row, note=note, contrary=contrary, by=by, at=at)


def cite_address(
    *,
    lesson: Lesson,
    address: str,
    note: str = "",
    contrary: bool = False,
    by: User,
    at: dt.datetime,
) -> Evidence:
    """A page somewhere else. Raises Invalid (place: address, note), Conflict, Forbidden."""
    require(by, Permission.WRITE_LESSON, lesson.scope_keys)
    if not address.lower().startswith(("http://", "https://")):
        raise Invalid(_("An address begins with https:// or http://."), place="address")
    return _add(lesson, Evidence(address=address), note=note, contrary=contrary, by=by, at=at)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: dt.datetime) -> Lesson:
    """Take it away: of what was validated only by the director who answers for it. Raises Conflict,
    Forbidden.
    """
    lesson = lock(evidence.lesson)
    require(by, permission_to_change(lesson), lesson.scope_keys)
    require_state(lesson, *OPEN)
    told = said(lock(evidence))
    evidence.delete()
    audit.record(verb="lesson.evidence_removed", evidence=told, **on(lesson, by, at))
    return lesson


@transaction.atomic
def _add(lesson: Lesson, row: Evidence, *, by: User, at: dt.datetime, **values: Any) -> Evidence:
    lesson = lock(lesson)
    require_state(lesson, *OPEN)
    row.lesson, row.added_by, row.added_at = lesson, by, at
    row.note, row.contrary = values["note"].strip(), values["contrary"]
    require_no_null(row.note, "note")
    if stands_already(row):
        raise Conflict(_("The lesson names this already."))
    clean(row)
    row.save()
    audit.record(verb="lesson.evidence_added", evidence=said(row), **on(lesson, by, at))
    return row


def stands_already(row: Evidence) -> bool:
    same = Evidence.objects.filter(lesson=row.lesson, figure=row.figure, work=row.work)
    return same.filter(page=row.page, address=row.address).exists()


def figure_named(text: str, by: User) -> FigureDefinition:
    """By its identifier or the address of its page. One that `by` may not open is none."""
    found = FIGURE_ID.search(text.strip().lower())
    row = FigureDefinition.objects.filter(pk=found[0]).first() if found else None
    if row is None or not may_open(by, row.definition):
        raise Invalid(
            _("No figure that you may open has this identifier: copy it from its page."),
            place="figure",
        )
    return row


def said(row: Evidence) -> str:
    """How the trail names it."""
    if row.figure_id:
        return f"figure:{row.figure_id}"
    return f"work:{row.work_id}" if row.work_id else row.address[:200]
