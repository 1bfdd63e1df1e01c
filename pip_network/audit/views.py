"""The room of the trail: for whoever may read it; for others it does not exist."""

import json
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pip_network.audit import pages
from pip_network.audit.files import file_of
from pip_network.audit.filters import AuditFilter
from pip_network.audit.history import lines_of
from pip_network.audit.objects import field_of, label_of, value_label
from pip_network.files.exports import EXPORTERS, exporter
from pip_network.models import AuditEvent
from pip_network.people.access import Permission, require_room
from pip_network.web.signed_in import SignedInRequest

ELSEWHERE_ON_THE_PAGE = ("changes", "fields", "reason")
OF_ONE_REQUEST = 100


def for_readers(view):
    @wraps(view)
    def guarded(request: SignedInRequest, *args, **kwargs):
        require_room(request.user, Permission.VIEW_AUDIT)
        return view(request, *args, **kwargs)

    return login_required(require_safe(guarded))


@for_readers
def audit(request: SignedInRequest) -> HttpResponseBase:
    filters = AuditFilter(request.GET, queryset=AuditEvent.objects.all(), request=request)
    file_format = exporter(request.GET.get("export", ""))
    if file_format is not None:
        return file_of(
            file_format,
            filters.qs,
            reader=request.user,
            name=f"audit-{timezone.localdate().isoformat()}",
        )
    page = pages.page_of(filters.qs, request.GET.get("before", ""))
    context = {
        "filter": filters,
        "filtered": any(request.GET.get(name) for name in filters.filters),
        "page": page,
        "later": "before" in request.GET,
        "count": page.count,
        "exports": EXPORTERS,
        "events": list(zip(page.events, lines_of(page.events, reader=request.user), strict=True)),
    }
    return render(request, "audit/list.html", context)


@for_readers
def audit_event(request: SignedInRequest, pk: int) -> HttpResponseBase:
    if pk >= 2**63:
        raise Http404
    event = get_object_or_404(AuditEvent, pk=pk)
    others = (
        AuditEvent.objects.filter(request_id=event.request_id).exclude(pk=pk)
        if event.request_id
        else AuditEvent.objects.none()
    )
    line, *same_request = lines_of([event, *others[:OF_ONE_REQUEST]], reader=request.user)
    details = [
        (label_of(event.object, name), _detail(event.object, name, value))
        for name, value in event.details.items()
        if name not in ELSEWHERE_ON_THE_PAGE
    ]
    return render(
        request,
        "audit/event.html",
        {"event": event, "line": line, "details": details, "same_request": same_request},
    )


def _detail(key: str, name: str, value) -> str:
    """A code of a closed list in words; what is no text as JSON."""
    return (
        value_label(field_of(key, name), value)
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
