"""What the lists of who keeps the library are narrowed by."""

from typing import Any

import django_filters as df
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language, WorkType
from knowledge.models import Missed, Work
from knowledge.works.checks import ALREADY_THERE, CHECKS
from knowledge.works.finding import said_by_parts
from pip_network.web.filters import choice, search_field
from pip_network.web.text import Searched, fold

from . import doubts
from .tables import LINKS, WHYS

WORKS = Searched(("searched",), (said_by_parts,))


class WorkFilter(df.FilterSet):
    q = search_field(WORKS)
    type = choice(_("Type"), WorkType.choices, _("Any"))

    class Meta:
        model = Work
        fields: tuple[str, ...] = ()


class WithoutTextFilter(WorkFilter):
    why = choice(_("Why"), WHYS, _("Any"))


class LinkFilter(WorkFilter):
    link = choice(_("State"), LINKS, _("Any"))


class DoubtFilter(WorkFilter):
    check = choice(
        _("Check"),
        [(one.name, one.sentence) for one in CHECKS]
        + [(ALREADY_THERE.name, _("Another record has the same title or DOI."))],
        _("What is doubtful or doubled"),
        method="in_check",
    )

    def filter_queryset(self, queryset: Any) -> Any:
        narrowed = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("check"):
            return narrowed
        return narrowed.filter(pk__in=doubts.found(queryset).order_by().values("pk"))

    def in_check(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=doubts.found(self.queryset, value).order_by().values("pk"))


class MissedFilter(df.FilterSet):
    q = search_field("in_question")
    language = choice(_("Language of the reader"), Language.choices, _("Any"))

    class Meta:
        model = Missed
        fields: tuple[str, ...] = ()

    def in_question(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        for word in fold(value).split():
            queryset = queryset.filter(question__contains=word)
        return queryset
