"""What is known or corrected after the fact in the invented world: rates, one of them twice; two
amendments.
"""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from monitoring.choices import Kind, Level, Status
from monitoring.models import Entry, Submission
from monitoring.rates import actions
from monitoring.rates.actions import RateRow
from monitoring.sheet.cells import CellKey
from monitoring.submission import amendments, entries, review
from monitoring.submission.cell_changes import CellChange
from pip_network.models import User

from . import texts
from .delivering import Player
from .geography import CURRENCIES, Economies
from .periods import days, moment
from .registry import Step
from .schedule import Delivery, Ending
from .world import World

CORRECTED_CURRENCY = "UYU"
CORRECTED_BY = Decimal("1.035")
AMENDED = {3: 1, 8: 2}  # project number -> which of its approved S2 rounds, counted from the first


def rate_steps(world: World, economies: Economies, by: User) -> Iterator[Step]:
    """Rates known at the start, then those of each semester once it is over (and of the year after
    its second).
    """
    first = world.rounds[0]
    earlier = [period for period in economies.periods() if _ends(period) < first.starts]
    yield Step(moment(first.starts, 5), partial(_approve, economies, earlier, by))
    for half in world.rounds[:-1]:
        periods = [half.code] if half.half == 1 else [half.code, str(half.year)]
        yield Step(moment(half.ends + days(1), 5), partial(_approve, economies, periods, by))
    if len(world.rounds) > 4:
        last_annual = next(half for half in reversed(world.rounds[:-2]) if half.half == 2)
        yield Step(
            moment(last_annual.ends + days(135), 15),
            partial(_correct, economies, str(last_annual.year), by),
        )


def _ends(period: str) -> dt.date:
    return (
        dt.date(int(period[:4]), 6, 30)
        if period.endswith("-S1")
        else dt.date(int(period[:4]), 12, 31)
    )


def _row(economies: Economies, currency: str, period: str) -> RateRow:
    usd_rate, cpi = (
        Decimal(repr(value))
        for value in (economies.rate(currency, period), economies.cpi(currency, period))
    )
    return RateRow(currency, period, usd_rate, cpi, texts.RATES_SOURCE)


def all_rates(economies: Economies) -> list[RateRow]:
    """Every rate of the world at once."""
    return [
        _row(economies, currency, period)
        for currency in CURRENCIES
        for period in economies.periods()
    ]


def _approve(economies: Economies, periods: list[str], by: User, at: dt.datetime) -> None:
    rows = [_row(economies, currency, period) for currency in CURRENCIES for period in periods]
    actions.approve_rates(
        rows, texts.RATES_REASON.format(period=", ".join(periods[-2:])), by=by, at=at
    )


def _correct(economies: Economies, period: str, by: User, at: dt.datetime) -> None:
    row = _row(economies, CORRECTED_CURRENCY, period)
    row = row._replace(usd_rate=(row.usd_rate * CORRECTED_BY).quantize(Decimal("0.0001")))
    reason = texts.CORRECTION_REASON.format(period=period, currency=CORRECTED_CURRENCY)
    actions.approve_rates([row], reason, by=by, at=at)


def amendment_steps(player: Player, deliveries: list[Delivery]) -> Iterator[Step]:
    """Two projects amend the sales of an approved S2 round, some five months after its approval."""
    for number, which in AMENDED.items():
        approved = [
            delivery
            for delivery in deliveries
            if delivery.project.number == number
            and delivery.half.half == 2
            and delivery.ending == Ending.APPROVED
        ]
        if len(approved) < which or approved[which - 1].is_open_round:
            continue
        delivery = approved[which - 1]
        amended = moment(delivery.half.ends + days(150), 200 + number)
        yield Step(amended, partial(_amend, player, delivery))
        yield Step(amended + days(3), partial(player.submit, delivery))
        yield Step(amended + days(6), partial(player.approve, delivery))


def _amend(player: Player, delivery: Delivery, at: dt.datetime) -> None:
    number = player.submissions[delivery.key]
    by = player.cast.people.directors[delivery.project.code]
    amendments.amend(number, texts.AMENDMENT_REASON, by=by, at=at)
    sales = Entry.objects.filter(
        submission=number, kind=Kind.REGULAR, variable__code="sales", value__gt=0
    )
    rng = random.Random(f"{player.answers.world.seed}:amend:{delivery.seed}")
    chosen = rng.sample(list(sales.order_by("subject").values_list("subject", "value")), 4)
    changes = [
        CellChange(
            CellKey(subject, Kind.REGULAR.value, "sales"),
            (value * Decimal("1.06")).quantize(Decimal(1)),
        )
        for subject, value in chosen
        if value is not None
    ]
    entries.save_cells(number, changes, by=by, at=at + dt.timedelta(minutes=30))


def unfinished_steps(player: Player, deliveries: list[Delivery], own: str) -> Iterator[Step]:
    """The draft of the demonstration's own director has what a draft has: two errors, a warning, a
    remark.
    """
    for delivery in deliveries:
        if delivery.is_open_round and delivery.project.code == own and delivery.filled is not None:
            yield Step(delivery.filled + days(2), partial(_leave_unfinished, player, delivery))


def _leave_unfinished(player: Player, delivery: Delivery, at: dt.datetime) -> None:
    people, network = player.cast.people, delivery.project.networks[0]
    number = player.submissions[delivery.key]
    assert Submission.objects.get(pk=number).status == Status.DRAFT  # noqa: S101 -- the schedule says so
    by = people.coordinators.get(network.code) or people.directors[delivery.project.code]
    firm = next(firm for firm in network.members(delivery.half.starts) if firm.closed_on is None)
    subject, purchases = f"{Level.NETWORK[0].upper()}:{network.code}", Decimal(50_000)
    cells = {
        (f"F:{firm.code}", "service_hours"): Decimal(620),  # above the greatest value: an error
        (subject, "invitations"): Decimal(48),
        (subject, "attendances"): Decimal(84),  # more than were invited: an error
        (subject, "joint_purchases"): purchases,
        (subject, "paid_cost"): purchases * 11 / 10,  # more than was bought: a warning
    }
    changes = [
        CellChange(CellKey(unit, Kind.REGULAR.value, code), value)
        for (unit, code), value in cells.items()
    ]
    entries.save_cells(number, changes, by=by, at=at)
    reviewer = people.reviewers[delivery.project.code]
    key = CellKey(subject, Kind.REGULAR.value, "joint_purchases")
    remark = review.remark(number, texts.EARLY_REMARK, key=key, by=reviewer, at=at + days(1))
    review.answer(remark.pk, texts.EARLY_ANSWER, by=by, at=at + days(2))
