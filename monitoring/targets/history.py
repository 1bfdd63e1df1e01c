"""What the indicators of one project were, round by round: what its targets stand beside.

The record of one project is small: it is read once and asked from memory, and the answer is kept
until something else is approved.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache

from monitoring.analysis import Catalogue, DatabaseSource, Specification, compute
from monitoring.analysis.money import Rate
from monitoring.analysis.sources import BASELINE, Observation, Target
from monitoring.models import RecordHead
from monitoring.reports.record import catalogue_of
from projects.models import Project

from .asked import rounds_asking

KEPT_SECONDS = 24 * 3600


class Point(NamedTuple):
    """A value as published, and the baseline of its panel; None where undefined."""

    value: str | None
    baseline: str | None
    unit: str


History = dict[str, dict[str, Point]]  # by indicator and round


class InMemory:
    """The record of one project, by variable."""

    def __init__(self, source: DatabaseSource, catalogue: Catalogue) -> None:
        self.observed = tuple(source.observations())
        self.rated = tuple(source.rates())
        self.by_variable: dict[str, list[tuple]] = defaultdict(list)
        for row in source.measurements(catalogue.variables):
            self.by_variable[row[4]].append(row)

    def observations(self) -> Iterable[Observation]:
        return self.observed

    def rates(self) -> Iterable[Rate]:
        return self.rated

    def targets(self) -> Iterable[Target]:
        return ()

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        for code in variables:
            for row in self.by_variable.get(code, ()):
                if rounds is None or row[2] == BASELINE or row[3] in rounds:
                    yield row


def history_of(project: Project) -> History:
    """As the record stands; kept for a day, under the hash of its last approval."""
    head = RecordHead.objects.first()
    if head is None or not head.number:
        return {}
    calendar = f"{project.starts_on}:{project.ends_on}"
    key = f"targets-{project.pk}-{calendar}-{head.hash}-{settings.VERSION}"
    found = cache.get(key)
    if found is None:
        found = _computed(project, head.number)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _computed(project: Project, as_of: int) -> History:
    catalogue = catalogue_of(as_of)
    source = InMemory(DatabaseSource(as_of, project=project.pk), catalogue)
    asking = {
        code: frozenset(rounds_asking(project, catalogue.frequency(indicator)))
        for code, indicator in catalogue.indicators.items()
    }
    history: History = defaultdict(dict)
    for code in sorted({row.round for row in source.observed if row.kind != BASELINE}):
        wanted = tuple(name for name, rounds in sorted(asking.items()) if code in rounds)
        question = Specification(
            scope={"projects": (project.pk,)},
            group_by=(),
            indicators=wanted,
            round=code,
            as_of=as_of,
        )
        for figure in compute(question, source, catalogue, intervals=False):
            if figure.measure == "main":
                baseline = figure.panel.baseline if figure.panel else None
                history[figure.indicator][code] = Point(figure.value, baseline, figure.unit)
    return dict(history)
