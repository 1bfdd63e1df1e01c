"""What the page of a preview says of a plan."""

from typing import Any

from django.utils.text import capfirst

from .plan import Plan, PlannedRow, Status

SHOWN = 60  # rows of each kind that the preview shows; the rest is counted
ORDER = (Status.REFUSED, Status.CONFLICT, Status.CHANGED, Status.NEW)


def summary_of(plan: Plan) -> dict[str, Any]:
    """What the page says of a plan: counts of all, rows of what somebody must look at, at most
    SHOWN of each kind.
    """
    groups = []
    for status in ORDER:
        rows = [row for row in plan.rows if row.status == status]
        if rows:
            shown = [row_summary(row, plan) for row in rows[:SHOWN]]
            more = len(rows) - len(shown)
            groups.append({"status": status, "rows": shown, "count": len(rows), "more": more})
    counts = [{"status": status, "count": count} for status, count in plan.counts.items()]
    return {
        "counts": counts,
        "groups": groups,
        "total": len(plan.rows),
        "storable": plan.can_be_stored,
    }


def row_summary(row: PlannedRow, plan: Plan) -> dict[str, Any]:
    """What one row changes, column by column, or why it cannot be stored."""
    changes = [
        {
            "label": capfirst(column.label),
            "old": column.shown(row.changes[column.name][0]) if row.instance is not None else "",
            "new": column.shown(row.changes[column.name][1]),
            "by": column.difference(*row.changes[column.name]) if row.instance is not None else "",
        }
        for column in plan.columns
        if column.name in row.changes
    ]
    return {
        "number": row.number,
        "key": row.key,
        "changes": changes,
        "reasons": row.reasons,
        "exists": row.instance is not None,
    }
