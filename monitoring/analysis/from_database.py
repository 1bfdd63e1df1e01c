"""The record read from the database: one query per call, only the columns needed, streamed."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Case, F, Min, Q, Value, When

from monitoring import models
from monitoring.choices import Level
from projects.choices import Typology
from projects.models import Country, Network, Project

from .approved_rounds import ApprovedRounds
from .catalogue import Catalogue
from .catalogue_rows import Indicator, Variable
from .money import Rate
from .periods import first_day, last_day
from .sources import BASELINE, NetworkRow, Observation, Target
from .universe import Place, Published, Universe

CHUNK = 5000


class DatabaseSource:
    """The record as of approval `as_of`; `project`: of that project alone."""

    def __init__(self, as_of: int, using: str | None = None, project: str = "") -> None:
        self.as_of = as_of
        self.using = using
        self.project = project

    def observations(self) -> Iterator[Observation]:
        networks = self._networks()
        rows = (
            self._live(models.Observation)
            .order_by("id")
            .values_list(
                "id",
                "project_id",
                "level",
                "subject",
                "round_id",
                "kind",
                "membership",
                "country",
                "sector",
                "size",
                "owner_sex",
                "currency",
                "constituted_on",
                "joined_on",
                "reconstructed",
                "approved_in_id",
            )
        )
        for number, *fields, approved_in in rows.iterator(CHUNK):
            yield Observation._make((*fields, networks.get(number, ()), approved_in))

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        asked = self._live(models.Measurement).filter(variable_code__in=sorted(variables))
        if rounds is not None:
            asked = asked.filter(Q(kind=BASELINE) | Q(round__in=sorted(rounds)))
        return (
            asked.order_by()
            .values_list(
                "project_id",
                "subject",
                "kind",
                "round_id",
                "variable_code",
                "value",
                "missing",
                "period",
                "currency",
                "catalogue_id",
                "approved_in_id",
            )
            .iterator(CHUNK)
        )

    def rates(self) -> Iterator[Rate]:
        rows = self._live(models.Rate).order_by("currency", "period")
        return (
            Rate(*row)
            for row in rows.values_list("currency", "period", "usd_rate", "cpi", "approved_in_id")
        )

    def targets(self) -> Iterator[Target]:
        rows = self._live(models.Target).order_by("id")
        return (
            Target(*row)
            for row in rows.values_list(
                "project_id", "indicator", "round", "value", "approved_in_id"
            )
        )

    def _networks(self) -> dict[int, tuple[NetworkRow, ...]]:
        """Rows of each observation in order of position; equal tuples are kept once (most rounds
        repeat them).
        """
        rows = models.ObservationNetwork.objects.using(self.using).order_by(
            "observation_id", "position"
        )
        if self.project:
            rows = rows.filter(observation__project=self.project)
        by_observation: dict[int, tuple[NetworkRow, ...]] = defaultdict(tuple)
        interned: dict[tuple[NetworkRow, ...], tuple[NetworkRow, ...]] = {}
        for number, *fields in rows.values_list(
            "observation_id", "network_id", "typology", "constituted_on", "joined_on", "position"
        ).iterator(CHUNK):
            together = (*by_observation[number], NetworkRow._make(fields))
            by_observation[number] = interned.setdefault(together, together)
        return by_observation

    def _live(self, model):
        rows = model.objects.using(self.using).as_of(self.as_of)
        return rows.filter(project=self.project) if self._is_narrow(model) else rows

    def _is_narrow(self, model) -> bool:
        return bool(self.project) and model is not models.Rate


def catalogue_from_database(version: int, using: str | None = None) -> Catalogue:
    """The published catalogue of a version, in the same shape as one read from its files."""
    variables = (
        models.Variable.objects.using(using).filter(catalogue_id=version).order_by("position")
    )
    indicators = (
        models.Indicator.objects.using(using).filter(catalogue_id=version).order_by("position")
    )
    return Catalogue.of(
        (Variable.from_row(variable_row(row)) for row in variables),
        (Indicator.from_row(indicator_row(row)) for row in indicators),
        version,
    )


def universe_from_database(using: str | None = None) -> Universe:
    """What a specification may name today: codes of the registry, places of the record, approved
    rounds, the head.
    """
    head = models.RecordHead.objects.using(using).first()
    approved = approved_rounds_from_database(using)
    return Universe(
        places=_places(using),
        rounds={code: min(first.values()) for code, first in approved.first_approval.items()},
        head=head.number if head else 0,
        codes={
            "projects": set(
                Project.objects.using(using).of_programme().values_list("code", flat=True)
            ),
            "countries": {*Country.objects.using(using).values_list("pk", flat=True), "regional"},
            "typologies": set(Typology.values),
            "networks": set(
                Network.objects.using(using).of_programme().values_list("code", flat=True)
            ),
        },
        approved_rounds=approved,
        published=_published(using),
    )


def _published(using: str | None) -> dict[str, Published]:
    """What the public sees: two queries."""
    projects: dict[int, set[str]] = defaultdict(set)
    results = models.ProjectPublication.objects.using(using).in_force()
    for number, project in results.values_list("publication_id", "project_id"):
        projects[number].add(project)
    rounds = models.Publication.objects.using(using).in_force()
    return {
        code: Published(as_of, frozenset(projects[number]))
        for number, code, as_of in rounds.values_list("pk", "round_id", "as_of_id")
    }


def approved_rounds_from_database(using: str | None = None) -> ApprovedRounds:
    """How far each round with an approval is: two queries. A round asks the projects in whose
    calendar it is.
    """
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for code, project, number in (
        models.Approval.objects.using(using)
        .filter(kind="submission")
        .order_by("submission__round_id", "submission__project_id")
        .values_list("submission__round_id", "submission__project_id")
        .annotate(first=Min("number"))
    ):
        first[code][project] = number
    projects = list(
        Project.objects.using(using)
        .current()
        .of_programme()
        .values_list("code", "starts_on", "ends_on")
    )
    asked = {
        code: frozenset(
            project
            for project, begins, ends in projects
            if begins <= last_day(code) and first_day(code) <= ends
        )
        for code in first
    }
    return ApprovedRounds(asked, dict(first))


def _places(using: str | None) -> frozenset[Place]:
    """Amounts of a project are in US$ by their unit: its own observation gives no currency to the
    places.
    """
    live = models.Observation.objects.using(using).live().order_by()
    own = Case(When(level=Level.PROJECT, then=Value("")), default=F("currency"))
    rows = live.values_list(
        "project_id", "country", "networks__typology", "networks__network_id", own
    )
    return frozenset(Place(*(field or "" for field in row)) for row in rows.distinct())


def variable_row(row: models.Variable) -> dict[str, str]:
    """A variable in the columns of variables.csv that the engine reads."""
    return {
        "code": row.code,
        "level": row.level,
        "unit": row.unit_id,
        "frequency": row.frequency,
        "stock_or_flow": row.stock_or_flow,
        "asked_at_baseline": "1" if row.asked_at_baseline else "0",
        "applies_to": row.applies_to,
        "theme": row.theme,
        "value_type": row.value_type,
        "decimals": str(row.decimals),
        "core": "1" if row.core else "0",
        **_names_and_definition(row),
    }


def indicator_row(row: models.Indicator) -> dict[str, str]:
    """An indicator in the columns of indicators.csv."""
    same = (
        "code",
        "level",
        "rule",
        "numerator",
        "denominator",
        "factor",
        "threshold",
        "min_k",
        "confidential",
        "not_summed_over",
        "applies_to",
        "featured",
        "theme",
        "direction",
        "prices",
        "shown_in",
        "drawn_as",
        "alert",
        "sentence_es",
        "sentence_en",
        "sentence_pt",
    )
    orders = ("featured_order", "attrition_order", "leading_order")
    return {
        **{name: getattr(row, name) for name in same},
        **{name: "" if getattr(row, name) is None else str(getattr(row, name)) for name in orders},
        "unit": row.unit_id,
        "class": row.classification,
        "core": "1" if row.core else "0",
        "estimate": "1" if row.estimate else "0",
        **_names_and_definition(row),
    }


def _names_and_definition(row: models.Variable | models.Indicator) -> dict[str, str]:
    return {name: getattr(row, name) for name in ("name_es", "name_en", "name_pt", "definition_es")}
