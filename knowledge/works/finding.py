"""Works by words of their titles, abstracts and authors."""

from django.db.models import Q

from knowledge.models import Author, Expression
from pip_network.web.text import How


def said_by_parts(word: str, _how: How) -> Q:
    """Works of which a title, an abstract or an author has the word."""
    return Q(pk__in=Expression.objects.filter(searched__contains=word).values("work")) | Q(
        pk__in=Author.objects.filter(searched__contains=word).values("work")
    )
