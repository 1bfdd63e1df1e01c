"""The invented administration publishes each semester once all of it that will be approved is; with
the last one it publishes the results of the three projects that have the most firms in it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from django.db.models import Count

from monitoring.choices import Kind, Level
from monitoring.models import Observation, Publication, RecordHead, Round
from monitoring.publication.actions import publish_round
from monitoring.publication.results import publish_results
from pip_network.models import User
from projects.models import Project

from . import texts
from .periods import days
from .registry import Step
from .schedule import Delivery

AFTER = days(21)  # the last approval of the round
AFTER_THE_ROUND = days(7)
PROJECTS = 3


def publication_steps(
    planned: Iterable[Delivery], rounds: dict[str, Round], by: User
) -> Iterator[Step]:
    approved: dict[str, list[dt.datetime]] = defaultdict(list)
    for delivery in planned:
        if delivery.approved is not None:
            approved[delivery.code].append(delivery.approved)
    for code, moments in approved.items():
        yield Step(max(moments) + AFTER, partial(_publish, rounds[code], by))
    if approved:
        last = max(approved)
        at = max(approved[last]) + AFTER + AFTER_THE_ROUND
        yield Step(at, partial(_publish_projects, rounds[last], by))


def _publish(round: Round, by: User, at: dt.datetime) -> None:
    number = RecordHead.objects.get().number
    reason = texts.PUBLICATION_REASON.format(round=round.code)
    publish_round(round=round, as_of=number, reason=reason, by=by, at=at)


def _publish_projects(round: Round, by: User, at: dt.datetime) -> None:
    publication = Publication.objects.in_force().get(round=round)
    reason = texts.RESULTS_REASON.format(round=round.code)
    publish_results(
        publication=publication, projects=_largest(publication), reason=reason, by=by, at=at
    )


def _largest(publication: Publication) -> list[Project]:
    observed = Observation.objects.as_of(publication.as_of_id).filter(
        kind=Kind.REGULAR, level=Level.FIRM, round=publication.round_id
    )
    counted = observed.order_by().values("project").annotate(firms=Count("id"))
    codes = [row["project"] for row in counted.order_by("-firms", "project")[:PROJECTS]]
    return list(Project.objects.filter(pk__in=codes))
