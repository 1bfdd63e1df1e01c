"""Pages that stay open while something about their reader changes: they are told so, in place or by
going to the sign-in.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect

from pip_network.web.own_addresses import own_address

REFUSED = (400, 403, 404, 405, 429)


class OpenPageMiddleware:
    """Answers to htmx and to the panel of the sheet: instead of the sign-in page as a fragment the
    way to it, instead of a whole page of refusal its sentence.
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
            sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': _page(request)})}"
            if request.method == "GET":
                return HttpResponseClientRedirect(sign_in)
            # What was sent stays where it was typed, and goes when she has signed in.
            told = render_to_string("errors/_signed_out.html", {"sign_in": sign_in})
            return HttpResponse(told, status=401)
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
    asked = request.headers.get("HX-Current-URL", "") or request.headers.get("Referer", "")
    page = urlsplit(own_address(request, asked))
    return f"{page.path}?{page.query}" if page.query else page.path or "/"
