"""Workshops: what the sources keep of each, and nothing more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workshops.models import Workshop


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    """All of them, by their numbers."""
    return render(
        request, "workshops/workshop_list.html", {"workshops": Workshop.objects.order_by("number")}
    )


@require_safe
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them, with the way to the others."""
    chosen = get_object_or_404(Workshop, slug=slug)
    return render(
        request,
        "workshops/workshop.html",
        {"workshop": chosen, "all": Workshop.objects.order_by("number")},
    )
