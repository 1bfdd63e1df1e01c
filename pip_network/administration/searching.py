"""The search of the lists of the administration."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest

from pip_network.web.text import Meaning, search, search_few


class Searching:
    """A list that is searched as every other of the portal: by words, in any of their forms.

    `few`: it has some hundred rows, which are searched as they are. `search_meanings`: what else a
    word may stand for.
    """

    few = False
    search_fields: ClassVar[Any]
    search_meanings: tuple[Meaning, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if self.few:
            return search_few(queryset, search_term, *self.search_fields), False
        named = self.search_meanings
        return search(queryset, search_term, *self.search_fields, named=named), False
