"""The pages of the workbook: download and upload, the preview, its confirmation."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitoring.choices import UploadStatus
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.models import Submission, WorkbookUpload
from monitoring.sheet.sheet import Sheet
from pip_network.files.exports import CsvExporter, XlsxExporter, exporter
from pip_network.people.access import Permission as P
from pip_network.people.access import can, require_room
from pip_network.web.acts import carry_out, sent
from pip_network.web.errors import DomainError
from pip_network.web.signed_in import SignedInRequest
from projects.models import Project

from . import acts
from . import project_data as project_data_rows
from .forms import PastRoundsForm
from .long_table import write_long_table
from .marked import write_marked
from .outcomes import Outcome, Outcomes
from .tables import Reach, load_sheet
from .taking_back import can_be_taken_back, last_sent
from .uploads import outcomes_of, require_may_enter
from .writing import write_workbook

PER_PAGE = 100
FILES: dict[str, tuple[Callable[[Sheet, Reach], bytes], str]] = {
    XlsxExporter.extension: (write_workbook, XlsxExporter.content_type),
    CsvExporter.extension: (write_long_table, CsvExporter.content_type),
}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Download, upload, and what was uploaded before."""
    sight = fetch_sight(request.user, project, round_code)
    if request.method == "POST":
        require_may_enter(sight.submission, request.user)
    return carry_out(
        request,
        acts.UPLOAD,
        {"submission": sight.submission},
        form=acts.UPLOAD.form(sent(request), request.FILES or None),
        template="monitoring/workbook/workbook.html",
        context=lambda _form: _page_of(sight),
        after=lambda upload: upload,
    )


def _page_of(sight: Sight) -> dict[str, Any]:
    uploads = WorkbookUpload.objects.filter(submission=sight.submission)
    if not sight.whole:
        uploads = uploads.filter(uploaded_by=sight.user)
    sent_at, may = last_sent(sight.submission), may_upload(sight)
    whole = sight.may_enter(None)
    rows = [
        (
            row,
            may and _may_take_back(sight, row, sent_at, whole),
            row.uploaded_by_id == sight.user.pk,
        )
        for row in uploads.select_related("uploaded_by", "taken_back_by", "submission")[:50]
        if row.status != UploadStatus.WAITING or row.uploaded_by_id == sight.user.pk
    ]
    return {
        "sight": sight,
        "submission": sight.submission,
        "networks": sight.networks,
        "may_upload": may,
        "uploads": rows,
    }


def may_upload(sight: Sight) -> bool:
    """May this person fill in anything of the submission now?"""
    return sight.may_enter(None) or any(sight.may_enter(network) for network in sight.networks)


def _may_take_back(
    sight: Sight, upload: WorkbookUpload, sent_at: dt.datetime | None, whole: bool
) -> bool:
    """One's own, or any for who fills in the whole submission."""
    own = upload.uploaded_by_id == sight.user.pk
    return (own or whole) and can_be_taken_back(upload, sight.submission, sent_at)


@login_required
@require_GET
def workbook_file(
    request: SignedInRequest, project: str, round_code: str, extension: str
) -> HttpResponse:
    """The workbook as far as she sees the submission; with `?network=`, of that one only."""
    sight = fetch_sight(request.user, project, round_code)
    if extension not in FILES:
        raise Http404
    reach, name = Reach(sight.networks, sight.whole), f"pip-{project}-{round_code}"
    if code := request.GET.get("network"):
        reach, name = Reach((sight.network(code),), False), f"{name}-{code}"
    write, content_type = FILES[extension]
    return _file(
        write(load_sheet(sight.submission, timezone.now()), reach),
        content_type,
        f"{name}.{extension}",
    )


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    stem, _dot, extension = name.rpartition(".")
    response["Content-Disposition"] = f'attachment; filename="{slugify(stem)}.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _fetch(sight: Sight, pk: UUID) -> WorkbookUpload:
    """One's own upload; any that was stored, for who may fill in the whole submission. Else 404."""
    uploads = WorkbookUpload.objects.filter(submission=sight.submission)
    upload = get_object_or_404(uploads.select_related("submission__project", "job"), pk=pk)
    is_own = upload.uploaded_by_id == sight.user.pk
    if not is_own and (upload.is_waiting or not sight.may_enter(None)):
        raise Http404
    return upload


@never_cache
@login_required
@require_GET
def preview(request: SignedInRequest, project: str, round_code: str, pk: UUID) -> HttpResponse:
    """What the file would do, cell by cell; once it is stored, the page of the room."""
    sight = fetch_sight(request.user, project, round_code)
    upload = _fetch(sight, pk)
    if not upload.is_waiting:
        return redirect("workbook", project, round_code)
    context: dict[str, Any] = {
        "sight": sight,
        "submission": sight.submission,
        "upload": upload,
        "form": acts.CONFIRM.form(),
    }
    if upload.job is not None and not upload.job.ended:
        return render(request, "monitoring/workbook/waiting.html", context)
    outcomes = outcomes_of(upload, request.user, timezone.now())
    context |= _found(request, outcomes)
    context["may_confirm"] = may_upload(sight) and context["can_be_stored"]
    return render(request, "monitoring/workbook/preview.html", context)


def _found(request: SignedInRequest, outcomes: Outcomes) -> dict[str, Any]:
    counts, marked = outcomes.counts, outcomes.marked
    shown = request.GET.get("show", "")
    lines = list(
        outcomes.where(
            outcome=shown if shown in Outcome.values else "",
            mark=shown if shown in marked else "",
        )
    )
    if not shown:
        lines = [line for line in lines if line.outcome != Outcome.UNCHANGED or line.mark]
    stored = counts[Outcome.NEW] + counts[Outcome.CHANGED] + counts[Outcome.CONFLICT]
    return {
        "counts": [(outcome, counts[outcome]) for outcome in Outcome],
        "marked": marked,
        "shown": shown,
        "lines": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "told": outcomes.told,
        "rejected": counts[Outcome.REJECTED],
        "conflicts": counts[Outcome.CONFLICT],
        "can_be_stored": bool(stored) and not counts[Outcome.REJECTED],
        "has_marks": counts[Outcome.REJECTED] + counts[Outcome.CONFLICT] + sum(marked.values()),
    }


@login_required
@require_POST
def confirm(request: SignedInRequest, project: str, round_code: str, pk: UUID) -> HttpResponse:
    """Store what the preview showed."""
    sight = fetch_sight(request.user, project, round_code)
    upload = _fetch(sight, pk)
    require_may_enter(sight.submission, request.user)
    return carry_out(
        request,
        acts.CONFIRM,
        {"upload": upload},
        after=lambda stored: (
            stored if stored.is_waiting else redirect("workbook", project, round_code)
        ),
        back=upload,
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, project: str, round_code: str, pk: UUID) -> HttpResponse:
    """Put back what the cells held before."""
    sight = fetch_sight(request.user, project, round_code)
    upload = _fetch(sight, pk)
    page = redirect("workbook", project, round_code)
    return carry_out(request, acts.TAKE_BACK, {"upload": upload}, after=page, back=page.url)


@login_required
@require_GET
def marked(request: SignedInRequest, project: str, round_code: str, pk: UUID) -> HttpResponse:
    """Her file with marks."""
    sight = fetch_sight(request.user, project, round_code)
    upload = _fetch(sight, pk)
    if not upload.is_waiting or upload.uploaded_by_id != request.user.pk:
        raise Http404
    try:
        content = write_marked(upload, outcomes_of(upload, request.user, timezone.now()))
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("workbook", project, round_code)
    name = f"{(upload.name.rpartition('.')[0] or 'pip')[:80]}-marked.xlsx"
    return _file(content, XlsxExporter.content_type, name)


@login_required
@require_GET
def project_data(request: SignedInRequest, project: str, extension: str) -> HttpResponse:
    """All that the project has in the portal, for who sees the whole of it."""
    require_room(request.user, P.VIEW_MONITORING)
    row = get_object_or_404(Project.objects.with_monitoring(request.user), code=project)
    file_format = exporter(extension)
    if file_format is None or not can(request.user, P.VIEW_MONITORING, row.scope_keys):
        raise Http404
    title = f"{row.code} {_('data')}"
    return file_format(project_data_rows.COLUMNS, title=title).response(
        project_data_rows.rows_of(row), f"pip-{row.code}"
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def past_rounds(request: SignedInRequest, project: str) -> HttpResponse:
    """Open semesters that are over, so that their workbooks can be brought in."""
    row = get_object_or_404(Project.objects.with_monitoring(request.user), code=project)
    acts.PAST_ROUNDS.require(request.user, row)
    day = row.day(timezone.now())
    form = PastRoundsForm(sent(request), project=row, today=day)
    opened = Submission.objects.filter(project=row).exclude(moved_in="").order_by("round_id")
    return carry_out(
        request,
        acts.PAST_ROUNDS,
        {"project": row},
        form=form,
        template="monitoring/workbook/past_rounds.html",
        context=lambda _form: {"project": row, "opened": opened},
        after=request.path,
    )
