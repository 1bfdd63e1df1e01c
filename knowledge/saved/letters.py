"""The letters of saved searches: written by the timetable, each in one transaction with what it
remembers. A worker that is killed has written both or nothing; two at once take different searches.
"""

import datetime as dt
import logging
from functools import partial

from django.db import transaction
from django.utils.translation import ngettext

from knowledge.models import SavedSearch, Work
from knowledge.reach import keys_of
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.web.locks import for_update

from .news import last_opening, new_works

log = logging.getLogger(__name__)

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)  # until it is looked at again where there was nothing new
SHOWN = 20


def sweep(*, at: dt.datetime) -> int:
    """Write the letters that are due; says how many. One that fails does not keep the others."""
    due = SavedSearch.objects.due(at).order_by("next_at", "pk")
    written = 0
    for key in list(due.values_list("pk", flat=True)):
        try:
            written += look(key, at=at)
        except Exception:
            log.exception("saved search %s was not looked at", key)
    return written


def look(key: int, *, at: dt.datetime) -> bool:
    """Write the letter of one search, if it is still due and something is new. What is new while
    she wants no letters is not told later either.
    """
    with transaction.atomic():
        rows = for_update(SavedSearch.objects.due(at).filter(pk=key))
        search = rows.select_related("person").first()
        if search is None:
            return False  # another worker was first, or she has stopped it
        until = last_opening()
        works = new_works(search, until=until)
        is_written = bool(works) and _write(search, works, at)
        search.next_at = at + (WEEK if works else DAY)
        if is_written:
            search.written_at = at
        remember(search, until)
        search.save()
    return is_written


def remember(search: SavedSearch, until: int) -> None:
    """What stands now is known to her."""
    search.seen, search.keys = until, sorted(keys_of(search.person))


def _write(search: SavedSearch, works: list[Work], at: dt.datetime) -> bool:
    person = search.person
    mail = letters.write(
        "new_works",
        to=person.email,
        language=person.language,
        kind=MailKind.SEARCH,
        at=at,
        letter_key=f"search:{search.pk}:{search.next_at.isoformat()}",  # the one due now
        name=person.name,
        search=search.name,
        works=works[:SHOWN],
        more=max(0, len(works) - SHOWN),
        count=partial(_count, len(works)),
        address=search.get_absolute_url(),
    )
    return mail is not None


def _count(number: int) -> str:
    return ngettext("%(count)s new work", "%(count)s new works", number) % {"count": number}
