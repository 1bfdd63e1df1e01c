"""What the public would see of a round, in every table that it may have: worked out by a job before
it is published, so that the administration sees which groups are hidden, and why.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.analysis import Figure, compute
from monitoring.analysis.figures import canonical
from monitoring.analysis.parsing import PROJECT, PUBLIC_GROUPINGS
from monitoring.models import PublicTables, RecordHead, Round
from monitoring.reports import names, text
from monitoring.reports.record import CachedSource, catalogue_of
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.people.access import Permission, require
from pip_network.web.locks import for_update

from . import figures
from .figures import Totals

KIND = "monitoring.public_tables"
TABLES = ("", *PUBLIC_GROUPINGS, PROJECT)
PANEL = "panel"  # the comparison of a figure that is shown
Row = list[str]  # grouping, group, indicator, what, reason


def request_tables(*, round: Round, as_of: int, by: User, at: dt.datetime) -> PublicTables:
    """Ask for what the public would see; what is there or being worked out is not asked for again.
    What other versions of the portal worked out is of no use any more.

    Raises Forbidden for who may not publish.
    """
    require(by, Permission.PUBLISH_ROUNDS)
    with transaction.atomic():
        for_update(RecordHead.objects.all()).get(pk=1)  # who clicks twice asks once
        PublicTables.objects.exclude(version=settings.VERSION).delete()
        kept = of(round.code, as_of)
        if kept is not None and kept.job.status not in (JobStatus.FAILED, JobStatus.CANCELLED):
            return kept
        job = jobs.enqueue(kind=KIND, arguments={}, requested_by=by, at=at)
        row, _made = PublicTables.objects.update_or_create(
            round=round, as_of_id=as_of, version=settings.VERSION, defaults={"job": job}
        )
    return row


def of(round_code: str, as_of: int) -> PublicTables | None:
    """What this version of the portal worked out, or is working out."""
    rows = PublicTables.objects.select_related("job")
    return rows.filter(round=round_code, as_of=as_of, version=settings.VERSION).first()


def of_projects(round_code: str, as_of: int, projects: Collection[str]) -> dict[str, Totals]:
    """The figures of some projects: as they were worked out, or computed now."""
    kept = of(round_code, as_of)
    if kept is None or kept.finished_at is None or not kept.projects.keys() >= set(projects):
        return figures.of_projects(round_code, as_of, projects)
    catalogue = catalogue_of(as_of)
    asked = figures.question(catalogue, round_code, as_of, PROJECT, projects)
    mains = [Figure.from_dict(row) for code in projects for row in kept.projects[code]]
    return {code: figures.of_project(asked, code, mains, catalogue) for code in projects}


@dataclass
class Found:
    """What a job worked out."""

    catalogue: int
    hidden: list[Row] = field(default_factory=list)
    projects: dict[str, list[dict]] = field(default_factory=dict)


def work(job: Job, progress: jobs.Progress) -> Callable[[], None]:
    """The job: computes table by table, keeps all at once when the job is marked done."""
    row = PublicTables.objects.get(job=job)
    found = work_out(row.round_id, row.as_of_id, progress)

    def finish() -> None:
        PublicTables.objects.filter(pk=row.pk).update(
            finished_at=timezone.now(),
            catalogue=found.catalogue,
            hidden=found.hidden,
            projects=found.projects,
        )

    return finish


def work_out(round_code: str, as_of: int, progress: jobs.Progress) -> Found:
    """Every table of a round as of an approval."""
    catalogue, source = catalogue_of(as_of), CachedSource(as_of)
    projects = figures.approved_projects(round_code, as_of)
    found = Found(catalogue.version)
    total = len(TABLES) * len(catalogue.indicators)
    for place, grouping in enumerate(TABLES):
        asked = figures.question(catalogue, round_code, as_of, grouping, projects)
        said = names.grouping(grouping) if grouping else _("Whole programme")

        def step(done: int, of: int, code: str, before: int = place, table: str = said) -> None:
            progress(done=before * of + done, total=total, step=f"{table}, {code}")

        computed = compute(asked, source, catalogue, intervals=grouping == PROJECT, progress=step)
        found.hidden += hidden(grouping, computed)
        if grouping == PROJECT:
            for figure in computed:
                if figure.measure == "main":
                    own = found.projects.setdefault(figure.group[PROJECT], [])
                    own.append(figure.as_dict())
    return found


def hidden(grouping: str, computed: Iterable[Figure]) -> Iterator[Row]:
    """What is hidden of a table: the whole figure, or its comparison or another measure alone."""
    whole: set[tuple[str, str]] = set()
    for figure in computed:
        place = (figure.indicator, canonical(figure.group))
        if figure.measure == "main" and figure.suppressed:
            whole.add(place)
        block = figure.panel
        if figure.suppressed and (figure.measure == "main" or place not in whole):
            what, reason = figure.measure, figure.reason
        elif block is not None and block.reason in text.PROTECTING:
            what, reason = PANEL, block.reason
        else:
            continue
        yield [grouping, figure.group.get(grouping, ""), figure.indicator, what, reason or ""]


__all__ = ["KIND", "hidden", "of", "of_projects", "request_tables", "work"]
