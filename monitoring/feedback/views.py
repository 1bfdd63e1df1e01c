"""The pages of a project's firms and networks: whom they go to, each on the screen, all at once."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from monitoring.models import Observation, RecordHead
from pip_network import audit
from pip_network.web.acts import carry_out, sent
from pip_network.web.signed_in import SignedInRequest
from projects.models import Project

from . import acts, book, making, paper
from .pages import Page
from .receivers import Receiver, project_of, receivers_of

PER_PAGE, JOBS = 100, 5


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def feedback(request: SignedInRequest, project: str) -> HttpResponse:
    """Who gets a page, the act that makes them all, and what was made."""
    found = project_of(request.user, project)
    initial = {"language": (get_language() or "es")[:2]}
    return carry_out(
        request,
        acts.ORDER,
        {"project": found},
        form=acts.ORDER.form(sent(request), initial=initial),
        template="monitoring/feedback/project.html",
        context=lambda _form: _context(request, found),
        after=request.path,
    )


def _context(request: SignedInRequest, project: Project) -> dict[str, Any]:
    receivers = receivers_of(request.user, project)
    jobs = [
        (job, making.path_of(job, making.BOOK) is not None, making.expires(job))
        for job in making.ordered(project, request.user)[:JOBS]
    ]
    return {
        "project": project,
        "receivers": Paginator(receivers, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(receivers),
        "approved": Observation.objects.live().filter(project=project).exists(),
        "jobs": jobs,
        "waiting": any(not job.ended for job, _there, _until in jobs),
        "files": (making.BOOK, making.SINGLES),
    }


def _receiver(request: SignedInRequest, project: Project, subject: str) -> Receiver:
    """Fetch = authorise: one of those that she would get a page of; else 404."""
    for receiver in receivers_of(request.user, project):
        if receiver.subject == subject:
            return receiver
    raise Http404


def _asked_language(request: SignedInRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else (get_language() or "es")[:2]


def _written(project: Project, receiver: Receiver, language: str) -> tuple[book.Cover, Page]:
    """As of the last approval; call it in that language."""
    as_of = RecordHead.objects.get(pk=1).number
    if not Observation.objects.as_of(as_of).filter(project=project).exists():
        raise Http404
    page = book.writer_of(project, as_of, language).page(receiver)
    return book.cover_of(project, as_of, project.day(timezone.now())), page


@never_cache
@login_required
@require_GET
def feedback_page(request: SignedInRequest, project: str, subject: str) -> HttpResponse:
    """One page as it will be printed, on the screen."""
    found = project_of(request.user, project)
    receiver = _receiver(request, found, subject)
    language = _asked_language(request)
    with translation.override(language):
        cover, page = _written(found, receiver, language)
    context = {
        "project": found,
        "receiver": receiver,
        "cover": cover,
        "page": page,
        "language": language,
        "written_in": settings.LANGUAGES,
    }
    return render(request, "monitoring/feedback/page.html", context)


@never_cache
@login_required
@require_GET
def feedback_paper(request: SignedInRequest, project: str, subject: str) -> HttpResponse:
    """The same on paper."""
    found = project_of(request.user, project)
    receiver = _receiver(request, found, subject)
    language = _asked_language(request)
    with translation.override(language):
        cover, page = _written(found, receiver, language)
        content = next(paper.singles(cover, [page]))
    audit.record(
        verb="feedback.fetched",
        on=f"P:{found.code}",
        by=request.user,
        at=timezone.now(),
        subject=receiver.subject,
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{making.name_of(page)}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@login_required
@require_GET
def feedback_file(request: SignedInRequest, project: str, pk: UUID, name: str) -> HttpResponseBase:
    """One file of what she asked for; when it has expired, the page where it is asked for again."""
    found = project_of(request.user, project)
    job = get_object_or_404(making.ordered(found, request.user), pk=pk)
    if name not in making.TYPES:
        raise Http404
    path = making.path_of(job, name)
    if path is None:
        return redirect("feedback", found.code)
    audit.record(
        verb="feedback.fetched",
        on=f"P:{found.code}",
        by=request.user,
        at=timezone.now(),
        file=name,
        as_of=job.arguments["as_of"],
    )
    stem, _dot, ending = name.rpartition(".")
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"pip-{found.code}-{stem}-{job.arguments['language']}.{ending}",
        content_type=making.TYPES[name],
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
