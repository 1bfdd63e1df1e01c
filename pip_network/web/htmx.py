"""One page, two shapes: whole for the browser, only the changed part when htmx asks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or `fragment` when htmx asks for a part (not when it follows a boosted
    link or restores history).
    """
    asks: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    part = bool(fragment and asks and not asks.boosted and not asks.history_restore_request)
    response = render(
        request, fragment if part and fragment else template, dict(context), status=status
    )
    patch_vary_headers(response, ("HX-Request",))
    return response
