"""Before what matters: is it still her?

Asks for the password (or a code) unless it was given a short while ago.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from pip_network.people.access import Permission, require_room

View = Callable[..., HttpResponse]


def confirm_identity(view: View | None = None, *, room: Permission | None = None) -> Any:
    """`@confirm_identity` or `@confirm_identity(room=P.MANAGE_PEOPLE)`: only people whose identity
    is fresh come in.

    Visitors go to the sign-in; who may not know of the `room` gets its 404 and is asked nothing.
    Opening a page asks first and comes back to it. What was posted too late waits in the session
    and is taken up after the answer, so give the form its address (`action="{{ request.path }}"`).
    Files cannot wait: ask on the page that comes before them.
    """

    def decorate(view: View) -> View:
        guarded = reauthentication_required(view)

        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if room is not None:
                require_room(request.user, room)
            try:
                return guarded(request, *args, **kwargs)
            except ReauthenticationRequired:
                if getattr(request, "htmx", False):
                    return HttpResponseClientRedirect(_question(request))
                if request.method == "POST":
                    _without_query(request)
                raise  # answered by allauth's middleware

        return ask

    return decorate(view) if view else decorate


def _question(request: HttpRequest) -> str:
    """Where an open page goes to be asked; afterwards it is shown anew."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{page.path}?{page.query}" if page.query else page.path or "/"
    methods = get_adapter().get_reauthentication_methods(request.user)
    return f"{methods[0]['url']}?{urlencode({'next': back})}"


def _without_query(request: HttpRequest) -> None:
    """The library takes up a waiting form only under an address without a question; the question
    waits with the form.
    """
    _read = request.GET
    request.META["QUERY_STRING"] = ""
