"""Uses of works: one raw row each as it happens, folded into counts a day, robots left out.

Nothing of the reader is kept: no address, no person; the name of her program only until its day is
counted. What is opened twice by the same program within half a minute counts once, as COUNTER has
it; without identities two readers of one program are then one, so that the count is rather too low.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.http import HttpRequest

from knowledge.choices import State, UseKind
from knowledge.models import RawUse, Use, UseHead, Work
from pip_network.web.days import day_of
from pip_network.web.locks import for_update

from .robots import is_robot

log = logging.getLogger(__name__)

DOUBLE = dt.timedelta(seconds=30)
LONGEST = 300  # letters of a program's name
AT_ONCE = 5000  # raw rows of one fold


def note(request: HttpRequest, work: Work, kind: UseKind, *, at: dt.datetime) -> None:
    """Keep that a published work was opened, or its file taken. Never raises: the answer matters
    more than its count.
    """
    if request.method != "GET" or work.state != State.PUBLISHED or is_ahead(request):
        return
    agent = request.headers.get("User-Agent", "").replace("\0", "")[:LONGEST]
    try:
        with transaction.atomic():
            RawUse.objects.create(work=work, kind=kind, at=at, agent=agent)
    except DatabaseError:
        log.warning("A use of the work %s could not be kept.", work.pk)


def is_ahead(request: HttpRequest) -> bool:
    """Did the browser ask before its reader did, or for the rest of a file?"""
    later = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    return "prefetch" in request.headers.get("Sec-Purpose", "") or not later


def sweep(*, at: dt.datetime) -> None:
    """Once a day: all days before today."""
    last = day_of(at) - dt.timedelta(days=1)
    head = UseHead.objects.first()
    if head is None or head.day < last:
        fold(until=last)


def fold(*, until: dt.date) -> int:
    """Count what was used up to a day, and forget the raw rows; says how many there were. Each part
    is one transaction: interrupted, it goes on where it stopped, and nothing counts twice.
    """
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), dt.UTC)
    folded = 0
    while part := _fold_part(end):
        folded += part
    with transaction.atomic():
        head = for_update(UseHead.objects.all()).first() or UseHead(pk=1, day=until)
        head.day = max(head.day, until)
        head.save()
    return folded


@transaction.atomic
def _fold_part(end: dt.datetime) -> int:
    rows = list(for_update(RawUse.objects.filter(at__lt=end))[:AT_ONCE])
    for (work, kind, day), count in counted(rows).items():
        use, made = Use.objects.get_or_create(
            work_id=work, kind=kind, day=day, defaults={"count": count}
        )
        if not made:
            Use.objects.filter(pk=use.pk).update(count=F("count") + count)
    RawUse.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def counted(rows: Iterable[RawUse]) -> Counter[tuple[str, str, dt.date]]:
    """Uses by work, kind and day. Of a row of clicks each within half a minute of the one before, one
    counts.
    """
    found: Counter[tuple[str, str, dt.date]] = Counter()
    last: dict[tuple[str, str, str], dt.datetime] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        if is_robot(row.agent):
            continue
        before = last.get((row.work_id, row.kind, row.agent))
        last[row.work_id, row.kind, row.agent] = row.at
        if before is None or row.at - before > DOUBLE:
            found[row.work_id, row.kind, day_of(row.at)] += 1
    return found


def uses_of(work: Work) -> dict[str, int]:
    """How often it was opened and its files taken, since it is counted."""
    rows = Use.objects.filter(work=work).order_by().values_list("kind")
    return dict(rows.annotate(Sum("count")))


def counted_until() -> dt.date | None:
    """The last day that is counted."""
    return UseHead.objects.values_list("day", flat=True).first()
