"""What needs attention, most urgent first; each with the one thing to do about it.

A pure function of what it is given.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import Alert, ReturnReason, Status
from monitoring.models import Submission
from monitoring.reports import text
from pip_network.web import formats
from pip_network.web.days import day_in, days_after
from projects.models import Project

from .kept_figures import Kept

INCOMPLETE_UNDER = 75  # percent of asked cells with a value
RECONSTRUCTED_OVER = 30  # percent of baselines
SPENDING_APART = 20  # points behind or before the time gone by
COUNTERPART_LAG = 15  # points behind FOMIN's own spending
WHOLE_BUDGET = 100  # percent


@dataclass(frozen=True)
class Item:
    """One line: its mark (class and word), the project, what is the matter, and the way to act."""

    order: int
    css: str
    word: str
    project: str
    name: str
    sentence: str
    url: str
    act: str


def attention(
    *,
    projects: Mapping[str, Project],
    submissions: Iterable[Submission],
    remarks: Mapping[int, int],
    kept: Kept | None,
    alerts: Mapping[str, str],
    at: dt.datetime,
) -> list[Item]:
    """All items, late ones first.

    `remarks`: unresolved remarks by submission; `alerts`: the indicator that each opens.
    """
    items = [
        item
        for submission in submissions
        if (item := of_submission(submission, projects, remarks, at))
    ]
    if kept:
        for code, project in projects.items():
            items += of_record(code, project, kept, alerts)
    return sorted(items, key=lambda item: (item.order, item.project, item.sentence))


def of_submission(
    submission: Submission,
    projects: Mapping[str, Project],
    remarks: Mapping[int, int],
    at: dt.datetime,
) -> Item | None:
    """What a submission waits for: to be mended, reviewed, or handed in late; None for nothing."""
    project = projects.get(submission.project_id)
    if project is None:
        return None

    def item(order: int, css: str, word: str, sentence: str, url: str, act: str) -> Item:
        return Item(order, css, word, project.code, project.name, sentence, url, act)

    sheet = reverse("submission", args=[submission.project_id, submission.round_id])
    review = reverse("review-submission", args=[submission.project_id, submission.round_id])
    if submission.status == Status.RETURNED:
        zone = submission.zone
        returned = day_in(zone, submission.decided_at or at)
        days = days_after(returned, at, zone)
        count = remarks.get(submission.pk, 0)
        sentence = _("{round}: returned {days} ago ({reason}), {remarks}.").format(
            round=submission.round_id,
            days=formats.days(days),
            reason=ReturnReason(submission.return_reason).label.lower()
            if submission.return_reason
            else "",
            remarks=ngettext("{count} remark open", "{count} remarks open", count).format(
                count=count
            ),
        )
        return item(1, "st-back", _("Returned"), sentence, review, _("Open the review"))
    if submission.status == Status.SUBMITTED and submission.submitted_at:
        sentence = _("{round}: submitted on {day}.").format(
            round=submission.round_id, day=formats.long_date(submission.submitted_at)
        )
        return item(2, "st-sent", _("To review"), sentence, review, _("Review it"))
    if submission.is_late(at):
        sentence = _("{round}: was due on {day}.").format(
            round=submission.round_id, day=formats.long_date(submission.due_on)
        )
        return item(0, "st-late", _("Late"), sentence, sheet, _("Open the submission"))
    return None


def of_record(code: str, project: Project, kept: Kept, alerts: Mapping[str, str]) -> list[Item]:
    """What the approved record says of a project."""
    about = _About(code, project, kept, alerts)
    return [*_incomplete(about), *_reconstructed(about), *_spending(about)]


@dataclass(frozen=True)
class _About:
    """The project that items are about, and what its alerts open."""

    code: str
    project: Project
    kept: Kept
    alerts: Mapping[str, str]

    @property
    def page(self) -> str:
        return reverse("project", args=[self.code])

    def item(
        self, order: int, css: str, word: str, sentence: str, alert: Alert | None = None
    ) -> Item:
        """A line that opens the figure of its alert, or the page of the project."""
        url, act = self.page, _("See the project")
        if alert is not None:
            indicator = self.alerts.get(alert, "")
            url, act = figure_url(self.kept, indicator, self.code) or url, _("See the figure")
        return Item(order, css, word, self.code, self.project.name, sentence, url, act)


def _incomplete(about: _About) -> Iterator[Item]:
    cells = about.kept.facts.get("completeness", {}).get(about.code)
    if cells and cells["asked"] and cells["filled"] * 100 < INCOMPLETE_UNDER * cells["asked"]:
        sentence = _(
            "{share} of the cells asked in {round} have a value; {refused} refused, {missing} not "
            "collected."
        ).format(
            share=formats.percent(cells["filled"] * 100 // cells["asked"]),
            round=about.kept.round,
            refused=text.count(cells["refused"]),
            missing=text.count(cells["not_collected"] + cells["blank"]),
        )
        yield about.item(3, "st-draft", _("Incomplete"), sentence)


def _reconstructed(about: _About) -> Iterator[Item]:
    observed, rebuilt = about.kept.facts.get("baselines", {}).get(about.code, (0, 0))
    if observed and rebuilt * 100 > RECONSTRUCTED_OVER * observed:
        sentence = _("{share} of its baselines are reconstructed; the limit is 30%.").format(
            share=formats.percent(rebuilt * 100 // observed)
        )
        yield about.item(4, "st-amend", _("Reconstructed"), sentence, Alert.RECONSTRUCTED)


def _spending(about: _About) -> Iterator[Item]:
    spent = shares(about.kept.facts.get("spending", {}).get(about.code, {}))
    time = elapsed(about.project, about.kept.round)
    if not spent or time is None:
        return
    if abs(time - spent["total"]) >= SPENDING_APART:
        sentence = _("Spent {spent} of its budget with {gone} of its time gone.").format(
            spent=formats.percent(spent["total"]), gone=formats.percent(time)
        )
        yield about.item(5, "st-amend", _("Spending"), sentence, Alert.SPENDING)
    elif max(spent["fomin"], spent["local"]) > WHOLE_BUDGET:
        sentence = _("More than its budget: MIF spent {fomin}, counterpart {local}.").format(
            fomin=formats.percent(spent["fomin"]), local=formats.percent(spent["local"])
        )
        yield about.item(5, "st-amend", _("Spending"), sentence, Alert.SPENDING)
    if spent["fomin"] - spent["local"] >= COUNTERPART_LAG:
        sentence = _("Counterpart contributed {local}; MIF spent {fomin}.").format(
            local=formats.percent(spent["local"]), fomin=formats.percent(spent["fomin"])
        )
        yield about.item(6, "st-amend", _("Counterpart"), sentence, Alert.COUNTERPART)


def shares(money: Mapping[str, Any]) -> dict[str, Decimal] | None:
    """Spending over budget in percent: FOMIN, counterpart, both. None where a part is missing."""
    if any(
        key not in money for key in ("budget_fomin", "spent_fomin", "budget_local", "spent_local")
    ):
        return None
    fomin, spent, local, contributed = (
        Decimal(money[key])
        for key in ("budget_fomin", "spent_fomin", "budget_local", "spent_local")
    )
    if not fomin or not local:
        return None
    return {
        "fomin": 100 * spent / fomin,
        "local": 100 * contributed / local,
        "total": 100 * (spent + contributed) / (fomin + local),
    }


def elapsed(project: Project, round_code: str) -> Decimal | None:
    """Share of the project's time gone by at the end of a round, in percent."""
    if not round_code:
        return None
    year, half = int(round_code[:4]), round_code[-1]
    end = dt.date(year, 6, 30) if half == "1" else dt.date(year, 12, 31)
    whole = (project.ends_on - project.starts_on).days
    return min(Decimal(100), max(Decimal(0), Decimal(100 * (end - project.starts_on).days) / whole))


def figure_url(kept: Kept, indicator: str, project: str) -> str:
    """Where the figure of a project opens; empty where none is kept."""
    figure = kept.by_project.get(indicator, "main", {"project": project})
    return reverse("figure", args=[figure.id]) if figure else ""
