"""Plain facts of the record that the portfolio shows beside its figures; computed with them, kept
with them.
"""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from monitoring.analysis import Specification
from monitoring.choices import Kind, Status
from monitoring.models import Measurement, Observation, Submission
from monitoring.reports import completeness, record

MONEY = ("budget_fomin", "spent_fomin", "budget_local", "spent_local")
NEARLY_ALL = Decimal("0.9")


def approved_rounds() -> list[str]:
    """Rounds of which something stands in the record."""
    rows = Observation.objects.live().filter(kind=Kind.REGULAR)
    return sorted(rows.order_by().values_list("round_id", flat=True).distinct())


def round_shown(approved: list[str]) -> str:
    """The latest round approved in nine of ten projects, so that a round in review does not empty
    the page; else the latest.
    """
    counted = (
        Submission.objects.filter(round__in=approved)
        .values("round_id")
        .annotate(
            all=Count("id"),
            done=Count(
                "id", filter=Q(approvals__isnull=False) | Q(status=Status.APPROVED), distinct=True
            ),
        )
    )
    full = [row["round_id"] for row in counted if row["done"] >= NEARLY_ALL * row["all"]]
    return max(full, default=approved[-1])


def collect(as_of: int, round_code: str) -> dict[str, Any]:
    """JSON: completeness and baselines by project, spending by project, totals held."""
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
