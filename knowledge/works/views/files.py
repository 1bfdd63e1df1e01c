"""Files of works and the text of their pages: for who may read the work."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from knowledge.choices import UseKind
from knowledge.models import File
from knowledge.reach import keys_of
from knowledge.search.answers import Answer
from knowledge.search.hits import lines_of
from knowledge.search.questions import read
from knowledge.usage import counting
from knowledge.works.fetching import file_of
from pip_network.files import stored
from pip_network.files.stored import previews


def found(request: HttpRequest, code: str, language: str, version: int | None = None) -> File:
    file = file_of(request.user, code, language, version)
    if file is None:
        raise Http404
    return file


@require_safe
def file(
    request: HttpRequest, code: str, language: str, version: int | None = None
) -> FileResponse:
    """The file as an attachment, named by the code of the work."""
    one = found(request, code, language, version)
    counting.note(request, one.expression.work, UseKind.TAKEN, at=timezone.now())
    return stored.answer(one.stored, name=f"{code.upper()}-{language}")


@require_safe
def face(request: HttpRequest, code: str, language: str) -> FileResponse:
    """The picture of its first page."""
    return previews.answer(found(request, code, language).stored)


@require_safe
def page(request: HttpRequest, code: str, language: str, number: int) -> HttpResponse:
    """One page as text, for slow lines; the words that were looked for are marked."""
    one = found(request, code, language)
    text = get_object_or_404(one.page_texts, number=number)
    asked = request.GET.get("q", "")[:300]
    numbers = one.page_texts.order_by("number").values_list("number", flat=True)
    return render(
        request,
        "knowledge/page.html",
        {
            "file": one,
            "expression": one.expression,
            "work": one.expression.work,
            "page": text,
            "lines": lines_of(text.text, Answer(read(asked), keys_of(request.user))),
            "asked_again": f"?{urlencode({'q': asked})}" if asked else "",
            "before": numbers.filter(number__lt=number).last(),
            "after": numbers.filter(number__gt=number).first(),
            "last": numbers.last(),
        },
    )
