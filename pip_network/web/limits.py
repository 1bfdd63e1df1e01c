"""How often somebody may do a thing in a minute, counted in the cache that all processes share."""

from django.core.cache import cache
from django.utils import timezone


def left_this_minute(what: str, most: int) -> int:
    """How many more of `what` there may be, this one included; none or less: too many."""
    key = f"{what}:{int(timezone.now().timestamp() // 60)}"
    if cache.add(key, 1, 120):
        return most
    try:
        return most + 1 - cache.incr(key)
    except ValueError:  # it went between the two questions
        return most
