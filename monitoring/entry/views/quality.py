"""The data quality of one submission, with what lowers each part."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from monitoring.choices import Kind, NarrativeTheme
from monitoring.entry.views.fetch import Sight, fetch_sight
from monitoring.entry.views.progress import cell_url
from monitoring.quality import of_sheet, words
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.sheet import Sheet
from pip_network.web.signed_in import SignedInRequest

MOST = 200


class Place(NamedTuple):
    """One thing that lowers a part, and where it is mended or read."""

    where: str | Promise
    what: str | Promise
    url: str


def parts_on_page(sight: Sight, sheet: Sheet) -> dict[str, Any] | None:
    """The six parts, for a page about the submission; None for who does not see all of it."""
    if not sight.whole:
        return None
    parts = of_sheet.read(sheet).parts
    return {"lines": words.lines(parts), "mean": words.mean_percent(parts)}


@never_cache
@login_required
@require_GET
def quality(request: SignedInRequest, project: str, round_code: str) -> HttpResponse:
    """Each part with its counts and a list of what lowers it."""
    sight = fetch_sight(request.user, project, round_code)
    if not sight.whole:
        raise Http404
    sheet = load_sheet(sight.submission)
    parts, lowering = of_sheet.read(sheet)
    places = {
        "completeness": _cells(sight, sheet, lowering.completeness),
        "timeliness": _days(sight, lowering.days_late),
        "validity": _cells(sight, sheet, lowering.validity),
        "plausibility": _cells(sight, sheet, lowering.plausibility),
        "baseline": _units(sight, lowering),
        "evidence": _texts(sight, lowering.evidence),
    }
    context = {
        "submission": sight.submission,
        "sections": [
            (line, places[line.name][:MOST], max(0, len(places[line.name]) - MOST))
            for line in words.lines(parts)
        ],
        "summary": {"lines": words.lines(parts), "mean": words.mean_percent(parts)},
    }
    return render(request, "monitoring/quality/page.html", context)


def _cells(sight: Sight, sheet: Sheet, keys: Iterable[CellKey]) -> list[Place]:
    return [
        Place(
            sheet.roster.by_subject[key.subject].label
            + (f" ({_('baseline')})" if key.kind == Kind.BASELINE else ""),
            sheet.asked[key].variable.name,
            cell_url(sight, sheet, key),
        )
        for key in keys
    ]


def _days(sight: Sight, days: int) -> list[Place]:
    if not days:
        return []
    submission = sight.submission
    return [Place(_("Days late"), str(days), submission.get_absolute_url())]


def _units(sight: Sight, lowering: of_sheet.Lowering) -> list[Place]:
    place = (sight.submission.project_id, sight.submission.round_id)
    return [
        Place(
            unit.label,
            _("reconstructed") if unit.captured_on else _("not captured"),
            reverse("unit-form", args=[*place, unit.subject]),
        )
        for unit in lowering.baseline
    ]


def _texts(sight: Sight, themes: Iterable[str]) -> list[Place]:
    page = reverse("narrative", args=[sight.submission.project_id, sight.submission.round_id])
    return [
        Place(_("Narrative"), NarrativeTheme(theme).label, f"{page}#{theme}") for theme in themes
    ]
