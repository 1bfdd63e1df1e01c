"""The invented lessons, brought into the portal through the actions that people use. Their figures
are those of the record: which round is cited is looked for there.
"""

import datetime as dt
import json
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from knowledge.lessons import applying, citing, drafting, publishing, validating
from knowledge.models import Lesson, Work
from monitoring.analysis.figures import figure_id
from monitoring.models import FigureDefinition, Submission
from monitoring.reports.figure_definitions import keep_definitions
from monitoring.reports.record import CachedSource
from pip_network.choices import Origin
from pip_network.models import RoleAssignment, User
from pip_network.people.access import Role
from pip_network.web.errors import Invalid
from projects.models import Project
from workshops.models import Workshop

from .looking import Looking, Record

TEXTS = Path(__file__).parent / "lessons.json"
BEFORE = dt.timedelta(days=200)  # the first was written then, one a week since
WEEK, MONTH = dt.timedelta(days=7), dt.timedelta(days=30)
JUDGED = ("outcome", "confidence", "themes")


def load(*, by: User, at: dt.datetime) -> int:
    """Tell all of them, of those projects that are there; says how many. `by` keeps the library."""
    told: dict[str, Lesson] = {}
    rows = json.loads(TEXTS.read_text("utf-8"))
    record: Record = cache(CachedSource)
    for number, row in enumerate(rows):
        project = Project.objects.filter(code=row["project"]).first()
        if project is not None:
            begin = at - BEFORE + number * WEEK
            with translation.override(row["original"]):  # notes are written in it
                told[row["key"]] = _Telling(row, project, record, curator=by, at=begin).tell()
    for row in rows:
        after = told.get(row["superseded_by"])
        if after is not None and row["key"] in told:
            lesson = told[row["key"]]
            publishing.supersede_lesson(
                lesson=lesson, superseded_by=after, by=director(lesson.project_id), at=at
            )
    return len(told)


def director(project: str) -> User:
    """Whoever directs a project today. Raises LookupError where nobody does."""
    found = holder(Role.DIRECTOR, [f"P:{project}"])
    if found is None:
        raise LookupError(project)
    return found


def holder(role: Role, scopes: list[str]) -> User | None:
    """The first who holds a role today on one of `scopes`."""
    roles = RoleAssignment.objects.current(timezone.localdate())
    held = roles.filter(role=role.value, scope__in=scopes).order_by("pk").first()
    return User.objects.get(pk=held.person_id) if held else None


class _Telling:
    """One lesson, from its draft to where its row says that it stands."""

    def __init__(
        self,
        row: dict[str, Any],
        project: Project,
        record: Record,
        *,
        curator: User,
        at: dt.datetime,
    ) -> None:
        self.record = record
        self.row, self.project, self.curator, self.at = row, project, curator, at
        self.by = director(project.code)
        networks = [f"N:{network.pk}" for network in project.networks.order_by("pk")]
        self.writer = holder(Role.COORDINATOR, networks) or self.by
        self.specialist = holder(Role.SPECIALIST, [f"P:{project.code}"]) or self.by

    def tell(self) -> Lesson:
        self.lesson = self.draft()
        for piece in self.row["evidence"]:
            self.cite(piece)
        state = self.row["state"]
        if state == "sent":
            validating.send_lesson(lesson=self.lesson, by=self.writer, at=self.at + WEEK)
        elif state != "draft":
            validating.validate_lesson(lesson=self.lesson, by=self.by, at=self.at + WEEK)
            self.hear_others()
        if state == "public":
            publishing.agree_to_publication(lesson=self.lesson, by=self.by, at=self.at + 2 * MONTH)
            publishing.publish_lesson(
                lesson=self.lesson, by=self.curator, at=self.at + 2 * MONTH + WEEK
            )
        return self.lesson

    def draft(self) -> Lesson:
        """With its words in every language that it has."""
        texts, original = self.row["texts"], self.row["original"]
        kinds = self.project.networks.order_by().values_list("typology", flat=True).distinct()
        lesson = drafting.draft_lesson(
            source=self.source(),
            project=self.project,
            voice=self.row["voice"],
            language=original,
            code=self.row["code"],
            origin=Origin.DEMO,
            typologies=tuple(sorted(kinds)),
            by=self.writer,
            at=self.at,
            **{name: self.row[name] for name in JUDGED},
            **texts[original],
        )
        for language in texts.keys() - {original}:
            drafting.translate_lesson(
                lesson=lesson, language=language, by=self.by, at=self.at, **texts[language]
            )
        return lesson

    def source(self) -> drafting.Source:
        """The project itself, where the row names another source that is not there."""
        kind, _colon, slug = self.row["source"].partition(":")
        found: drafting.Source | None = None
        if kind == "workshop":
            found = Workshop.objects.filter(slug=slug).first()
        elif kind == "submission":
            found = self.submissions.first()
        return found or self.project

    @cached_property
    def submissions(self) -> Any:
        """What of it is approved, the newest first."""
        rows = Submission.objects.filter(project=self.project)
        return rows.approved().order_by("-round")

    def cite(self, piece: dict[str, Any]) -> None:
        """By its specialist, who reads every figure and every work."""
        common: dict[str, Any] = {"lesson": self.lesson, "by": self.specialist, "at": self.at}
        said: dict[str, Any] = {"note": piece["note"], "contrary": piece["contrary"]}
        if "work" in piece:
            work = Work.objects.visible_to(self.specialist).filter(code=piece["work"]).first()
            if work is not None:
                citing.cite_work(work=work, page=piece["page"], **said, **common)
        elif "address" in piece:
            citing.cite_address(address=piece["address"], **said, **common)
        else:
            self.cite_first(Looking(self.project.code, piece["figure"], self.record), piece)

    def cite_first(self, looking: Looking, piece: dict[str, Any]) -> None:
        """Of the figures that would do, the first that has a value."""
        for defined in looking.candidates(piece["mode"]):
            key = figure_id(defined)
            keep_definitions({key: defined})
            try:
                citing.cite_figure(
                    lesson=self.lesson,
                    figure=FigureDefinition.objects.get(pk=key),
                    note=piece["note"],
                    contrary=piece["contrary"],
                    by=self.specialist,
                    at=self.at,
                )
            except Invalid:
                continue
            return

    def hear_others(self) -> None:
        """What the directors of other projects say of it."""
        for said in self.row["confirmed"]:
            if (other := Project.objects.filter(code=said["project"]).first()) is not None:
                validating.confirm_lesson(
                    lesson=self.lesson,
                    project=other,
                    note=said["note"],
                    by=director(other.code),
                    at=self.at + MONTH,
                )
        for said in self.row["applied"]:
            if (other := Project.objects.filter(code=said["project"]).first()) is not None:
                applying.apply_lesson(
                    lesson=self.lesson,
                    project=other,
                    text=said["text"],
                    result=said["result"],
                    by=director(other.code),
                    at=self.at + 2 * MONTH,
                )
