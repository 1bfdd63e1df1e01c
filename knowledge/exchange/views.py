"""Citations as files, for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.works.fetching import fetched

from .csl import csl
from .notations import NOTATIONS


@require_safe
def cite(request: HttpRequest, code: str, notation: str) -> HttpResponse:
    """The citation of a work in one format, as a file, for who may open the page of the work."""
    work = fetched(request.user, code)
    how = NOTATIONS.get(notation)
    if work is None or how is None:
        raise Http404
    item = csl(work, (get_language() or "es")[:2])
    response = HttpResponse(how.write(item), content_type=f"{how.content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{work.code}.{how.extension}"'
    return response
