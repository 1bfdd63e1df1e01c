"""Pages that stay open while something about their reader changes: they are told so, in place or by
going to the sign-in.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect

REFUSED = (400, 403, 404, 405, 429)


class OpenPageMiddleware:
    """Answers to htmx: instead of the sign-in page as a fragment the way to it, instead of a whole
    page of refusal its sentence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        htmx = getattr(request, "htmx", None)
        if not htmx or htmx.boosted:
            return response
        if (
            response.status_code == 302
            and urlsplit(response["Location"]).path == settings.LOGIN_URL
        ):
            return HttpResponseClientRedirect(
                f"{settings.LOGIN_URL}?{urlencode({'next': _page(request)})}"
            )
        if response.status_code in REFUSED and b"<html" in response.content:
            context = {
                "status": response.status_code,
                "forged": getattr(request, "csrf_refused", False),
            }
            return HttpResponse(
                render_to_string("errors/_refused.html", context), status=response.status_code
            )
        return response


def _page(request: HttpRequest) -> str:
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{page.path}?{page.query}" if page.query else page.path or "/"
