"""The address of one's own calendar, on a page of the account."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pip_network.models import CalendarKey
from pip_network.people.acts import CLOSE_CALENDAR, OPEN_CALENDAR
from pip_network.web.acts import carry_out
from pip_network.web.signed_in import SignedInRequest


@never_cache
@login_required
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """Whether there is one, and what it is for."""
    return _page(request)


@never_cache
@login_required
@require_POST
def open_(request: SignedInRequest) -> HttpResponse:
    """A new address, shown on the page that answers and never again."""
    return carry_out(
        request, OPEN_CALENDAR, {}, after=lambda key: _page(request, address=address_of(key))
    )


@login_required
@require_POST
def close(request: SignedInRequest) -> HttpResponse:
    """The address opens nothing any more."""
    return carry_out(request, CLOSE_CALENDAR, {}, after="account-calendar")


def address_of(key: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('personal-calendar', args=[key])}"


def _page(request: SignedInRequest, **more: Any) -> HttpResponse:
    row = CalendarKey.objects.filter(person=request.user).first()
    return render(request, "account/calendar.html", {"row": row, **more})
