"""Forms of the administration that add a row: sent twice, they add one."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pip_network.web import once


def added_once(
    room: ModelAdmin, request: HttpRequest, show: Callable[[], HttpResponse]
) -> HttpResponse:
    """What `show` answers to the form that was posted; sent again, the page of the row that it
    added, which `show` has left as `added`.
    """
    refused: list[HttpResponse] = []  # with what is wrong: nothing was added

    def make() -> HttpResponse | None:
        response = show()
        if hasattr(request, "added"):
            return response
        refused.append(response)
        return None

    made = once.answered(request, make, again=show, page=lambda: _page_of(room, request))
    return refused[0] if made is None else made


def _page_of(room: ModelAdmin, request: Any) -> str:
    options = room.opts
    name = f"admin:{options.app_label}_{options.model_name}_change"
    return reverse(name, args=[quote(request.added.pk)])
