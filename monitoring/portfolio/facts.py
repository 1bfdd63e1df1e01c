"""Plain facts of the record that the portfolio shows beside its figures; computed with them, kept
with them.
"""

from typing import Any

from monitoring.analysis import Specification
from monitoring.choices import Kind
from monitoring.models import Measurement
from monitoring.reports import completeness, record

MONEY = ("budget_fomin", "spent_fomin", "budget_local", "spent_local")


def collect(as_of: int, round_code: str) -> dict[str, Any]:
    """JSON: completeness and baselines by project, spending by project, the projects behind
    each round, totals held.
    """
    specification = Specification(
        scope={}, group_by=(), indicators=(), round=round_code, as_of=as_of
    )
    observed = record.in_scope(specification)
    projects = sorted(observed.order_by().values_list("project_id", flat=True).distinct())
    return {
        "projects": projects,
        "completeness": {
            counts.project: {
                "asked": counts.asked,
                "filled": counts.filled,
                "refused": counts.refused,
                "not_collected": counts.not_collected,
                "blank": counts.blank,
            }
            for counts in completeness.completeness(specification, projects)
        },
        "baselines": {
            counts.project: [counts.observed, counts.reconstructed]
            for counts in completeness.baselines(specification, projects)
        },
        "spending": spending(as_of, round_code),
        "projects_by_round": {
            code: sorted(behind) for code, behind in record.projects_by_round(specification).items()
        },
        "held": record.holdings(observed.filter(kind=Kind.REGULAR, round=round_code)),
    }


def spending(as_of: int, round_code: str) -> dict[str, dict[str, str]]:
    """Budget and spending to date by project, US$, each from its last approved round up to
    `round_code`.
    """
    rows = Measurement.objects.as_of(as_of).filter(
        variable_code__in=MONEY, kind=Kind.REGULAR, round__lte=round_code, value__isnull=False
    )
    by_project: dict[str, dict[str, str]] = {}
    for project, variable, value in rows.order_by(
        "round_id", "project_id", "variable_code"
    ).values_list("project_id", "variable_code", "value"):
        by_project.setdefault(project, {})[variable] = f"{value:.2f}"
    return dict(sorted(by_project.items()))
