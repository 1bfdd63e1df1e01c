"""Figures of the monitoring system as evidence: as they were cited, and as they stand now.

Of a figure a lesson keeps its id, its value and its change when it was cited. All else is computed
from the record when it is asked, and remembered for one approval.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.cache import cache

from monitoring.analysis import Catalogue, Figure, approved_rounds_from_database, compute
from monitoring.analysis.figures import Panel, canonical
from monitoring.models import RecordHead
from monitoring.reports.figure_trace import about, specification
from monitoring.reports.record import CachedSource, catalogue_of

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Standing:
    """A figure that was cited, as the record has it as of its last approval."""

    cited_value: str
    cited_change: str
    as_of: int
    same: Figure | None  # of the round that was cited
    latest: Figure | None  # of the newest round that its project has

    @property
    def is_amended(self) -> bool:
        """Does the record say something else of the same round?"""
        return self.same is None or (self.same.value or "") != self.cited_value

    @property
    def is_reversed(self) -> bool:
        """Does the newest round change the other way than what was cited?"""
        return sign(self.cited_change) * sign(change_of(self.latest)) < 0

    @property
    def cited(self) -> Figure | None:
        """The figure with the numbers that it had when it was cited."""
        if self.same is None:
            return None
        panel = replace(self.same.panel or Panel(), change=self.cited_change or None)
        return replace(self.same, value=self.cited_value or None, panel=panel)


def figure_at(defined: Mapping[str, Any]) -> Figure | None:
    """What an id stands for, computed; None when the record does not have it."""
    return _computed(defined, CachedSource(defined["as_of"]), catalogue_of(defined["as_of"]))


def standing(defined: Mapping[str, Any], *, cited_value: str, cited_change: str) -> Standing | None:
    """How a cited figure stands now; None where nothing is approved."""
    head = RecordHead.objects.first()
    if head is None or not head.number:
        return None
    stamped = canonical(defined) + head.hash + settings.VERSION
    key = f"lesson-figure-{hashlib.sha256(stamped.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = _now(defined, head.number)
        cache.set(key, found, KEPT_SECONDS)
    return Standing(cited_value, cited_change, head.number, *found)


def _now(defined: Mapping[str, Any], number: int) -> tuple[Figure | None, Figure | None]:
    """Of the round that was cited and of the newest one, as of an approval."""
    source, catalogue = CachedSource(number), catalogue_of(number)
    now = {**defined, "as_of": number}
    same = _computed(now, source, catalogue)
    newest = latest_round(defined, number, catalogue)
    if newest == defined["round"]:
        return same, same
    return same, _computed({**now, "round": newest}, source, catalogue)


def _computed(
    defined: Mapping[str, Any], source: CachedSource, catalogue: Catalogue
) -> Figure | None:
    if defined["indicator"] not in catalogue.indicators:
        return None
    figures = compute(specification(defined), source, catalogue)
    return next(
        (
            figure
            for figure in figures
            if figure.measure == defined["measure"] and figure.group == defined["group"]
        ),
        None,
    )


def latest_round(defined: Mapping[str, Any], number: int, catalogue: Catalogue) -> str:
    """The newest round in which the figure can stand: of its project, and of the second semester
    where it is of a whole year.
    """
    rounds = approved_rounds_from_database()
    projects = {about(defined)} - {""} or None
    codes = [
        code
        for code in rounds.first_approval
        if (approved := rounds.of(code, number, projects)).projects and approved.at_least_half
    ]
    indicator = catalogue.indicators.get(defined["indicator"])
    if indicator is not None and catalogue.frequency(indicator) != "semester":
        codes = [code for code in codes if code.endswith("S2")]
    return max(codes, default=defined["round"])


def change_of(figure: Figure | None) -> str:
    return (figure.panel.change or "") if figure is not None and figure.panel else ""


def sign(number: str) -> int:
    """-1, 0 or 1; 0 where there is no number."""
    value = Decimal(number or 0)
    return (value > 0) - (value < 0)
