"""An Atom feed of any question to the library: what is new among what everybody may read, whoever
asks.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.labels import authors_label
from knowledge.models import Work
from knowledge.reach import EVERYBODY
from knowledge.search.answers import Answer
from knowledge.search.facet_labels import FACETS
from knowledge.search.views import answer_to
from pip_network.folding.words import seen_as_typed

from .csl import address_of, csl, plain

NEWEST = 50
SINCE = 2006  # of the tags: it never changes, so that no entry does


class Asked(NamedTuple):
    """`question`: as the parameters of an address."""

    answer: Answer
    question: str


class LibraryFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> Asked:
        return Asked(answer_to(request, EVERYBODY), question_of(request.GET))

    def title(self, asked: Asked) -> str:
        words = plain(asked.answer.question.typed)
        return _("Library: %(words)s") % {"words": words} if words else _("Library")

    def author_name(self) -> str:
        return _("PIP Network")

    def link(self, asked: Asked) -> str:
        return address("library", asked)

    def feed_url(self, asked: Asked) -> str:
        return address("library-feed", asked)

    def items(self, asked: Asked) -> list[Work]:
        codes = list(islice(newest(asked.answer), NEWEST))
        rows = Work.objects.visible_to(AnonymousUser()).with_parts().in_bulk(codes)
        return [rows[code] for code in codes if code in rows]

    def item_title(self, work: Work) -> str:
        return plain(work.title)

    def item_description(self, work: Work) -> str:
        return csl(work, (get_language() or "es")[:2]).get("abstract", "")

    def item_link(self, work: Work) -> str:
        return address_of(work)

    def item_guid(self, work: Work) -> str:
        """Of the code, which never changes, as RFC 4151 has it."""
        return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{SINCE}:library/{work.code}"

    def item_author_name(self, work: Work) -> str | None:
        return plain(authors_label(work.authors.all())) or None

    def item_pubdate(self, work: Work) -> dt.datetime | None:
        return work.first_public_at

    item_updateddate = item_pubdate


def question_of(values: QueryDict) -> str:
    """What is asked and what narrows it: neither page nor order."""
    asked = QueryDict(mutable=True)
    for name in ("q", *FACETS, "expand"):
        if value := seen_as_typed(values.get(name, "")):
            asked[name] = value
    return asked.urlencode()


def address(name: str, asked: Asked) -> str:
    question = f"?{asked.question}" if asked.question else ""
    return f"{settings.PUBLIC_URL}{reverse(name)}{question}"


def newest(answer: Answer) -> Iterator[str]:
    """Codes of what it finds, those first that everybody may read since the latest moment."""
    works = Work.objects.visible_to(AnonymousUser()).order_by("-first_public_at", "code")
    places = answer.shelf.places
    for code in works.values_list("code", flat=True).iterator():
        if code in places and answer.found >> places[code] & 1:
            yield code
