"""What is new to somebody, of what answers her question.

New is what she may read and could not read when it was last looked at: published since, or opened
to her since, its embargo over. Two things are remembered for that: of each work, that it stood under
a key of readers for the first time (`Opening`, numbered in that order); of each search, with which
keys its owner read, and up to which opening. What stood under one of those keys by then is known to
her, whatever was corrected, withdrawn and restored, or opened to more people since; what she may
read by a key that she has got since is new, however old it is.

Openings are numbered under the lock of the index, so that a work is told once: not twice where it
appeared while a letter was written, and not never. Not by the numbers of the index itself, which
begin anew when it is made anew from a backup, and not by the clock.

Who curates sees drafts and what was withdrawn, too: new to her is what others begin to read.
"""

from django.db.models import Exists, Max, OuterRef, Q
from django.http import QueryDict

from knowledge.models import Audience, Opening, SavedSearch, Work, WorkQuerySet
from knowledge.reach import STAFF, keys_of
from knowledge.search.asked import answer_to


def last_opening() -> int:
    """Up to which everything is there to be read."""
    return Opening.objects.aggregate(last=Max("pk"))["last"] or 0


def new_works(search: SavedSearch, *, until: int) -> list[Work]:
    """Those that began to be readable up to an opening, the latest published first."""
    fresh = openings_since(search, until)
    codes = set(fresh.order_by().values_list("code", flat=True))
    if not codes:
        return []
    answer = answer_to(QueryDict(search.asked), keys_of(search.person))
    places = answer.shelf.places
    found = [code for code in codes if code in places and answer.found >> places[code] & 1]
    works = Work.objects.visible_to(search.person).with_parts().filter(code__in=found)
    return list(works.order_by("-published_at", "code"))


def openings_since(search: SavedSearch, until: int) -> WorkQuerySet:
    """All that is new to her, whatever her question."""
    now, then = keys_of(search.person), frozenset(search.keys)
    works = Work.objects.visible_to(search.person)
    if now <= then:  # otherwise old openings are new to her, too
        recent = Opening.objects.filter(pk__gt=search.seen, pk__lte=until)
        works = works.filter(pk__in=recent.order_by().values("work"))
    of_work = Q(work=OuterRef("pk"))
    return works.filter(
        Exists(Audience.objects.filter(of_work & under(now))),
        Exists(Opening.objects.filter(of_work & under(now), pk__lte=until)),
        ~Exists(Opening.objects.filter(of_work & under(then), pk__lte=search.seen)),
    )


def under(keys: frozenset[str]) -> Q:
    """One of these keys; for who curates any, but not hers."""
    return ~Q(key=STAFF) if STAFF in keys else Q(key__in=sorted(keys))
