from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.documented import MARKS, Stated
from projects.documented import documented as rows
from projects.models import Country


@require_safe
def documented(request: HttpRequest) -> HttpResponse:
    """Real projects with their sources, apart from the registry and without any figure of it."""
    counts = Counter(row.stated for row in rows())
    return render(
        request,
        "projects/documented.html",
        {
            "rows": rows(),
            "counts": [(stated, MARKS[stated], counts[stated]) for stated in Stated],
            "known": set(Country.objects.values_list("iso2", flat=True)),
        },
    )
