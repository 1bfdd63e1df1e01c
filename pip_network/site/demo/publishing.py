"""The invented administration publishes each semester once all of it that will be approved is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from monitoring.models import RecordHead, Round
from monitoring.publication.actions import publish_round
from pip_network.models import User

from . import texts
from .periods import days
from .registry import Step
from .schedule import Delivery

AFTER = days(21)  # the last approval of the round


def publication_steps(
    planned: Iterable[Delivery], rounds: dict[str, Round], by: User
) -> Iterator[Step]:
    approved: dict[str, list[dt.datetime]] = defaultdict(list)
    for delivery in planned:
        if delivery.approved is not None:
            approved[delivery.code].append(delivery.approved)
    for code, moments in approved.items():
        yield Step(max(moments) + AFTER, partial(_publish, rounds[code], by))


def _publish(round: Round, by: User, at: dt.datetime) -> None:
    number = RecordHead.objects.get().number
    reason = texts.PUBLICATION_REASON.format(round=round.code)
    publish_round(round=round, as_of=number, reason=reason, by=by, at=at)
