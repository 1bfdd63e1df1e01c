"""Pages of who keeps the library: what waits, and lists of what is missing or doubtful."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import F, Max, QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from knowledge.models import Missed, Work, WorkQuerySet
from knowledge.usage.counting import counted_until
from knowledge.works import acts
from knowledge.works.resources import WorkResource
from knowledge.works.views.lists import page_of
from pip_network.files.exports import EXPORTERS, exporter
from pip_network.people.access import Permission, require_room
from pip_network.web.listing import list_page
from pip_network.web.signed_in import SignedInRequest
from pip_network.web.tables import PortalTable

from . import doubts, filters, rows, tables, waiting


class Listing(NamedTuple):
    """One list: its address, its words, what it does where nothing is in it, and its rows."""

    name: str
    title: Any
    lede: Any
    empty: Any
    file: Any  # what its file is called
    filters: type[FilterSet]
    table: type[PortalTable]
    rows: Callable[[WorkQuerySet], QuerySet]


def missed_questions(_works: WorkQuerySet) -> QuerySet:
    """Each question once, with how often and when it was asked last."""
    questions = Missed.objects.order_by().values("question", "language")
    counted = questions.annotate(times=Sum("count"), last=Max("day"))
    return counted.order_by("-times", "question", "language")


def silent_first(works: WorkQuerySet) -> QuerySet:
    """Addresses that do not answer, then those that were checked longest ago."""
    answers = F("link_answers").asc(nulls_last=True)
    return rows.with_links(works).order_by(
        answers, F("link_checked_on").asc(nulls_first=True), "code"
    )


LISTINGS = (
    Listing(
        "library-missed",
        _("Searches without an answer"),
        _("Words that readers looked for and found nothing: what to bring in, or to name so."),
        _("Nobody has looked for anything in vain. Questions are counted here, never who asks."),
        _("searches-without-answer"),
        filters.MissedFilter,
        tables.MissedTable,
        missed_questions,
    ),
    Listing(
        "library-textless",
        _("Without text to search"),
        _("Published works of which only the record is found. Add a file with text."),
        _("Every published work has a text that is searched. There is nothing to do."),
        _("works-without-text"),
        filters.WithoutTextFilter,
        tables.WithoutTextTable,
        lambda works: rows.without_text(works).order_by("code"),
    ),
    Listing(
        "library-untranslated",
        _("Without Portuguese"),
        _("Works that are read in Spanish and not in Portuguese, the most used first."),
        _("Every work in Spanish is read in Portuguese too. There is nothing to do."),
        _("works-without-portuguese"),
        filters.WorkFilter,
        tables.UseTable,
        lambda works: rows.without_portuguese(works).order_by(*tables.MOST_USED),
    ),
    Listing(
        "library-uses",
        _("Use"),
        _("Published works, the most used first: opened, or their file taken, without robots."),
        _("No work is published yet."),
        _("use-of-works"),
        filters.WorkFilter,
        tables.UseTable,
        lambda works: rows.used(works).order_by(*tables.MOST_USED),
    ),
    Listing(
        "library-links",
        _("Addresses"),
        _("Where sources are read, and what checking said. The portal asks no other site."),
        _("No record has the address of a source: write it where the record is corrected."),
        _("addresses-of-works"),
        filters.LinkFilter,
        tables.LinkTable,
        silent_first,
    ),
    Listing(
        "library-doubts",
        _("Doubtful and doubled"),
        _("Records in which a check finds something; none of them forbids to publish."),
        _("No check finds anything doubtful or doubled. There is nothing to do."),
        _("doubtful-works"),
        filters.DoubtFilter,
        tables.DoubtTable,
        lambda works: works.order_by("code"),
    ),
)
TABS = (("library-curation", _("What waits")), *((one.name, one.title) for one in LISTINGS))


@login_required
@require_safe
def waits(request: SignedInRequest) -> HttpResponse:
    """What there is to do in the library, by what it is."""
    require_room(request.user, Permission.CURATE_LIBRARY)
    asked = request.GET.get("list")
    here = next((one for one in waiting.SHELVES if one.key == asked), waiting.SHELVES[0])
    works = Work.objects.visible_to(request.user)
    found = waiting.rows_of(here, works).order_by(*rows.oldest_first())
    context = {
        "tabs": TABS,
        "tab": "library-curation",
        "shelves": [(one, waiting.rows_of(one, works).count()) for one in waiting.SHELVES],
        "here": here,
        "page": page_of(request, found),
        "acts": [acts.PROPOSE.link()],
        "formats": EXPORTERS,
    }
    return render(request, "knowledge/curation/waits.html", context)


@login_required
@require_safe
def listed(request: SignedInRequest, listing: Listing) -> HttpResponse:
    """One of `LISTINGS` as a page or a file."""
    require_room(request.user, Permission.CURATE_LIBRARY)
    found = listing.rows(Work.objects.visible_to(request.user))
    extra: dict[str, Any] = {}
    if found.model is Work:
        found = found.prefetch_related("expressions__files", "authors", "themes")
    if listing.table is tables.DoubtTable:
        extra["doubled"] = frozenset(
            doubts.found(Work.objects.visible_to(request.user), "doubled")
            .order_by()
            .values_list("code", flat=True)
        )
    context = {
        "tabs": TABS,
        "tab": listing.name,
        "above": (reverse("library-curation"), _("Keep the library")),
        "listing": listing,
        "counted_until": counted_until() if issubclass(listing.table, tables.UseTable) else None,
    }
    return list_page(
        request,
        "knowledge/curation/listed.html",
        listing.filters,
        listing.table,
        found,
        name=str(listing.file),
        context=context,
        **extra,
    )


@login_required
@require_safe
def records(request: SignedInRequest) -> HttpResponse:
    """All records, in the columns that the import of the administration reads."""
    require_room(request.user, Permission.CURATE_LIBRARY)
    file_format = exporter(request.GET.get("export", ""))
    if file_format is None:
        raise Http404
    resource = WorkResource()
    works = resource.iter_queryset(Work.objects.visible_to(request.user).order_by("code"))
    headings = resource.get_export_order()
    name = f"{_('records-of-the-library')}-{timezone.localdate().isoformat()}"
    return file_format(headings, title=str(_("Records"))).response(
        map(resource.export_resource, works), name
    )
