"""The page of a work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from knowledge import labels
from knowledge.models import Work


@require_safe
def work(request: HttpRequest, code: str) -> HttpResponse:
    """One work, with others of its kind."""
    readable = Work.objects.visible_to(request.user).with_parts()
    record = get_object_or_404(readable, code=code)
    related = readable.filter(type=record.type).exclude(pk=record.pk).order_by("code")[:4]
    return render(
        request,
        "knowledge/work.html",
        {
            "work": record,
            "related": related,
            "product": labels.PRODUCTS.get(record.product) if record.product else None,
        },
    )
