"""Moments as the protocol writes them: in UTC, by the second or by the day."""

import datetime as dt
import re

from .errors import bad_argument

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECOND = re.compile(rf"{DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")
LAST_SECOND = dt.time(23, 59, 59, tzinfo=dt.UTC)


def written(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def read(text: str, *, until: bool = False) -> dt.datetime:
    """The first second that `text` names; the last one of a day that is the end of a span.

    Raises OaiError.
    """
    try:
        if SECOND.fullmatch(text):
            return dt.datetime.fromisoformat(text)
        if DAY.fullmatch(text):
            day = dt.date.fromisoformat(text)
            return dt.datetime.combine(day, LAST_SECOND if until else dt.time(tzinfo=dt.UTC))
    except ValueError:
        pass
    raise bad_argument("Dates are written 2005-05-30 or 2005-05-30T12:00:00Z.")


def require_span(since: str, until: str) -> None:
    """Raises OaiError when the two do not bound a span, or not in the same manner."""
    first, last = (since and read(since)), (until and read(until, until=True))
    if first and last and len(since) != len(until):
        raise bad_argument("from and until have different granularities.")
    if first and last and first > last:
        raise bad_argument("until is earlier than from.")
