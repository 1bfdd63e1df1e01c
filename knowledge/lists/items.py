"""What of a list a reader sees: the one place that asks. Today an item is a work; what comes beside
works is asked here, by its own rule of who may see it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from knowledge.choices import OpenTo
from knowledge.models import List, ListItem, Work
from knowledge.reach import EVERYBODY, NETWORK
from pip_network.web.signed_in import Reader


@dataclass
class Shown:
    """An item that its reader may see. `place` counts what she sees; `narrow`: some of those who
    may open the list do not see it.
    """

    item: ListItem
    work: Work
    place: int = 0
    narrow: bool = False


def shown_items(one: List, reader: Reader) -> list[Shown]:
    """In order, without the removed ones."""
    shown = _seen(one, reader, removed=False)
    for place, each in enumerate(shown, 1):
        each.place = place
    return shown


def removed_items(one: List, reader: Reader) -> list[Shown]:
    """Those that can be put back, in the order of their places."""
    return _seen(one, reader, removed=True)


def _seen(one: List, reader: Reader, *, removed: bool) -> list[Shown]:
    items = list(one.items.filter(removed_at__isnull=not removed).order_by("position", "pk"))
    if not items:
        return []
    codes = [item.work_id for item in items]
    works = Work.objects.visible_to(reader).with_parts().in_bulk(codes)
    return [Shown(item, works[item.work_id]) for item in items if item.work_id in works]


def mark_narrow(one: List, reader: Reader, shown: list[Shown]) -> int:
    """Mark what others who open the list do not see; how many they do."""
    keys = EVERYBODY if one.open_to == OpenTo.EVERYBODY else EVERYBODY | {NETWORK}
    works = Work.objects.visible_to(reader).placed(keys)
    common = works.filter(code__in=[each.work.pk for each in shown]).order_by()
    codes = set(common.values_list("code", flat=True))
    for each in shown:
        each.narrow = each.work.pk not in codes
    return len(codes)


def counted(lists: Iterable[List], reader: Reader) -> dict[int, int]:
    """How many works of each list `reader` sees."""
    items = ListItem.objects.filter(list__in=list(lists), removed_at=None)
    seen = items.filter(work__in=Work.objects.visible_to(reader).order_by().values("pk"))
    rows = seen.order_by().values("list").annotate(count=Count("work", distinct=True))
    return {row["list"]: row["count"] for row in rows}
