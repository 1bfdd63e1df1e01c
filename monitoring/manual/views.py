"""The Manual in public: its contents, its chapters, and the whole of it on paper."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from monitoring.manual import pdf
from monitoring.manual.chapters import chapters
from monitoring.manual.edition import Edition, fetch


@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """All chapters of a version, and its paper in each language."""
    edition = fetch(request.GET.get("catalogue"), request.user)
    context = {"chapters": chapters(edition), "papers": settings.LANGUAGES, **_same(edition)}
    return render(request, "monitoring/manual/contents.html", context)


@require_GET
def chapter(request: HttpRequest, key: str) -> HttpResponse:
    """One chapter, with the ones before and after it."""
    edition = fetch(request.GET.get("catalogue"), request.user)
    every = chapters(edition)
    at = next((at for at, one in enumerate(every) if one.key == key), None)
    if at is None:
        raise Http404
    context = {
        "chapters": every,
        "chapter": every[at],
        "content": every[at].make(),
        "before": every[at - 1] if at else None,
        "after": every[at + 1] if at + 1 < len(every) else None,
        **_same(edition),
    }
    return render(request, "monitoring/manual/chapter.html", context)


@require_GET
def paper(request: HttpRequest, language: str) -> HttpResponse:
    """The whole Manual as PDF, in one of the portal's languages."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    edition = fetch(request.GET.get("catalogue"), request.user)
    with translation.override(language):
        content = pdf.paper(edition)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"manual-v{edition.version.number}-{language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _same(edition: Edition) -> dict[str, object]:
    """What every page says of its version; `query` keeps the one chosen on the way."""
    number = edition.version.number
    return {"edition": edition, "query": f"?catalogue={number}" if edition.chosen else ""}
