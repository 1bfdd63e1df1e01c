"""What the lists of who keeps the library are about, as conditions on works."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower

from knowledge.choices import Language, State, TextState, Translated
from knowledge.models import Expression, File, ProposalRemark, Use, Work, WorkQuerySet

PUBLISHED = Q(state=State.PUBLISHED)
NO_FILE = "none"


def with_file(**where: Any) -> Exists:
    return Exists(File.objects.filter(expression__work=OuterRef("pk"), **where))


def in_language(language: str) -> Exists:
    """Can it be read in it? A title that only the network translated is none."""
    rows = Expression.objects.filter(work=OuterRef("pk"), language=language)
    return Exists(rows.exclude(translation_status=Translated.TITLE))


def asked() -> Exists:
    """Does it wait for who proposed it?"""
    return Exists(ProposalRemark.objects.filter(work=OuterRef("pk"), answered_at=None))


def without_text(works: WorkQuerySet) -> QuerySet[Work]:
    """Published works of which no page is searched; `why`: what reading their file came to."""
    whys = [
        When(with_file(text_state=state), then=Value(state.value))
        for state in (
            TextState.WAITING,
            TextState.NO_TEXT,
            TextState.ENCRYPTED,
            TextState.REFUSED,
        )
    ]
    why = Case(*whys, default=Value(NO_FILE), output_field=CharField())
    return works.filter(PUBLISHED & ~Q(with_file(text_state=TextState.TEXT))).annotate(why=why)


def without_portuguese(works: WorkQuerySet) -> QuerySet[Work]:
    """Published works that are read in Spanish and not in Portuguese, with how often."""
    spanish = Q(in_language(Language.ES)) & ~Q(in_language(Language.PT))
    return works.filter(PUBLISHED & spanish).annotate(times=times_used())


def used(works: WorkQuerySet) -> QuerySet[Work]:
    """Published works, with how often each was used."""
    return works.filter(PUBLISHED).annotate(times=times_used())


def times_used() -> Coalesce:
    """How often a work was opened and its files taken, robots left out."""
    uses = Use.objects.filter(work=OuterRef("pk")).order_by().values("work")
    total = uses.annotate(total=Sum("count")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


ANSWERS, SILENT, UNCHECKED = "answers", "silent", "unchecked"


def with_links(works: WorkQuerySet) -> QuerySet[Work]:
    """Works that are not withdrawn and have the address of a source, with what checking it said."""
    link = Case(
        When(link_answers=True, then=Value(ANSWERS)),
        When(link_answers=False, then=Value(SILENT)),
        default=Value(UNCHECKED),
        output_field=CharField(),
    )
    rows = works.exclude(source_url="").exclude(state=State.WITHDRAWN)
    return rows.annotate(link=link)


def same_title(works: WorkQuerySet) -> Q:
    """Works of which one title is another's too. Asked as a whole: pair by pair takes too long."""
    titles = Expression.objects.filter(work__in=works.order_by().values("pk")).order_by()
    twice = titles.values("folded").annotate(found=Count("work", distinct=True))
    shared = titles.filter(folded__in=twice.filter(found__gt=1).values("folded"))
    return Q(pk__in=shared.values("work"))


def same_doi(works: WorkQuerySet) -> Q:
    """Works of which the DOI is another's too, however its letters are written."""
    named = works.exclude(doi="").order_by().annotate(lower=Lower("doi"))
    twice = named.values("lower").annotate(found=Count("pk")).filter(found__gt=1)
    return Q(pk__in=named.filter(lower__in=twice.values("lower")).values("pk"))


def oldest_first() -> tuple[Any, ...]:
    return F("proposed_at").asc(nulls_last=True), "code"
