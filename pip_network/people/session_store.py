"""How long a session lasts: hours from the sign-in, whatever is done in it, and minutes without a
request for those who write or decide.

The row of a session says until when it opens, so that reading it, listing it and sweeping it are
one rule.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pip_network.models import RoleAssignment
from pip_network.people.access import Role
from pip_network.web.days import today

BEGUN = "begun"  # seconds; when its owner signed in
# An open sheet or administration on a desk that others pass; who only reads is asked less often.
IDLE_ROLES = (Role.DIRECTOR, Role.COORDINATOR, Role.SPECIALIST, Role.ADMINISTRATION)
# A request within a minute of the last one that was written down writes nothing.
GRAIN = dt.timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """As Django's in the database, with an end that requests move, but never past its hours."""

    until: dt.datetime | None = None  # of the row that was read

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def load(self) -> dict[str, Any]:
        """Sessions from before there was an end have none, and open nothing."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        data = self.decode(row.session_data) if row else {}
        if SESSION_KEY in data and BEGUN not in data:
            self._session_key = None
            return {}
        self.until = row.expire_date if row else None
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        now = timezone.now()
        if SESSION_KEY not in data:
            return super().create_model_instance(data)
        data.setdefault(BEGUN, now.timestamp())
        row = super().create_model_instance(data)
        row.expire_date = self.until = _end(data, now)
        return row

    def seen(self, now: dt.datetime) -> None:
        """Move the end of an idle session on; only the end, for another request may be writing."""
        if self.until is None or SESSION_KEY not in self:
            return
        if now + dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS) - self.until >= GRAIN:
            until = _end(dict(self.items()), now)
            rows = Session.objects.filter(pk=self.session_key, expire_date__lt=until)
            rows.update(expire_date=until)


def in_the_background(view: Any) -> Any:
    """The view of a question that a page asks by itself, whoever sits before it: it does not keep
    the session open.
    """
    view.asked_in_the_background = True
    return view


class SeenMiddleware:
    """Every request that asks who is there keeps the session open, but for what a page asks by
    itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        view = request.resolver_match and request.resolver_match.func
        if request.session.accessed and not hasattr(view, "asked_in_the_background"):
            request.session.seen(timezone.now())  # type: ignore[attr-defined]  # SESSION_ENGINE
        return response


def _end(data: dict[str, Any], now: dt.datetime) -> dt.datetime:
    begun = dt.datetime.fromtimestamp(data[BEGUN], dt.UTC)
    last = begun + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if not _is_idle_limited(int(data[SESSION_KEY])):
        return last
    return min(last, now + dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS))


def _is_idle_limited(person: int) -> bool:
    held = RoleAssignment.objects.current(today()).filter(person_id=person)
    return held.filter(role__in=[role.value for role in IDLE_ROLES]).exists()
