"""Works by words of their titles, abstracts, authors and publishers."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from knowledge.models import Author, Expression, WorkQuerySet
from pip_network.web.text import search


def found(works: WorkQuerySet, text: str) -> QuerySet:
    """Those of `works` where every word of `text` occurs."""
    return search(works, text, "searched", named=(said_by_parts,))


def said_by_parts(word: str) -> Q:
    """Works of which a title, an abstract or an author has the word."""
    return Q(pk__in=Expression.objects.filter(searched__contains=word).values("work")) | Q(
        pk__in=Author.objects.filter(searched__contains=word).values("work")
    )


def with_folded_title(works: QuerySet) -> QuerySet:
    """With the title that is shown, folded, as `folded_title`: for sorting and ranking."""
    titles = Expression.objects.filter(work=OuterRef("pk"))
    mine = titles.filter(language=(get_language() or "es")[:2])
    original = titles.order_by("-original", "language")
    return works.annotate(
        folded_title=Coalesce(
            Subquery(mine.values("folded")[:1]), Subquery(original.values("folded")[:1])
        )
    )
