"""Lists of who keeps the library as tables."""

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language, TextState
from knowledge.labels import authors_label, type_label
from knowledge.models import Work
from knowledge.works.checks import CHECKS
from pip_network.web.orders import ordered, place_of
from pip_network.web.tables import Day, Labelled, Number, PortalTable, by_day, linked

from .rows import ANSWERS, NO_FILE, SILENT, UNCHECKED

TALL = {"td": {"class": "tall"}}  # links one below the other, for fingers
WHYS = [
    (NO_FILE, _("No file")),
    (TextState.NO_TEXT.value, _("Scanned: no text to search")),
    (TextState.ENCRYPTED.value, TextState.ENCRYPTED.label),
    (TextState.REFUSED.value, TextState.REFUSED.label),
    (TextState.WAITING.value, TextState.WAITING.label),
]
LINKS = [
    (SILENT, _("Does not answer")),
    (UNCHECKED, _("Never checked")),
    (ANSWERS, _("Answers")),
]


class WorkTable(PortalTable):
    """A work by its title, and who made it."""

    title = tables.Column(verbose_name=_("Work"), orderable=False, accessor="code")
    code = tables.Column(verbose_name=_("Code"), visible=False, orderable=False)
    year = Number(verbose_name=_("Year"))

    def render_title(self, record: Work) -> str:
        small = authors_label(record.authors.all()) or type_label(record.type)
        return linked(record, record.title, small)

    def value_title(self, record: Work) -> str:
        return record.title

    def render_year(self, value: int) -> str:
        return str(value)

    def order_year(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return by_day(queryset, "year", "code", descending)


class WithoutTextTable(WorkTable):
    why = Labelled(lambda: WHYS, key="code", verbose_name=_("Why"))
    source_url = tables.Column(verbose_name=_("Address of the source"), orderable=False, attrs=TALL)

    def render_why(self, value: str) -> str:
        return str(dict(WHYS)[value])

    def render_source_url(self, value: str) -> str:
        return format_html('<a href="{}" rel="noopener nofollow">{}</a>', value, host_of(value))

    def value_source_url(self, value: str) -> str:
        return value


class UseTable(WorkTable):
    times = Number(verbose_name=_("Times used"), order_by=("times", "code"))


class LinkTable(WorkTable):
    link = Labelled(lambda: LINKS, key="code", verbose_name=_("State"))
    checked = Day(verbose_name=_("Checked on"), accessor="link_checked_on")
    source_url = tables.Column(verbose_name=_("Address"), orderable=False, attrs=TALL)
    note = tables.Column(
        verbose_name=_("Checking"),
        accessor="code",
        orderable=False,
        exclude_from_export=True,
        attrs=TALL,
    )

    class Meta:
        exclude = ("year",)

    def render_link(self, value: str) -> str:
        return str(dict(LINKS)[value])

    def order_link(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return ordered(queryset, place_of("link", LINKS), descending, "code")

    def order_checked(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return by_day(queryset, "link_checked_on", "code", descending)

    def render_source_url(self, value: str) -> str:
        return format_html('<a href="{}" rel="noopener nofollow">{}</a>', value, host_of(value))

    def value_source_url(self, value: str) -> str:
        return value

    def render_note(self, record: Work) -> str:
        address = reverse("work-check-link", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, _("Note it"))


class DoubtTable(WorkTable):
    found = tables.Column(verbose_name=_("To look at"), orderable=False, accessor="code")

    def __init__(self, *args: Any, doubled: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        self.doubled = doubled
        super().__init__(*args, **kwargs)

    def render_found(self, record: Work) -> str:
        said = [str(check.sentence) for check in CHECKS if check.holds(record)]
        if record.code in self.doubled:
            said.append(str(_("Another record has the same title or DOI.")))
        return " ".join(said)


class MissedTable(PortalTable):
    question = tables.Column(verbose_name=_("Question"), order_by=("question", "language"))
    language = Labelled(
        lambda: Language.choices, key="question", verbose_name=_("Language of the reader")
    )
    times = Number(verbose_name=_("Times"), order_by=("times", "question", "language"))
    last = Day(verbose_name=_("Last time"), order_by=("last", "question", "language"))

    def render_question(self, value: str) -> str:
        address = f"{reverse('library')}?{urlencode({'q': value})}"
        return format_html('<a href="{}" rel="nofollow">{}</a>', address, value)

    def value_question(self, value: str) -> str:
        return value

    def render_language(self, value: str) -> str:
        return str(dict(Language.choices).get(value, value))

    def order_language(self, queryset: QuerySet, descending: bool) -> tuple[QuerySet, bool]:
        return ordered(queryset, place_of("language", Language.choices), descending, "question")


def host_of(address: str) -> str:
    """The site of an address: the whole one would be wider than the page."""
    return address.partition("://")[2].partition("/")[0]


MOST_USED = (F("times").desc(), "code")
