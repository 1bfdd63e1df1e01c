"""The open interface, version 1: lists as {"count", "next", "results"}."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.models import PARAGRAPHS, Lesson
from projects.views.lists import registry_projects

LIMIT, MOST = 25, 100


class BadNumber(ValueError):
    """A parameter that is not a whole number within its bounds; its text is the sentence for the
    reader.
    """


def whole(request: HttpRequest, name: str, default: int, low: int, high: int) -> int:
    """The parameter called `name`; raises BadNumber."""
    text = request.GET.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
        raise BadNumber(
            _("%(name)s is “%(value)s”: use a whole number from %(low)s to %(high)s.")
            % {"name": name, "value": text[:40], "low": low, "high": high}
        )
    return int(text)


@require_safe
def projects(request: HttpRequest) -> JsonResponse:
    """Projects of one family (`pip` unless asked otherwise), by code."""
    family = request.GET.get("family", "pip")
    return listed(request, registry_projects().filter(family=family), project_row, family=family)


@require_safe
def lessons(request: HttpRequest) -> JsonResponse:
    """Lessons that the reader may read, by code."""
    rows = Lesson.objects.visible_to(request.user).with_parts().order_by("code")
    return listed(request, rows, lesson_row)


def listed(
    request: HttpRequest, rows: QuerySet, row: Callable[[Any], dict[str, Any]], **asked: str
) -> JsonResponse:
    """A part of `rows` as `limit` and `offset` have it, and the address of the next."""
    try:
        limit = whole(request, "limit", LIMIT, 1, MOST)
        offset = whole(request, "offset", 0, 0, 999_999_999)
    except BadNumber as error:
        return JsonResponse({"error": str(error)}, status=400)
    count = rows.count()
    results = [row(one) for one in rows[offset : offset + limit]]
    following: dict[str, str | int] = {
        **asked,
        "limit": limit,
        "offset": offset + limit,
    }
    more = (
        request.build_absolute_uri(f"{request.path}?{urlencode(following)}")
        if offset + limit < count
        else None
    )
    return JsonResponse({"count": count, "next": more, "results": results})


def project_row(project: Any) -> dict[str, Any]:
    """A project as the interface gives it; amounts in US$."""
    networks = project.standing_networks
    return {
        "code": project.code,
        "family": project.family_id,
        "name": project.name,
        "executing_institution": project.executing_institution.name,
        "countries": sorted(country.iso2 for country in project.countries.all()),
        "typology": project.typology_label,
        "typologies": sorted({network.typology for network in networks}),
        "networks": len(networks),
        "starts_on": project.starts_on.isoformat(),
        "ends_on": project.ends_on.isoformat(),
        "amount_fomin_usd": format(project.amount_fomin, ".2f"),
        "amount_counterpart_usd": format(project.amount_local, ".2f"),
        "origin": project.origin,
    }


def lesson_row(lesson: Lesson) -> dict[str, Any]:
    """A lesson as the interface gives it: its words in each language that it has."""
    names = ("title", *PARAGRAPHS)
    return {
        "code": lesson.code,
        "state": lesson.state,
        "project": lesson.project_id,
        "outcome": lesson.outcome,
        "confidence": lesson.confidence,
        "themes": [row.theme for row in lesson.themes.all()],
        "typologies": [row.typology for row in lesson.typologies.all()],
        "countries": sorted(country.iso2 for country in lesson.project.countries.all()),
        "original": lesson.original.language if lesson.original else "",
        "texts": {
            text.language: {name: getattr(text, name) for name in names}
            for text in lesson.texts.all()
        },
        "origin": lesson.origin,
    }
