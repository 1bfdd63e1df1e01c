"""Reading the material of a report: the engine's figures, and what else the record says as of N."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.analysis import (
    Catalogue,
    Figure,
    Indicator,
    Specification,
    attrition,
    catalogue_from_database,
    compute,
    parse_specification,
    universe_from_database,
)
from monitoring.analysis.from_database import DatabaseSource
from monitoring.analysis.sources import Observation as Observed
from monitoring.choices import ChartKind, Kind, Level, MembershipState, Missing, Place
from monitoring.models import Approval, Measurement, Narrative, Observation, Unit
from pip_network.choices import Origin
from projects.models import Network, Project

from .material import Baselines, Completeness, Figures, Material, NarrativeText
from .names import Names
from .sections import KEYS
from .sections import projects as projects_section

Announce = Callable[[str], None]


class CachedSource(DatabaseSource):
    """The record as of N with its observations read once, for several questions about the same N."""

    _observations: list[Observed] | None = None
    _rates: list | None = None

    def observations(self) -> Iterator[Observed]:
        if self._observations is None:
            self._observations = list(super().observations())
        return iter(self._observations)

    def rates(self) -> Iterator:
        if self._rates is None:
            self._rates = list(super().rates())
        return iter(self._rates)


def parse(given: dict | str | bytes) -> Specification:
    """A specification against the record as of its own N, or as it stands; raises
    SpecificationError.
    """
    return parse_specification(given, universe_from_database(), catalogue_of, KEYS)


def version_of(as_of: int | None) -> int:
    """Number of the latest catalogue version that the record as of N was entered with (None: the
    record as it stands).
    """
    rows = Observation.objects.live() if as_of is None else Observation.objects.as_of(as_of)
    return rows.aggregate(last=Max("catalogue"))["last"] or 1


def catalogue_of(as_of: int | None) -> Catalogue:
    """What figures of the record as of N are asked and computed with; see `version_of`."""
    return catalogue_from_database(version_of(as_of))


def gather(
    specification: Specification,
    *,
    progress: Announce | None = None,
    figures: list[Figure] | None = None,
) -> Material:
    """Everything the sections need.

    `progress(message)` is called before each long step and may raise to stop.
    """
    say = progress or (lambda _message: None)
    source, catalogue = CachedSource(specification.as_of), catalogue_of(specification.as_of)
    if figures is None:
        figures = compute(
            specification, source, catalogue, progress=lambda _done, _total, code: say(code)
        )
    staff = specification.audience == "staff"
    approval = Approval.objects.get(number=specification.as_of)
    observed = in_scope(specification)
    projects = sorted(observed.values_list("project_id", flat=True).order_by().distinct())
    at_round = observed.filter(kind=Kind.REGULAR, round=specification.round)
    approved = set(at_round.values_list("project_id", flat=True).order_by().distinct())
    series = {}
    for code in earlier_rounds(specification):
        say(code)
        series[code] = Figures(
            compute(over_rounds(specification, code, catalogue), source, catalogue)
        )
    by_project = None
    if staff and "projects" in specification.sections:
        by_project = (
            Figures(compute(by_project_question(specification, catalogue), source, catalogue))
            if specification.group_by != ("project",)
            else Figures(figures)
        )
    lost = []
    if staff and "attrition" in specification.sections:
        say(_("Attrition and data quality"))
        lost = attrition(replace(specification, group_by=()), source, catalogue)
    return Material(
        specification=specification,
        record_hash=approval.hash,
        approved_on=timezone.localtime(approval.at).date(),
        application=settings.VERSION,
        catalogue=catalogue,
        figures=Figures(figures),
        names=names(),
        series=series,
        by_project=by_project,
        attrition=lost,
        completeness=completeness(specification, projects) if staff else (),
        baselines=baselines(specification, projects) if staff else (),
        narratives=narratives(specification, projects) if staff else (),
        projects=projects,
        unapproved=[code for code in projects if code not in approved],
        published=published(),
        held=held(at_round),
        unit_names=unit_names(specification.language),
        currency=local_currency(observed) if specification.currency == "local" else "US$",
        demo=Project.objects.filter(code__in=projects, origin=Origin.DEMO).exists(),
    )


def in_scope(specification: Specification):
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


def over_rounds(specification: Specification, code: str, catalogue: Catalogue) -> Specification:
    """The same question about an earlier round, totals only; annual indicators only where their
    year ended.
    """
    second = code.endswith("S2")
    chosen = tuple(
        indicator
        for indicator in specification.indicators
        if drawn_over_rounds(catalogue.indicators[indicator])
        and (second or catalogue.frequency(catalogue.indicators[indicator]) == "semester")
    )
    return replace(specification, round=code, group_by=(), indicators=chosen)


def drawn_over_rounds(indicator: Indicator) -> bool:
    """Whether some section or the portfolio draws it as a line over the rounds."""
    return ChartKind.LINE in indicator.drawn_as or Place.TRENDS in indicator.places


def by_project_question(specification: Specification, catalogue: Catalogue) -> Specification:
    shown = {indicator.code for indicator in projects_section.side_by_side(catalogue)}
    chosen = tuple(code for code in specification.indicators if code in shown)
    return replace(specification, group_by=("project",), indicators=chosen)


def names() -> Names:
    return Names(
        dict(Project.objects.values_list("code", "name")),
        dict(Network.objects.values_list("code", "name")),
    )


def unit_names(language: str) -> dict[str, str]:
    return dict(Unit.objects.values_list("code", language))


def completeness(specification: Specification, projects: list[str]) -> list[Completeness]:
    """Cells of the report's round by project: with a value, or why not."""
    cells = Measurement.objects.as_of(specification.as_of).filter(
        kind=Kind.REGULAR, round=specification.round, project__in=projects
    )
    rows = (
        cells.exclude(missing=Missing.NOT_APPLICABLE)
        .values("project_id")
        .annotate(
            filled=Count("id", filter=Q(value__isnull=False)),
            refused=Count("id", filter=Q(missing=Missing.REFUSED)),
            not_collected=Count("id", filter=Q(missing=Missing.NOT_COLLECTED)),
            blank=Count("id", filter=Q(missing=Missing.NO_DATA)),
            approval=Max("approved_in"),
        )
    )
    return [
        Completeness(
            row["project_id"],
            specification.round,
            row["filled"],
            row["refused"],
            row["not_collected"],
            row["blank"],
            row["approval"],
        )
        for row in rows.order_by("project_id")
    ]


def baselines(specification: Specification, projects: list[str]) -> list[Baselines]:
    """Baselines of firms by project, and how many were captured more than six months after joining."""
    rows = Observation.objects.as_of(specification.as_of).filter(
        kind=Kind.BASELINE, level=Level.FIRM, project__in=projects
    )
    counted = rows.values("project_id").annotate(
        observed=Count("id"), rebuilt=Count("id", filter=Q(reconstructed=True))
    )
    return [
        Baselines(row["project_id"], row["observed"], row["rebuilt"])
        for row in counted.order_by("project_id")
    ]


def narratives(specification: Specification, projects: list[str]) -> list[NarrativeText]:
    """Texts of the report's round as of N, by project and in the order of the four questions."""
    rows = Narrative.objects.filter(
        Q(superseded_in__isnull=True) | Q(superseded_in__gt=specification.as_of),
        approved_in__lte=specification.as_of,
        round=specification.round,
        project__in=projects,
    ).exclude(text="")
    order = {"change": 0, "for_whom": 1, "example": 2, "evidence": 3}
    texts = [
        NarrativeText(row.project_id, row.round_id, row.theme, row.text, row.language)
        for row in rows.order_by("project_id", "id")
    ]
    return sorted(texts, key=lambda text: (text.project, order.get(text.theme, 9)))


def held(at_round) -> dict[str, int]:
    """What the round's observations hold: active firms and networks, projects, countries."""
    active = at_round.filter(membership=MembershipState.ACTIVE)

    def distinct(rows, field: str) -> int:
        return rows.order_by().values(field).distinct().count()

    return {
        "projects": distinct(at_round, "project_id"),
        "networks": distinct(active.filter(level=Level.NETWORK), "subject"),
        "countries": distinct(at_round.exclude(country__in=["regional", ""]), "country"),
        "firms": distinct(active.filter(level=Level.FIRM), "subject"),
    }


def published() -> dict[str, str]:
    """Totals of the programme's own presentation."""
    path = settings.BASE_DIR / "pip_network" / "data" / "network.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        totals = {
            row["key"]: row["value"] for row in csv.DictReader(lines) if row["kind"] == "total"
        }
    keys = {
        "projects": "projects_approved",
        "networks": "networks_or_clusters",
        "countries": "countries",
        "millions": "amount_usd_millions",
    }
    return {name: totals[key] for name, key in keys.items() if key in totals}


def local_currency(observed) -> str:
    codes = sorted(
        observed.exclude(currency="").order_by().values_list("currency", flat=True).distinct()
    )
    return codes[0] if len(codes) == 1 else "US$"
