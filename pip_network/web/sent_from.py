"""Addresses that take what another page sends, and show that page again when it was refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def sent_from(page: str) -> Callable[[View], View]:
    """Of a view that only takes what `page` (of the same arguments) sends. Who opens its address
    all the same is led to that page: by another language, or from the address bar, after it was
    refused.
    """

    def decorate(view: View) -> View:
        takes = require_POST(view)

        @wraps(view)
        def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return redirect(page, *args, **kwargs)
            return takes(request, *args, **kwargs)

        return led

    return decorate
