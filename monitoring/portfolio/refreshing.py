"""Computing the figures that the portfolio shows, once per approval and by a job, and keeping them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.analysis import (
    Catalogue,
    Figure,
    Source,
    Specification,
    approved_rounds_from_database,
    compute,
    definition,
)
from monitoring.models import FigureSet, RecordHead
from monitoring.reports import record
from monitoring.reports.figure_definitions import keep_definitions
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.people.access import Permission, Process, person_of, require

from . import facts, networks
from .kept_figures import Kept, latest
from .questions import key_of, questions

KIND = "monitoring.refresh_portfolio"
Announce = Callable[[str], None]


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
    """Figures of one approval that are not kept yet: (what was asked, what to keep), and what each
    figure's id stands for.
    """

    as_of: int
    rows: list[tuple[dict, Any]]
    definitions: dict[str, dict]


def prepare(step: Announce | None = None) -> Prepared | None:
    """All figures, computed but not kept yet."""
    announce = step or (lambda _message: None)
    head = RecordHead.objects.first()
    if head is None or not head.number:
        return None
    rounds = approved_rounds_from_database()
    portfolio_round = rounds.newest(head.number)
    if portfolio_round is None:
        return None
    catalogue, source = record.catalogue_of(head.number), record.CachedSource(head.number)
    rows: list[tuple[dict, Any]] = []
    defined: dict[str, dict] = {}
    for specification in [
        *questions(head.number, catalogue, rounds.first_approval, portfolio_round),
        networks.question(head.number, catalogue, portfolio_round),
    ]:
        announce(_("Computing: {what}").format(what=specification.round))
        question = specification.question()
        figures = _main_figures(specification, source, catalogue)
        defined |= {
            figure.id: definition(question, figure.indicator, figure.measure, figure.group)
            for figure in figures
        }
        rows.append((question, [figure.as_dict() for figure in figures]))
    plain = {
        "facts": "portfolio",
        "as_of": head.number,
        "round": portfolio_round,
        "catalogue": catalogue.version,
    }
    rows.append((plain, facts.collect(head.number, portfolio_round)))
    return Prepared(head.number, rows, defined)


def _main_figures(
    specification: Specification, source: Source, catalogue: Catalogue
) -> list[Figure]:
    figures = [
        figure for figure in compute(specification, source, catalogue) if figure.measure == "main"
    ]
    if specification.group_by == networks.GROUPS:
        return networks.shown(figures, catalogue)
    return figures


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
    """The job: computes at once, keeps when the job is marked done."""
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
