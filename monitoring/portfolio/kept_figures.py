"""Kept figures: what the portfolio shows of one approval, read back as it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet, Subquery

from monitoring.analysis import Figure
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, FigureSet, Indicator
from monitoring.reports.material import Figures

from . import networks


@dataclass
class Kept:
    """What is kept of one approval: figures by project, totals by round, and plain facts."""

    as_of: int
    round: str
    by_project: Figures
    rounds: Mapping[str, Figures] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    catalogue: int | None = None  # see `indicators`


def newest() -> tuple[int, dict[str, dict[str, Any]]]:
    """(approval, what was asked by key) of the figures kept of the latest approval that has them;
    (0, {}) for none.
    """
    rows = list(
        FigureSet.objects.order_by("-as_of", "key").values_list("as_of", "key", "specification")
    )
    as_of = rows[0][0] if rows else 0
    return as_of, {key: specification for number, key, specification in rows if number == as_of}


def latest() -> Kept | None:
    """What pages about the whole show, of the latest approval that has it: two queries, whatever
    the size of the record.
    """
    as_of, kinds = newest()
    if not kinds:
        return None
    kept = Kept(as_of, "", Figures(), catalogue=version_in(kinds))
    totals: dict[str, Figures] = {}
    wanted = [key for key, specification in kinds.items() if not networks.asks(specification)]
    for row in FigureSet.objects.filter(key__in=wanted).order_by("key"):
        specification = row.specification
        if "facts" in specification:
            kept.facts = row.figures
            continue
        figures = Figures(Figure.from_dict(stored) for stored in row.figures)
        if specification["group_by"] == ["project"]:
            kept.by_project, kept.round = figures, specification["round"]
        else:
            totals[specification["round"]] = figures
    kept.rounds = totals
    return kept


def version_in(kinds: Mapping[str, Mapping[str, Any]]) -> int | None:
    """The catalogue version that figures were computed with; None where it was not kept with them
    yet.
    """
    return next(
        (
            specification.get("catalogue")
            for specification in kinds.values()
            if "facts" in specification
        ),
        None,
    )


def indicators(version: int | None) -> QuerySet[Indicator]:
    """The indicators as kept figures were computed (None: as the newest published version has
    them).

    A version that is published changes no figure until something is approved with it: words go with
    their figures.
    """
    newest_version = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED).order_by(
        "-number"
    )[:1]
    return Indicator.objects.filter(catalogue=version or Subquery(newest_version.values("number")))


class NetworkFigures(NamedTuple):
    """The figures of one network, and as of when."""

    as_of: int
    round: str
    catalogue: int | None
    figures: list[Figure]


def of_network(code: str) -> NetworkFigures | None:
    """What is kept of one network; None while nothing is. Two queries."""
    as_of, kinds = newest()
    for key, specification in kinds.items():
        if networks.asks(specification):
            rows = FigureSet.objects.get(key=key).figures
            figures = [Figure.from_dict(row) for row in rows if row["group"]["network"] == code]
            return NetworkFigures(as_of, specification["round"], version_in(kinds), figures)
    return None
