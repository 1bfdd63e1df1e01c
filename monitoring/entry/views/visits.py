"""Who else is in a sheet: the one question that an open sheet asks once a minute."""

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitoring.entry.views.fetch import fetch_sight
from monitoring.entry.views.queue import signed_out
from monitoring.sheet.cells import CellKey
from monitoring.submission.visits import stamp_visit, visitors
from pip_network.people.session_store import in_the_background


@in_the_background
@never_cache
@require_POST
def sheet_visits(request: HttpRequest, project: str, round_code: str, network: str) -> JsonResponse:
    """Say that one is here, in the cell that the body names, and hear who else is. It is asked by
    the page, not by who sits before it: it keeps no session open.
    """
    if not request.user.is_authenticated:
        return signed_out()
    sight = fetch_sight(request.user, project, round_code)
    place, at = sight.network(network), timezone.now()
    stamp_visit(sight.submission, place, request.user, _cell(request), at=at)
    others = visitors(sight.submission, place, besides=request.user, at=at)
    return JsonResponse(
        {
            "others": [
                {
                    "name": other.name,
                    "cell": str(other.cell or ""),
                    "at": timezone.localtime(other.at).strftime("%H:%M"),
                }
                for other in others
            ]
        }
    )


def _cell(request: HttpRequest) -> CellKey | None:
    """The cell that the page names; whatever else it says is no cell."""
    try:
        return CellKey.parse(json.loads(request.body)["cell"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
