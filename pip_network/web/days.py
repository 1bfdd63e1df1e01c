"""The portal's days: those of UTC, the same on every machine and for every reader.

What a page calls today is the reader's own day (`timezone.localdate`); what begins, ends or is
recorded on a day follows these. A project's days end in its own time zone: `day_in`.
"""

import datetime as dt
from zoneinfo import ZoneInfo


def day_of(at: dt.datetime) -> dt.date:
    """The day of a moment."""
    return at.astimezone(dt.UTC).date()


def day_in(zone: str, at: dt.datetime) -> dt.date:
    """The day of a moment by the calendar of a time zone (IANA)."""
    return at.astimezone(ZoneInfo(zone)).date()


def days_after(day: dt.date, at: dt.datetime, zone: str) -> int:
    """Whole days from `day` to the day of a moment in `zone`: 0 until its last minute there,
    negative before it.
    """
    return (day_in(zone, at) - day).days


def today() -> dt.date:
    """Roles begin and end by it: it is the same for who gives and who holds one."""
    return day_of(dt.datetime.now(dt.UTC))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month some months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))
