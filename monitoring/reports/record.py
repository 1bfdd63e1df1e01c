"""The record as of N, as reports ask it: its catalogue, its observations, what they hold."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Max, Q, QuerySet

from monitoring.analysis import Catalogue, Specification, catalogue_from_database
from monitoring.analysis.from_database import DatabaseSource
from monitoring.analysis.money import Rate
from monitoring.analysis.sources import Observation as Observed
from monitoring.analysis.sources import Target
from monitoring.choices import Kind, Level, MembershipState, NarrativeTheme
from monitoring.models import Narrative, Observation

from .material import NarrativeText


class CachedSource(DatabaseSource):
    """The record as of N with its observations read once, for several questions about the same N."""

    _observations: list[Observed] | None = None
    _rates: list[Rate] | None = None
    _targets: list[Target] | None = None

    def observations(self) -> Iterator[Observed]:
        if self._observations is None:
            self._observations = list(super().observations())
        return iter(self._observations)

    def rates(self) -> Iterator[Rate]:
        if self._rates is None:
            self._rates = list(super().rates())
        return iter(self._rates)

    def targets(self) -> Iterator[Target]:
        if self._targets is None:
            self._targets = list(super().targets())
        return iter(self._targets)


def version_of(as_of: int | None) -> int:
    """Number of the latest catalogue version that the record as of N was entered with (None: the
    record as it stands).
    """
    rows = Observation.objects.live() if as_of is None else Observation.objects.as_of(as_of)
    return rows.aggregate(last=Max("catalogue"))["last"] or 1


def catalogue_of(as_of: int | None) -> Catalogue:
    """What figures of the record as of N are asked and computed with; see `version_of`."""
    return catalogue_from_database(version_of(as_of))


def in_scope(specification: Specification) -> QuerySet[Observation]:
    """Observations as of N that the scope names."""
    rows = Observation.objects.as_of(specification.as_of)
    if "projects" in specification.scope:
        rows = rows.filter(project__in=specification.scope["projects"])
    if "countries" in specification.scope:
        rows = rows.filter(country__in=specification.scope["countries"])
    same_row = {}
    if "networks" in specification.scope:
        same_row["networks__network__in"] = specification.scope["networks"]
    if "typologies" in specification.scope:
        same_row["networks__typology__in"] = specification.scope["typologies"]
    return rows.filter(**same_row).distinct() if same_row else rows


def earlier_rounds(specification: Specification) -> list[str]:
    """Rounds with approved observations before the report's, as of N."""
    rows = in_scope(specification).filter(kind=Kind.REGULAR, round__lt=specification.round)
    return sorted(rows.values_list("round_id", flat=True).order_by().distinct())


def projects_by_round(specification: Specification) -> dict[str, frozenset[str]]:
    """The projects in scope of which each round holds approved observations, as of N."""
    rows = in_scope(specification).filter(kind=Kind.REGULAR).order_by()
    by_round: dict[str, set[str]] = defaultdict(set)
    for code, project in rows.values_list("round_id", "project_id").distinct():
        by_round[code].add(project)
    return {code: frozenset(by_round[code]) for code in sorted(by_round)}


def holdings(at_round: QuerySet[Observation]) -> dict[str, int]:
    """What the round's observations hold: active firms and networks, projects, countries."""
    active = at_round.filter(membership=MembershipState.ACTIVE)

    def distinct(rows: QuerySet[Observation], field: str) -> int:
        return rows.order_by().values(field).distinct().count()

    return {
        "projects": distinct(at_round, "project_id"),
        "networks": distinct(active.filter(level=Level.NETWORK), "subject"),
        "countries": distinct(at_round.exclude(country__in=["regional", ""]), "country"),
        "firms": distinct(active.filter(level=Level.FIRM), "subject"),
    }


def local_currency(observed: QuerySet[Observation]) -> str:
    """The currency of the observations, or those that their country had; US$ where there is none."""
    codes = sorted(
        observed.exclude(currency="").order_by().values_list("currency", flat=True).distinct()
    )
    return " / ".join(codes) or "US$"


def narratives(specification: Specification, projects: list[str]) -> list[NarrativeText]:
    """Texts of the report's round as of N, by project and in the order of the questions."""
    rows = Narrative.objects.filter(
        Q(superseded_in__isnull=True) | Q(superseded_in__gt=specification.as_of),
        approved_in__lte=specification.as_of,
        round=specification.round,
        project__in=projects,
    ).exclude(text="")
    order = NarrativeTheme.values
    texts = [
        NarrativeText(row.project_id, row.round_id, row.theme, row.text, row.language)
        for row in rows.order_by("project_id", "id")
    ]
    return sorted(texts, key=lambda text: (text.project, order.index(text.theme)))
