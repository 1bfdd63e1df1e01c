"""The page of a work: whatever becomes of it, its address answers for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.choices import State, UseKind
from knowledge.models import Expression, ProposalRemark, Work
from knowledge.usage import counting
from knowledge.works import acts, checks
from knowledge.works.fetching import fetched, gone
from knowledge.works.related import related_to
from pip_network import audit
from pip_network.files.stored import previews
from pip_network.people.access import Permission, can
from pip_network.web.acts import Act, buttons


@require_safe
def work(request: HttpRequest, code: str) -> HttpResponse:
    """One work in the reader's language; withdrawn, why it has gone; else the same as nothing."""
    record = fetched(request.user, code)
    if record is None or record.state == State.WITHDRAWN:
        return tombstone(request, record or gone(request.user, code))
    keeps = can(request.user, Permission.CURATE_LIBRARY)
    if not keeps:
        counting.note(request, record, UseKind.OPENED, at=timezone.now())
    readable = Work.objects.visible_to(request.user).with_parts()
    return render(
        request,
        "knowledge/work.html",
        {
            "work": record,
            "shown": record.shown,
            "face": face_of(record),
            "has_file": any(one.file for one in record.expressions.all()),
            "expressions": record.expressions.all(),
            "places": [
                (row.iso2, labels.country_label(row.iso2)) for row in record.countries.all()
            ],
            "related": related_to(record, readable),
            "product": labels.PRODUCTS.get(record.product) if record.product else None,
            "checks": checks.of(record, request.user) if keeps or is_mine(request, record) else (),
            "uses": counting.uses_of(record),
            "counted_until": counting.counted_until(),
            "remarks": remarks_on(record) if keeps or is_mine(request, record) else (),
            "acts": buttons(acts_of(request, record), request.user, record, record.code),
            "is_embargoed": record.embargo_until and record.embargo_until > timezone.now(),
            "history": audit.history_of(f"work:{record.pk}", reader=request.user) if keeps else (),
        },
    )


def face_of(record: Work) -> Expression | None:
    """Whose file has a picture of its first page: in the reader's language, if it can be."""
    rows = sorted(record.expressions.all(), key=lambda one: one != record.shown)
    return next((one for one in rows if one.file and previews.exists(one.file.stored)), None)


def is_mine(request: HttpRequest, record: Work) -> bool:
    return request.user.is_authenticated and record.proposed_by_id == request.user.pk


def acts_of(request: HttpRequest, record: Work) -> tuple[Act, ...]:
    """Her own proposal is corrected by who made it; who keeps the library has a longer form."""
    if not is_mine(request, record):
        return acts.OF_WORK
    if can(request.user, Permission.CURATE_LIBRARY):
        return (acts.SEND_AGAIN, *acts.OF_WORK)
    return acts.OF_PROPOSER


def remarks_on(record: Work) -> list[ProposalRemark]:
    """What is asked of a proposal while it waits; once it is answered, the last answer."""
    if not acts.is_open(record):
        return []
    remarks = list(record.remarks.all())
    return [one for one in remarks if one.answered_at is None] or remarks[-1:]


def tombstone(request: HttpRequest, record: Work | None) -> HttpResponse:
    """What stays of a withdrawn work: how it was cited, when and why it went, what replaces it."""
    if record is None:
        raise Http404
    after = None
    if record.replaced_by_id:
        readable = Work.objects.visible_to(request.user).with_parts()
        after = readable.filter(pk=record.replaced_by_id).first()
    context = {
        "work": record,
        "after": after,
        "acts": buttons(acts.OF_WORK, request.user, record, record.code),
    }
    return render(request, "knowledge/withdrawn.html", context, status=410)
