"""What needs attention, most urgent first; each with the one thing to do about it.

A pure function of what it is given.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.choices import Alert, ReturnReason, Status
from monitoring.models import Submission
from monitoring.reports import text
from pip_network.web import formats
from projects.models import Project

from .sets import Kept

INCOMPLETE_UNDER = 75  # percent of asked cells with a value
RECONSTRUCTED_OVER = 30  # percent of baselines
SPENDING_LAG = 20  # points behind the time gone by
COUNTERPART_LAG = 15  # points behind FOMIN's own spending


@dataclass(frozen=True)
class Item:
    """One line: its mark (class and word), the project, what is the matter, and the way to act."""

    order: int
    css: str
    word: str
    project: str
    name: str
    told: str
    url: str
    act: str


def attention(
    *,
    projects: Mapping[str, Project],
    submissions: Iterable[Submission],
    remarks: Mapping[int, int],
    kept: Kept | None,
    alerts: Mapping[str, str],
    day: dt.date,
) -> list[Item]:
    """All items, late ones first.

    `remarks`: unresolved remarks by submission; `alerts`: the indicator that each opens.
    """
    found = [item for one in submissions if (item := of_submission(one, projects, remarks, day))]
    if kept:
        for code, project in projects.items():
            found += of_record(code, project, kept, alerts)
    return sorted(found, key=lambda item: (item.order, item.project, item.told))


def of_submission(
    one: Submission, projects: Mapping[str, Project], remarks: Mapping[int, int], day: dt.date
) -> Item | None:
    project = projects.get(one.project_id)
    if project is None:
        return None

    def item(order, css, word, told, url, act):
        return Item(order, css, word, project.code, project.name, told, url, act)

    sheet = reverse("submission", args=[one.project_id, one.round_id])
    review = reverse("review-submission", args=[one.project_id, one.round_id])
    if one.status == Status.RETURNED:
        days = max((day - formats.local_day(one.decided_at)).days, 0) if one.decided_at else 0
        told = _("{round}: returned {days} days ago ({reason}), {remarks} remarks open.").format(
            round=one.round_id,
            days=days,
            reason=ReturnReason(one.return_reason).label.lower() if one.return_reason else "",
            remarks=remarks.get(one.pk, 0),
        )
        return item(1, "st-back", _("Returned"), told, review, _("Open the review"))
    if one.status == Status.SUBMITTED:
        told = _("{round}: submitted on {day}.").format(
            round=one.round_id, day=formats.long_date(one.submitted_at)
        )
        return item(2, "st-sent", _("To review"), told, review, _("Review it"))
    if one.status == Status.DRAFT and one.due_on < day:
        told = _("{round}: was due on {day}.").format(
            round=one.round_id, day=formats.long_date(one.due_on)
        )
        return item(0, "st-late", _("Late"), told, sheet, _("Open the submission"))
    return None


def of_record(code: str, project: Project, kept: Kept, alerts: Mapping[str, str]) -> list[Item]:
    """What the approved record says of a project."""
    found = []

    def add(order, css, word, told, url, act):
        found.append(Item(order, css, word, code, project.name, told, url, act))

    def opens(alert: Alert) -> str:
        return figure_url(kept, alerts.get(alert, ""), code) or page

    cells = kept.facts.get("completeness", {}).get(code)
    page = reverse("project", args=[code])
    if cells and cells["asked"] and cells["filled"] * 100 < INCOMPLETE_UNDER * cells["asked"]:
        told = _(
            "{share} of the cells asked in {round} have a value; {refused} refused, {missing} not "
            "collected."
        ).format(
            share=formats.percent(cells["filled"] * 100 // cells["asked"]),
            round=kept.round,
            refused=text.count(cells["refused"]),
            missing=text.count(cells["not_collected"] + cells["blank"]),
        )
        add(3, "st-draft", _("Incomplete"), told, page, _("See the project"))
    observed, rebuilt = kept.facts.get("baselines", {}).get(code, (0, 0))
    if observed and rebuilt * 100 > RECONSTRUCTED_OVER * observed:
        told = _("{share} of its baselines are reconstructed; the limit is 30%.").format(
            share=formats.percent(rebuilt * 100 // observed)
        )
        add(
            4, "st-amend", _("Reconstructed"), told, opens(Alert.RECONSTRUCTED), _("See the figure")
        )
    money = shares(kept.facts.get("spending", {}).get(code, {}))
    if money and (gone := elapsed(project, kept.round)) is not None:
        if gone - money["total"] >= SPENDING_LAG:
            told = _("Spent {spent} of its budget with {gone} of its time gone.").format(
                spent=formats.percent(money["total"]), gone=formats.percent(gone)
            )
            add(5, "st-amend", _("Spending"), told, opens(Alert.SPENDING), _("See the figure"))
        if money["fomin"] - money["local"] >= COUNTERPART_LAG:
            told = _("Counterpart contributed {local}; MIF spent {fomin}.").format(
                local=formats.percent(money["local"]), fomin=formats.percent(money["fomin"])
            )
            add(
                6, "st-amend", _("Counterpart"), told, opens(Alert.COUNTERPART), _("See the figure")
            )
    return found


def shares(money: Mapping[str, Any]) -> dict[str, Decimal] | None:
    """Spending over budget in percent: FOMIN, counterpart, both. None where a part is missing."""
    if any(
        key not in money for key in ("budget_fomin", "spent_fomin", "budget_local", "spent_local")
    ):
        return None
    fomin, spent, local, given = (
        Decimal(money[key])
        for key in ("budget_fomin", "spent_fomin", "budget_local", "spent_local")
    )
    if not fomin or not local:
        return None
    return {
        "fomin": 100 * spent / fomin,
        "local": 100 * given / local,
        "total": 100 * (spent + given) / (fomin + local),
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
    figure = kept.by_project.get(indicator, "main", {"project": project})
    return reverse("figure", args=[figure.id]) if figure else ""
