"""Lists for who keeps the library, and for who proposed something."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from knowledge.choices import Access, Language, State, TextState, Translated
from knowledge.models import Expression, File, Work
from knowledge.works import acts
from pip_network.people.access import Permission, require_room
from pip_network.web.signed_in import SignedInRequest

PER_PAGE = 25


class Shelf(NamedTuple):
    """Works with which the same is to be done."""

    key: str
    label: Any
    todo: Any
    where: Q


def with_file(**where: Any) -> Exists:
    return Exists(File.objects.filter(expression__work=OuterRef("pk"), **where))


def in_portuguese() -> Exists:
    rows = Expression.objects.filter(work=OuterRef("pk"), language=Language.PT)
    return Exists(rows.exclude(translation_status=Translated.TITLE))


PUBLISHED = Q(state=State.PUBLISHED)
SHELVES = (
    Shelf(
        "proposed",
        _("Proposals"),
        _("Somebody waits: take each for review, or publish it as it is."),
        Q(state=State.PROPOSED),
    ),
    Shelf(
        "review",
        _("In review"),
        _("Complete the record, then publish it or say why not."),
        Q(state=State.REVIEW),
    ),
    Shelf(
        "embargoed",
        _("Hidden until a day"),
        _("Nothing to do: each appears by itself."),
        PUBLISHED & Q(embargo_until__isnull=False),
    ),
    Shelf(
        "restricted",
        _("Restricted"),
        _("Look whether those who may read it are still the right ones."),
        PUBLISHED & Q(access=Access.RESTRICTED),
    ),
    Shelf(
        "no-text",
        _("Without text to search"),
        _("Add a file with text: a scanned or locked one is not searched."),
        PUBLISHED & Q(with_file()) & ~Q(with_file(text_state=TextState.TEXT)),
    ),
    Shelf(
        "no-file",
        _("Without a file"),
        _("Ask who holds the rights for the file."),
        PUBLISHED & ~Q(with_file()),
    ),
    Shelf(
        "no-portuguese",
        _("Without a Portuguese text"),
        _("Those of Brazil read the title alone: have it translated."),
        PUBLISHED & ~Q(in_portuguese()),
    ),
    Shelf(
        "withdrawn",
        _("Withdrawn works"),
        _("Nothing to do; each withdrawal can be undone."),
        Q(state=State.WITHDRAWN),
    ),
)


@login_required
@require_safe
def curation(request: SignedInRequest) -> HttpResponse:
    """What there is to do in the library, by what it is."""
    require_room(request.user, Permission.CURATE_LIBRARY)
    here = next((one for one in SHELVES if one.key == request.GET.get("list")), SHELVES[0])
    works = Work.objects.visible_to(request.user)
    context = {
        "shelves": [(one, rows_of(one, works).count()) for one in SHELVES],
        "here": here,
        "page": page_of(request, rows_of(here, works).order_by("proposed_at", "code")),
        "acts": [acts.PROPOSE.link()],
    }
    return render(request, "knowledge/curation.html", context)


def rows_of(shelf: Shelf, works: QuerySet[Work]) -> QuerySet[Work]:
    rows = works.filter(shelf.where)
    return rows.filter(embargo_until__gt=timezone.now()) if shelf.key == "embargoed" else rows


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has proposed, and what became of it."""
    require_room(request.user, Permission.PROPOSE_WORK)
    works = Work.objects.proposed_by(request.user).order_by("-proposed_at", "code")
    context = {
        "page": page_of(request, works),
        "acts": [acts.PROPOSE.link()],
    }
    return render(request, "knowledge/mine.html", context)


def page_of(request: SignedInRequest, works: QuerySet[Work]) -> Any:
    rows = works.select_related("proposed_by").prefetch_related(
        "expressions", "authors", "countries"
    )
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
