"""Opening a figure: from its id to the figure itself, the rows behind it, the approvals, the
reports that cite it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache

from monitoring.analysis import (
    Catalogue,
    Figure,
    Indicator,
    Specification,
    Trace,
    compute,
    rows_behind,
)
from monitoring.analysis.figures import canonical
from monitoring.choices import Place
from monitoring.models import Approval, Report
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.signed_in import Reader

from .questions import drawn_over_rounds
from .record import CachedSource, catalogue_of

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Opened:
    """A figure with everything behind it."""

    figure: Figure
    trace: Trace
    catalogue: Catalogue


def may_open(user: Reader, defined: Mapping[str, Any]) -> bool:
    """Who reads the portfolio: any figure. A director: figures about her own project alone; a
    coordinator: about her own network alone.
    """
    if access.can(user, Permission.VIEW_PORTFOLIO):
        return True
    own = access.codes_with(user, Permission.ORDER_OWN_REPORT, "P") or set()
    if about(defined) in own:
        return True
    network = about_network(defined)
    return bool(network) and network in (
        access.codes_with(user, Permission.VIEW_MONITORING, "N") or set()
    )


def about(defined: Mapping[str, Any]) -> str:
    """The one project that a figure is about; empty when it is about several."""
    if "project" in defined["group"]:
        return defined["group"]["project"]
    return _the_one(defined["scope"].get("projects", []))


def about_network(defined: Mapping[str, Any]) -> str:
    """The one network that a figure is about; empty when it is about more than one."""
    if "network" in defined["group"]:
        return defined["group"]["network"]
    return _the_one(defined["scope"].get("networks", []))


def _the_one(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else ""


def open_figure(defined: Mapping[str, Any]) -> Opened | None:
    """Compute the figure again from what its id stands for; None when it is not among the emitted
    ones.

    The same number of the record always gives the same answer, so it is kept for a day.
    """
    approved = Approval.objects.values_list("hash", flat=True)
    record_hash = approved.get(number=defined["as_of"])  # a cache may outlive a database
    stamped = canonical(defined) + record_hash + settings.VERSION
    key = f"figure-{hashlib.sha256(stamped.encode()).hexdigest()}"
    catalogue = catalogue_of(defined["as_of"])
    computed = cache.get(key)
    if computed is None:
        source = CachedSource(defined["as_of"])
        question = specification(defined)
        figure = next(
            (
                candidate
                for candidate in compute(question, source, catalogue)
                if candidate.measure == defined["measure"] and candidate.group == defined["group"]
            ),
            None,
        )
        if figure is None:
            return None
        computed = (figure, rows_behind(defined, source, catalogue))
        cache.set(key, computed, KEPT_SECONDS)
    figure, trace = computed
    return Opened(figure, trace, catalogue)


def specification(defined: Mapping[str, Any]) -> Specification:
    """The question that gives the figure again."""
    return Specification(
        scope={key: tuple(values) for key, values in defined["scope"].items()},
        group_by=tuple(sorted(defined["group"])),
        indicators=(defined["indicator"],),
        round=defined["round"],
        as_of=defined["as_of"],
        audience=defined["audience"],
        prices=defined["prices"],
        currency=defined["currency"],
    )


def citing(
    defined: Mapping[str, Any], reports: Iterable[Report], indicator: Indicator
) -> list[Report]:
    """The finished reports among `reports` in which the figure stands."""
    return [report for report in reports if cites(report.specification, defined, indicator)]


def cites(question: Mapping[str, Any], defined: Mapping[str, Any], indicator: Indicator) -> bool:
    """Whether a report that was asked `question` shows the figure."""
    same = ("scope", "audience", "prices", "currency", "as_of")
    if (
        any(question[key] != defined[key] for key in same)
        or defined["indicator"] not in question["indicators"]
    ):
        return False
    keys = set(defined["group"])
    if question["round"] == defined["round"]:
        project_table = (
            keys == {"project"}
            and "projects" in question["sections"]
            and Place.PROJECTS in indicator.places
        )
        return keys <= set(question["group_by"]) or project_table
    return not keys and defined["round"] < question["round"] and drawn_over_rounds(indicator)


def contributions(trace: Trace) -> list[dict[str, Any]]:
    """How many units each project has, how many answered, how many are compared."""
    by_project: dict[str, dict[str, Any]] = {}
    for row in trace.rows:
        counts = by_project.setdefault(
            row.project, {"project": row.project, "units": 0, "answered": 0, "compared": 0}
        )
        counts["units"] += 1
        counts["answered"] += row.respondent
        counts["compared"] += row.in_panel
    return [by_project[code] for code in sorted(by_project)]
