"""Works as records: those that everybody could read at some time. What not everybody reads now is
deleted, for whatever reason; what nobody could ever read is no record.
"""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from lxml import etree

from knowledge.models import Work
from knowledge.models.work import WorkQuerySet

from . import stamps
from .arguments import PREFIX, TOKEN
from .dublin_core import PREFIX as OAI_DC
from .dublin_core import dublin_core
from .errors import OaiError
from .identifiers import code_of, identifier_of
from .sets import sets_of, with_sets, within
from .tokens import Place, opened, sealed
from .xml import child

PAGE = 100


def require_format(prefix: str) -> None:
    if prefix != OAI_DC:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {OAI_DC} only.")


def found(identifier: str) -> Work:
    """Raises OaiError."""
    work = once_public().filter(code=code_of(identifier)).first()
    if work is None:
        raise OaiError("idDoesNotExist", "There is no such record.")
    return work


def once_public() -> WorkQuerySet:
    return with_sets(Work.objects.once_public()).with_parts().prefetch_related("themes")


def put_list(answer: etree._Element, verb: str, asked: dict[str, str]) -> None:
    """A page of records into `answer`, and where the list goes on. Raises OaiError."""
    place = place_of(verb, asked)
    require_format(place.prefix)
    rows = [*after(place)[: PAGE + 1]]
    if not rows:
        raise OaiError("noRecordsMatch", "There are no such records, or no more of them.")
    page = rows[:PAGE]
    put(answer, page, whole=verb == "ListRecords")
    if place.cursor or len(rows) > PAGE:
        then = place._replace(
            stamp=stamp_of(page[-1]), code=page[-1].code, cursor=place.cursor + PAGE
        )
        token = child(answer, TOKEN, sealed(verb, then) if len(rows) > PAGE else "")
        token.set("cursor", str(place.cursor))


def place_of(verb: str, asked: dict[str, str]) -> Place:
    if TOKEN in asked:
        return opened(verb, asked[TOKEN])
    since, until = asked.get("from", ""), asked.get("until", "")
    return Place(asked[PREFIX], asked.get("set", ""), since, until)


def after(place: Place) -> WorkQuerySet:
    """By the moment of the last change: what changes meanwhile comes again, at the end."""
    works = once_public().order_by("changed_at", "code")
    if place.set:
        works = within(works, place.set)
    if place.since:
        works = works.filter(changed_at__gte=stamps.read(place.since))
    if place.until:
        works = works.filter(changed_at__lte=stamps.read(place.until, until=True))
    if place.stamp:
        last = stamps.read(place.stamp)
        later = Q(changed_at__gt=last) | Q(changed_at=last, code__gt=place.code)
        works = works.filter(later)
    return works


def stamp_of(work: Work) -> str:
    """Of a work of `once_public`, which has one."""
    return stamps.written(cast(dt.datetime, work.changed_at))


def put(answer: etree._Element, works: Iterable[Work], *, whole: bool) -> None:
    """Headers, or `whole` records. Who may read them is asked last, of one road only."""
    rows = {work.code: work for work in works}
    public = Work.objects.visible_to(AnonymousUser()).filter(code__in=rows)
    shown = set(public.order_by().values_list("code", flat=True))
    for code, work in rows.items():
        record = child(answer, "record") if whole else answer
        put_header(record, work, deleted=code not in shown)
        if whole and code in shown:
            child(record, "metadata").append(dublin_core(work))


def put_header(parent: etree._Element, work: Work, *, deleted: bool) -> None:
    header = child(parent, "header")
    if deleted:
        header.set("status", "deleted")
    child(header, "identifier", identifier_of(work.code))
    child(header, "datestamp", stamp_of(work))
    for name in sets_of(work):
        child(header, "setSpec", name)
