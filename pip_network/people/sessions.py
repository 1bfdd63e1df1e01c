"""Open sessions: ended one by one by their owner, and gone when their time is over, with all that
was kept for them.
"""

import datetime as dt
from collections.abc import Iterable

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import DEFAULT_CACHE_ALIAS
from django.db import connection, transaction
from django.utils import timezone

from pip_network import audit


class SessionsAdapter(DefaultUserSessionsAdapter):
    """However the owner of sessions ends them, it stands in the trail."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        sessions = list(sessions)
        with transaction.atomic():
            super().end_sessions(sessions)
            if sessions:
                person = sessions[0].user
                audit.record(
                    verb="person.sessions_ended",
                    on=f"U:{person.pk}",
                    by=person,
                    at=timezone.now(),
                    sessions=len(sessions),
                )


def sweep(*, at: dt.datetime) -> None:
    """What was kept for sessions and sign-ins goes with them: network address, browser, counts of
    attempts.
    """
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    table = connection.ops.quote_name(str(settings.CACHES[DEFAULT_CACHE_ALIAS]["LOCATION"]))
    with connection.cursor() as cursor:
        day = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [day])  # noqa: S608 -- a name from the settings
