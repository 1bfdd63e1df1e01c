"""Figure sets: the answers that the portfolio shows, computed once per approval by a job and kept
as data.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.analysis import Catalogue, Figure, Specification, compute, definition
from monitoring.analysis.figures import canonical
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, FigureSet, Indicator, RecordHead
from monitoring.reports import record
from monitoring.reports.figure_definitions import keep_definitions
from monitoring.reports.material import Figures
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.people.access import Permission, Process, person_of, require

from . import facts, networks
from .featured import trending

KIND = "monitoring.refresh_portfolio"
Announce = Callable[[str], None]


@dataclass
class Kept:
    """What is kept of one approval: figures by project, totals by round, public totals, and plain
    facts.
    """

    as_of: int
    round: str
    by_project: Figures
    rounds: Mapping[str, Figures] = field(default_factory=dict)
    public: Figures = field(default_factory=Figures)
    facts: Mapping[str, Any] = field(default_factory=dict)
    catalogue: int | None = None  # see `indicators`


def questions(
    as_of: int, catalogue: Catalogue, rounds: Iterable[str], chosen: str
) -> list[Specification]:
    """By project for the portfolio's round, totals for the rounds before, public totals of the same
    round.
    """
    every = tuple(sorted(catalogue.indicators))
    shown = tuple(
        code
        for code in every
        if (indicator := catalogue.indicators[code]).core
        or indicator.featured_for
        or indicator.places
    )
    by_project = Specification(
        scope={}, group_by=("project",), indicators=shown, round=chosen, as_of=as_of
    )
    public = Specification(
        scope={}, group_by=(), indicators=every, round=chosen, as_of=as_of, audience="public"
    )
    totals = [
        Specification(
            scope={},
            group_by=(),
            indicators=tuple(code for code in every if code in trends(catalogue, round_code)),
            round=round_code,
            as_of=as_of,
        )
        for round_code in sorted(rounds)
        if round_code < chosen
    ]
    return [by_project, public, *[question for question in totals if question.indicators]]


def trends(catalogue: Catalogue, round_code: str) -> set[str]:
    """Annual indicators have a point only where their year ended."""
    return {
        indicator.code
        for indicator in trending(catalogue.indicators.values())
        if round_code.endswith("S2") or catalogue.frequency(indicator) == "semester"
    }


def key_of(specification: Mapping[str, Any]) -> str:
    return hashlib.sha256((canonical(specification) + settings.VERSION).encode()).hexdigest()


def refresh(*, at: dt.datetime, step: Announce | None = None) -> Kept | None:
    """Compute and keep what the portfolio shows of the record as it stands; None while nothing is
    approved.
    """
    prepared = prepare(step)
    if prepared is None:
        return None
    keep(prepared, at=at)
    return latest()


@dataclass(frozen=True)
class Prepared:
    as_of: int
    rows: list[tuple[dict, Any]]
    definitions: dict[str, dict]


def prepare(step: Announce | None = None) -> Prepared | None:
    """All figures, computed but not kept yet."""
    say = step or (lambda _message: None)
    head = RecordHead.objects.first()
    rounds = facts.approved_rounds()
    if head is None or not head.number or not rounds:
        return None
    catalogue, source = record.catalogue_of(head.number), record.CachedSource(head.number)
    rows: list[tuple[dict, Any]] = []
    defined: dict[str, dict] = {}
    chosen = facts.round_shown(rounds)
    for specification in [
        *questions(head.number, catalogue, rounds, chosen),
        networks.question(head.number, catalogue, chosen),
    ]:
        say(_("Computing: {what}").format(what=specification.round))
        figures = [
            figure
            for figure in compute(specification, source, catalogue)
            if figure.measure == "main"
        ]
        if specification.group_by == networks.GROUPS:
            figures = networks.shown(figures, catalogue)
        defined |= {
            figure.id: definition(
                specification.question(), figure.indicator, figure.measure, figure.group
            )
            for figure in figures
        }
        rows.append((specification.question(), [figure.as_dict() for figure in figures]))
    plain = {
        "facts": "portfolio",
        "as_of": head.number,
        "round": chosen,
        "catalogue": catalogue.version,
    }
    rows.append((plain, facts.collect(head.number, chosen)))
    return Prepared(head.number, rows, defined)


def keep(prepared: Prepared, *, at: dt.datetime) -> None:
    """Keep the figures of one approval and let go of those of earlier ones, and of what another
    application computed.
    """
    with transaction.atomic():
        keep_definitions(prepared.definitions)
        FigureSet.objects.bulk_create(
            [
                FigureSet(
                    key=key_of(specification),
                    specification=specification,
                    as_of_id=prepared.as_of,
                    computed_at=at,
                    figures=figures,
                )
                for specification, figures in prepared.rows
            ],
            ignore_conflicts=True,
        )
        keys = [key_of(specification) for specification, _figures in prepared.rows]
        FigureSet.objects.filter(as_of__lte=prepared.as_of).exclude(key__in=keys).delete()


def work(job: Job, progress: jobs.Progress) -> Callable[[], None] | None:
    done = 0

    def step(message: str) -> None:
        nonlocal done
        done += 1
        progress(done=done, total=max(12, done + 1), step=message)

    prepared = prepare(step)
    return None if prepared is None else lambda: keep(prepared, at=timezone.now())


def request_refresh(*, by: User | Process, at: dt.datetime) -> Job:
    """Ask for the figures of the record as it stands; a job that still waits for its turn serves
    everyone.

    Raises Forbidden for who may not read the portfolio.
    """
    require(by, Permission.VIEW_PORTFOLIO)
    with transaction.atomic():
        waiting = (
            Job.objects.filter(kind=KIND, status=JobStatus.QUEUED)
            .order_by("requested_at", "id")
            .first()
        )
        return waiting or jobs.enqueue(kind=KIND, arguments={}, requested_by=person_of(by), at=at)


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
        if specification["audience"] == "public":
            kept.public = figures
        elif specification["group_by"] == ["project"]:
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


class PublicFigure(NamedTuple):
    figure: Figure
    catalogue: int | None


def public_figure(code: str) -> PublicFigure | None:
    """The public total of one indicator and the catalogue version it was computed with; None where
    none is kept.
    """
    kinds = newest()[1]
    for key, specification in kinds.items():
        if specification.get("audience") == "public":
            figure = Figures(
                Figure.from_dict(row) for row in FigureSet.objects.get(key=key).figures
            ).get(code)
            return PublicFigure(figure, version_in(kinds)) if figure else None
    return None


class NetworkFigures(NamedTuple):
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
