"""Pages of a list that may have a million rows: each begins after the last row of the one before;
nothing is counted whole.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pip_network.models import AuditEvent

PER_PAGE = 50
COUNTED = 10_000  # beyond it the page says "more than"


@dataclass(frozen=True)
class Page:
    events: list[AuditEvent]
    older: str  # what stands in `before` for the next page; "" on the last
    count: int
    more: bool  # there are more than `count`


def page_of(queryset: QuerySet[AuditEvent], before: str, *, per_page: int = PER_PAGE) -> Page:
    """The events after the mark `before`, newest first; a mark that is none begins at the newest.

    Two queries.
    """
    counted = queryset.order_by()[: COUNTED + 1].count()
    events = list(after(queryset, before).order_by("-at", "-id")[: per_page + 1])
    shown = events[:per_page]
    return Page(
        shown,
        mark(shown[-1]) if len(events) > per_page else "",
        min(counted, COUNTED),
        counted > COUNTED,
    )


def mark(event: AuditEvent) -> str:
    return f"{event.at.astimezone(dt.UTC).isoformat()}~{event.pk}"


def after(queryset: QuerySet[AuditEvent], before: str) -> QuerySet[AuditEvent]:
    moment, _tilde, number = before.partition("~")
    try:
        at, last = dt.datetime.fromisoformat(moment), int(number)
    except ValueError:
        return queryset
    if at.tzinfo is None or not 0 < last < 2**63 or not 1900 <= at.year <= 9000:
        return queryset
    # The first condition alone lets the database walk the index from there.
    return queryset.filter(at__lte=at).filter(Q(at__lt=at) | Q(id__lt=last))
