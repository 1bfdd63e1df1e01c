"""Days for calendars outside the portal (RFC 5545), whole days only so far."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

EVERY = dt.timedelta(hours=12)  # until a program asks again


class Day(NamedTuple):
    """A day that somebody keeps in mind. `key` names it for ever; `sequence` counts how often it
    was moved, the last time at `changed_at`: the same day gives the same bytes.
    """

    key: str
    on: dt.date
    title: str
    text: str
    url: str
    sequence: int
    changed_at: dt.datetime


def as_ics(days: Iterable[Day], *, name: str, language: str) -> bytes:
    """One calendar of these days, by day and key."""
    calendar = Calendar()
    host = urlsplit(settings.PUBLIC_URL).hostname
    calendar.add("prodid", f"-//{host}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY)
    calendar.add("x-published-ttl", "PT12H")
    for day in sorted(days, key=lambda day: (day.on, day.key)):
        calendar.add_component(_event(day, f"{day.key}@{host}"))
    return calendar.to_ical()


def _event(day: Day, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", day.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + dt.timedelta(days=1))  # the first day after it
    event.add("summary", day.title)
    event.add("description", day.text)
    event.add("url", day.url)
    event.add("sequence", day.sequence)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it keeps no hour of hers
    return event
