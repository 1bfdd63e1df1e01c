"""Everything the portfolio page shows, in a fixed number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from monitoring.analysis import Figure, Specification
from monitoring.choices import CHANGE_NO_FIGURE, Status
from monitoring.models import Approval, Indicator, RecordHead, Remark, Submission
from monitoring.reports import gathering, record, wording
from monitoring.reports.over_rounds import apart, moments
from pip_network.web import formats
from pip_network.web.days import days_after
from pip_network.web.orders import sorted_by_name
from projects.choices import Typology
from projects.models import Network, Project

from . import attention, kept_figures, sparkline, tables, targets
from .featured import columns, of_typology, trending
from .kept_figures import Kept

SHORT = {
    "redes_empresariales": "RE",
    "cluster": "CL",
    "sistema_territorial": "ST",
    "cadena_proveedores": "CP",
}
ROUNDS_SHOWN = 8
ITEMS_SHOWN = 12


def build(*, typology: str, country: str, at: dt.datetime) -> dict[str, Any]:
    """The page's context; `typology` and `country` narrow rows, "" does not."""
    kept = kept_figures.latest()
    head = RecordHead.objects.first()
    projects = chosen_projects(typology, country)
    submissions = list(
        Submission.objects.current()
        .select_related("project", "round")
        .filter(project__in=projects)
        .order_by("round_id", "project_id")
    )
    rounds = sorted({submission.round_id for submission in submissions})[-ROUNDS_SHOWN:]
    indicators = list(
        kept_figures.indicators(kept.catalogue if kept else None).select_related("unit")
    )
    items = attention.attention(
        projects=projects,
        submissions=submissions,
        remarks=open_remarks(),
        kept=kept,
        alerts={indicator.alert: indicator.code for indicator in indicators if indicator.alert},
        at=at,
    )
    sorts = kinds(projects)
    featured = of_typology(indicators, typology) or columns(indicators)
    context: dict[str, Any] = {
        "kept": kept,
        "stale": bool(kept and head and head.number > kept.as_of and changed_since(kept.as_of)),
        "head": head,
        "projects": projects,
        "items": items[:ITEMS_SHOWN],
        "more_items": items[ITEMS_SHOWN:],
        "current": current_round(submissions, at),
        "totals": totals(),
        "codes": featured,
        "rounds": rounds,
        "states": [
            (projects[code], cells)
            for code, cells in tables.states(list(projects), rounds, submissions, at)
        ],
        "typologies": Typology.choices,
        "typology": typology,
        "country": country,
        "trends": [],
        "heat": [],
        "heat_totals": [],
        "targets": [],
        "money": [],
    }
    if kept:
        context["trends"] = trends(kept, indicators)
        context["heat"] = [
            (projects[code], sorts[code], cells)
            for code, cells in tables.heat(kept, projects, featured)
        ]
        if not (typology or country):
            context["heat_totals"] = tables.totals(kept, featured)
        by_code = {indicator.code: indicator for indicator in indicators}
        context["targets"] = targets.against_time(kept, projects, by_code)
        context["money"] = [(projects[row.project], row) for row in tables.money(projects, kept)]
        context["money_axis"] = tables.axis()
    return context


def changed_since(as_of: int) -> bool:
    """Whether an approval after this one may have changed a figure."""
    later = Approval.objects.filter(number__gt=as_of)
    return later.exclude(kind__in=CHANGE_NO_FIGURE).exists()


def open_remarks() -> dict[int, int]:
    """How many remarks of each returned submission nobody has answered or resolved."""
    remarks = Remark.objects.filter(
        submission__status=Status.RETURNED, answers__isnull=True, resolved_at__isnull=True
    )
    return dict(remarks.values_list("submission_id").annotate(count=Count("id")).order_by())


def chosen_projects(typology: str, country: str) -> dict[str, Project]:
    """Current projects of the programme that the filters leave, by code."""
    rows = Project.objects.current().of_programme().prefetch_related("countries")
    if typology:
        rows = rows.filter(
            code__in=Network.objects.current().filter(typology=typology).values("project")
        )
    if country:
        rows = rows.filter(countries=country)
    return {project.code: project for project in rows.order_by("code")}


def current_round(submissions: list[Submission], at: dt.datetime) -> dict[str, Any] | None:
    """How the latest round stands: projects by state, how many have delivered, and how many of
    those whose due day was over at that moment were on time.
    """
    if not submissions:
        return None
    code = max(submission.round_id for submission in submissions)
    of_round = [submission for submission in submissions if submission.round_id == code]
    round_states = [tables.state(submission, at) for submission in of_round]
    counted = Counter((state.css, state.word) for state in round_states)
    order = ("st-ok", "st-sent", "st-back", "st-amend", "st-draft", "st-late")
    states = sorted(
        counted.items(), key=lambda pair: order.index(pair[0][0]) if pair[0][0] in order else 9
    )
    due = [row for row in of_round if days_after(row.due_on, at, row.zone) > 0]
    ahead = [row.due_on for row in of_round if row not in due]
    on_time = sum(1 for row in due if row.first_submitted_at and not row.was_late)
    return {
        "code": code,
        "states": states,
        "all": len(of_round),
        "due": len(due),
        "due_on": min(ahead, default=None),
        "delivered": sum(1 for submission in of_round if submission.first_submitted_at),
        "on_time": on_time,
        "approved": sum(1 for submission in of_round if submission.is_approved),
    }


def totals() -> list[dict[str, Any]]:
    """Totals that the programme published beside those of the registry here; never one number."""
    published = gathering.published()
    current = Project.objects.current().of_programme()
    held = current.aggregate(
        fomin=Sum("amount_fomin"), local=Sum("amount_local"), projects=Count("code")
    )
    millions = ((held["fomin"] or 0) + (held["local"] or 0)) / 1_000_000
    counted = {
        "projects": formats.number(held["projects"]),
        "networks": formats.number(Network.objects.current().filter(project__in=current).count()),
        "countries": formats.number(
            current.exclude(countries=None).values("countries").distinct().count()
        ),
        "millions": formats.number(millions, 1),
    }
    labels = {
        "projects": _("Projects"),
        "networks": _("Networks or clusters"),
        "countries": _("Countries"),
        "millions": _("Approved amount, US$ millions"),
    }
    shown = {key: formats.number(value) for key, value in published.items()}
    return [
        {"label": label, "published": shown.get(key), "held": counted[key]}
        for key, label in labels.items()
    ]


def kinds(projects: dict[str, Project]) -> dict[str, str]:
    """Countries and typologies of each project in a word or two, for who compares rows."""
    parts_by_project: dict[str, list[str]] = {
        code: sorted(country.iso2 for country in project.countries.all())
        for code, project in projects.items()
    }
    pairs = (
        Network.objects.current()
        .filter(project__in=projects)
        .order_by()
        .values_list("project_id", "typology")
        .distinct()
    )
    for code, kind in sorted_by_name((code, SHORT[typology]) for code, typology in pairs):
        parts_by_project[code].append(kind)
    return {
        code: " · ".join(parts if len(parts) < 5 else [*parts[:1], f"+{len(parts) - 2}", parts[-1]])
        for code, parts in parts_by_project.items()
    }


def trends(kept: Kept, indicators: list[Indicator]) -> list[dict[str, Any]]:
    """Small multiples: a point for each period, the finding in words above."""
    rows, by_round = [], projects_by_round(kept)
    for indicator in trending(indicators):
        found = moments(over_rounds(kept, indicator.code), by_round)
        drawn = sparkline.spark(found, indicator, currency="US$", baseline_label=_("Baseline"))
        if drawn:
            last, note = found[-1].figure, apart(found)
            title = wording.trend(last, indicator.name)
            points = "; ".join(f"{mark.label}: {mark.shown}" for mark in drawn.marks)
            rows.append(
                {
                    "indicator": indicator,
                    "spark": drawn,
                    "title": title,
                    "sentence": ". ".join(filter(None, [title, points, note])),
                    "note": note,
                    "figure": last,
                }
            )
    return rows


def projects_by_round(kept: Kept) -> Mapping[str, Collection[str]]:
    """As kept with the figures; asked of the record where they were kept before this was."""
    whole = Specification(scope={}, group_by=(), indicators=(), round=kept.round, as_of=kept.as_of)
    return kept.facts.get("projects_by_round") or record.projects_by_round(whole)


def over_rounds(kept: Kept, code: str) -> list[Figure]:
    """The total of each period that is kept, one figure a period."""
    by_period: dict[str, Figure] = {}
    for _round, figures in sorted(kept.rounds.items()):
        if figure := figures.get(code):
            by_period[figure.period] = figure
    if figure := kept.by_project.get(code):
        by_period[figure.period] = figure
    return [by_period[period] for period in sorted(by_period)]
