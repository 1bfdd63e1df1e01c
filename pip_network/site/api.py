"""The open interface, version 1: lists as {"count", "next", "results"}, described in docs/api.md.

Each list has one function for its rows, of what the reader may see, and one for a row.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.choices import Language
from knowledge.exchange.rows import listed_works, work_row
from knowledge.models import PARAGRAPHS, Lesson
from projects.views.lists import registry_projects

LIMIT, MOST = 25, 100


class BadParameter(ValueError):
    """A parameter that cannot be read; its text is the sentence for the reader."""


def whole(request: HttpRequest, name: str, default: int, low: int, high: int) -> int:
    """The parameter called `name`; raises BadParameter unless it is a whole number within bounds."""
    text = request.GET.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
        raise BadParameter(
            _("%(name)s is “%(value)s”: use a whole number from %(low)s to %(high)s.")
            % {"name": name, "value": text[:40], "low": low, "high": high}
        )
    return int(text)


def one_of(request: HttpRequest, name: str, values: list[str]) -> str:
    """The parameter called `name`, or nothing; raises BadParameter for any other value."""
    text = request.GET.get(name, "").strip()
    if text and text not in values:
        raise BadParameter(
            _("%(name)s is “%(value)s”: use one of %(values)s.")
            % {"name": name, "value": text[:40], "values": ", ".join(values)}
        )
    return text


def page(
    request: HttpRequest, rows: QuerySet, row: Callable[[Any], dict[str, Any]], **asked: str
) -> JsonResponse:
    """The rows that the address asks for; `asked` is what the next page is asked for, too."""
    limit = whole(request, "limit", LIMIT, 1, MOST)
    offset = whole(request, "offset", 0, 0, 999_999_999)
    count = rows.count()
    results = [row(one) for one in rows[offset : offset + limit]]
    following: dict[str, str | int] = {**asked, "limit": limit, "offset": offset + limit}
    more = (
        request.build_absolute_uri(f"{request.path}?{urlencode(following)}")
        if offset + limit < count
        else None
    )
    return JsonResponse({"count": count, "next": more, "results": results})


View = Callable[[HttpRequest], JsonResponse]


def listing(view: View) -> View:
    """A parameter that cannot be read is answered with a sentence."""

    def answered(request: HttpRequest) -> JsonResponse:
        try:
            return view(request)
        except BadParameter as error:
            return JsonResponse({"error": str(error)}, status=400)

    return require_safe(answered)


@listing
def projects(request: HttpRequest) -> JsonResponse:
    """Projects of one family (`pip` unless asked otherwise), by code."""
    family = request.GET.get("family", "pip")
    return page(request, registry_projects().filter(family=family), project_row, family=family)


@listing
def works(request: HttpRequest) -> JsonResponse:
    """Works of the library that the reader may see, by code; with `language`, those that can be
    read in it.
    """
    language = one_of(request, "language", Language.values)
    asked = {"language": language} if language else {}
    return page(request, listed_works(request.user, language), work_row, **asked)


@listing
def lessons(request: HttpRequest) -> JsonResponse:
    """Lessons that the reader may read, by code."""
    rows = Lesson.objects.visible_to(request.user).with_parts().order_by("code")
    return page(request, rows, lesson_row)


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
