"""Questions narrowed by many filters at once: people ask few of them, robots without end, and each
combination is a page of its own.

Counted by network address, and of visitors only: who has signed in may ask as she likes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pip_network.audit.denied import place_of
from pip_network.web.limits import left_this_minute

from .facet_labels import FACETS
from .questions import Filter, read

MANY, A_MINUTE = 3, 30  # filters; questions with so many
View = Callable[..., HttpResponse]


def sparing(view: View) -> View:
    """Too many such questions in a minute are asked to wait, with what can be done meanwhile."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (
            filters_of(request) >= MANY
            and not request.user.is_authenticated
            and left_this_minute(f"library:{place_of(request)}", A_MINUTE) <= 0
        ):
            words = read(request.GET.get("q", "")).typed
            response = render(request, "knowledge/search/wait.html", {"words": words}, status=429)
            response["Retry-After"] = "60"
            return response
        return view(request, *args, **kwargs)

    return asked


def filters_of(request: HttpRequest) -> int:
    """Facets that are chosen, and fields of the record that are asked."""
    question = read(request.GET.get("q", ""))
    fields = [part for part in (*question.asked, *question.excluded) if isinstance(part, Filter)]
    return len(fields) + sum(bool(request.GET.get(name)) for name in FACETS)
