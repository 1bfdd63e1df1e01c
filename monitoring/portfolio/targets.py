"""Targets of the projects against time: where each means to end, where it is, how much of its time
has gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from monitoring.analysis.targets import way
from monitoring.models import Indicator, Target
from monitoring.numbers import plain
from monitoring.reports import target_words, text
from pip_network.web import formats
from projects.models import Project

from .attention import elapsed, figure_url
from .kept_figures import Kept


@dataclass(frozen=True)
class Aim:
    """The last target of an indicator of a project beside its value now."""

    indicator: Indicator
    round: str
    target: str
    value: str
    way: str
    url: str


@dataclass(frozen=True)
class Against:
    """A project with its aims, and how much of its time has gone."""

    project: Project
    elapsed: str
    aims: list[Aim] = field(default_factory=list)


def against_time(
    kept: Kept, projects: Mapping[str, Project], indicators: Mapping[str, Indicator]
) -> list[Against]:
    """The projects that have targets, as of the approval whose figures are kept. One query."""
    rows = (
        Target.objects.as_of(kept.as_of)
        .filter(project__in=projects, value__isnull=False)
        .order_by("project", "indicator", "round")
    )
    last = {(row.project_id, row.indicator): row for row in rows}
    found: dict[str, Against] = {}
    for (code, name), row in last.items():
        indicator = indicators.get(name)
        if indicator is None:
            continue
        gone = elapsed(projects[code], kept.round)
        shown = formats.percent(gone) if gone is not None else ""
        found.setdefault(code, Against(projects[code], shown)).aims.append(
            _aim(kept, row, indicator)
        )
    for one in found.values():
        one.aims.sort(key=lambda aim: aim.indicator.position)
    return list(found.values())


def _aim(kept: Kept, row: Target, indicator: Indicator) -> Aim:
    figure = kept.by_project.get(row.indicator, "main", {"project": row.project_id})
    value, unit, sign = figure.value if figure else None, indicator.unit_id, text.signed(indicator)
    baseline = figure.panel.baseline if figure and figure.panel else None
    meant = plain(row.value if row.value is not None else Decimal(0))
    return Aim(
        indicator,
        row.round,
        text.target(meant, unit, sign),
        text.amount(value, unit, sign=sign),
        target_words.way(way(indicator.rule, baseline, value, meant)),
        figure_url(kept, row.indicator, row.project_id),
    )
