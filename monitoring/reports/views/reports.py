"""Reports: the list, the composer, one report while it is built and when it is there, its files."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitoring.models import Report
from monitoring.reports import acts, files, stale
from monitoring.reports.parts import parts_of
from pip_network.jobs import jobs
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission as P
from pip_network.web.acts import carry_out, sent
from pip_network.web.htmx import render_page
from pip_network.web.signed_in import SignedInRequest

PER_PAGE = 25


def require_reports(user: User) -> None:
    """The room exists for those who may order some report; nobody else is told of it."""
    if not (
        access.can_somewhere(user, P.ORDER_REPORT) or access.can_somewhere(user, P.ORDER_OWN_REPORT)
    ):
        raise Http404


def fetch(request: SignedInRequest, pk: UUID) -> Report:
    """A report that the person may see; else 404."""
    require_reports(request.user)
    return get_object_or_404(
        Report.objects.visible_to(request.user).select_related("job", "as_of", "requested_by"),
        pk=pk,
    )


@login_required
@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    """Those that the person may see, newest first."""
    require_reports(request.user)
    reports = (
        Report.objects.visible_to(request.user)
        .select_related("job", "requested_by")
        .order_by("-requested_at", "id")
    )
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    everything = stale.superseded()
    rows = [
        (report, bool(report.finished_at and stale.changes(report, everything))) for report in page
    ]
    return render(request, "monitoring/reports/list.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def report_new(request: SignedInRequest) -> HttpResponse:
    """The composer: empty, or as another report was asked."""
    require_reports(request.user)
    again = again_from(request)
    form = acts.ORDER.form(
        sent(request),
        user=request.user,
        initial=again or {"indicators": "core", "language": (get_language() or "es")[:2]},
    )
    return carry_out(
        request,
        acts.ORDER,
        {},
        form=form,
        template="monitoring/reports/new.html",
        after=lambda ordered: ordered,
    )


def again_from(request: SignedInRequest) -> dict | None:
    """Initial values from an earlier report: the same question about the record as it stands now."""
    if not request.GET.get("again"):
        return None
    try:
        report = Report.objects.visible_to(request.user).filter(pk=request.GET["again"]).first()
    except ValidationError:  # not the id of anything
        return None
    if report is None:
        return None
    specification = report.specification
    scope = specification["scope"]
    return {
        **{
            key: specification[key]
            for key in (
                "title",
                "language",
                "audience",
                "group_by",
                "prices",
                "currency",
                "sections",
            )
        },
        **{key: scope.get(key, []) for key in ("projects", "countries", "typologies", "networks")},
        "indicators": "codes",
        "codes": specification["indicators"],
    }


@login_required
@require_GET
def report(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The report; while it is built, how far it is."""
    report = fetch(request, pk)
    if not report.finished_at:
        return render_page(
            request,
            "monitoring/reports/waiting.html",
            {
                "report": report,
                "job": report.job,
                "may_cancel": jobs.may_cancel(request.user, report.job),
            },
            fragment="monitoring/reports/_waiting.html",
        )
    page = files.page_of(report.folder)
    if page is None:
        return render(request, "monitoring/reports/away.html", {"report": report})
    sizes = files.sizes(report.folder)
    changed = stale.listed(stale.changes(report, stale.superseded()))
    context = {
        "report": report,
        "page": page,
        "parts": parts_of(report, page["article"]),
        "sizes": dict(sizes),
        "files": sizes,
        "changed": changed,
    }
    response = render(request, "monitoring/reports/report.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"  # the waiting part asked: the whole page is new
    return response


@login_required
@require_POST
def report_cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Stop a report that is being built."""
    report = fetch(request, pk)
    return carry_out(request, acts.CANCEL, {"job": report.job}, after=report)


@login_required
@require_POST
def report_rebuild(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make the files of a report again that are away."""
    report = fetch(request, pk)
    return carry_out(request, acts.REBUILD, {"report": report}, after=report)


@login_required
@require_GET
def report_file(request: SignedInRequest, pk: UUID, name: str) -> HttpResponseBase:
    """One file of a finished report, to keep; when it is away, the page that says so."""
    report = fetch(request, pk)
    if name not in files.NAMES or not report.finished_at:
        raise Http404
    try:
        content = (files.root() / report.folder / name).open("rb")
    except OSError:
        return redirect(report)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"pip-{report.as_of_id}-{str(report.pk)[:8]}-{name}",
        content_type=files.NAMES[name],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response
