"""The draft of the catalogue, as the rooms of the catalogue ask for it: read once per request."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest

from monitoring.choices import CatalogueStatus, Level
from monitoring.models import CatalogueVersion, Variable

BLANK = ("", "—")
Choice = tuple[str, Any]


class _Request(HttpRequest):
    """A request that remembers what these rooms have read for it."""

    catalogue_draft: CatalogueVersion | None
    draft_variables: list[Choice]


def draft_of(request: HttpRequest) -> CatalogueVersion | None:
    """The draft there is."""
    request = cast(_Request, request)
    if not hasattr(request, "catalogue_draft"):
        request.catalogue_draft = CatalogueVersion.objects.filter(
            status=CatalogueStatus.DRAFT
        ).first()
    return request.catalogue_draft


def variable_choices(request: HttpRequest) -> list[Choice]:
    """Variables of the draft by level, after a blank one."""
    request = cast(_Request, request)
    if not hasattr(request, "draft_variables"):
        rows = Variable.objects.filter(catalogue__status=CatalogueStatus.DRAFT).order_by("position")
        request.draft_variables = [BLANK, *_by_level(rows)]
    return request.draft_variables


def _by_level(rows: Iterable[Variable]) -> list[tuple[str, list[tuple[str, str]]]]:
    choices: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        choices.setdefault(str(Level(row.level).label), []).append(
            (row.code, f"{row.code} · {row.name}")
        )
    return list(choices.items())
