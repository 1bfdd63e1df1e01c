"""Which exchange rates and price indices the figures need, and which of them nobody has approved."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from monitoring.analysis.catalogue_rows import MONEY
from monitoring.analysis.periods import last_closed_year
from monitoring.calendar.rounds import (
    asks,
    codes_of,
    milestone_rounds,
    period_of,
    semester_before,
    semester_of,
)
from monitoring.choices import CatalogueStatus, Frequency, Level
from monitoring.models import CatalogueVersion, Rate, Round, Variable
from projects.models import Country, Membership, Network, Project


class Pair(NamedTuple):
    """A rate is of one currency and one period: `2005` or `2005-S2`."""

    currency: str
    period: str


def missing(day: dt.date) -> list[Pair]:
    """What figures of rounds ended before `day` need and nobody has approved, in order of period."""
    approved = {Pair(*row) for row in Rate.objects.live().values_list("currency", "period")}
    return sorted(needed(day) - approved, key=lambda pair: (pair.period, pair.currency))


def needed(day: dt.date) -> set[Pair]:
    """What amounts in local currency are converted with (docs/rules.md, Money), the US dollar's own
    index included.

    For each project of the programme, in the currencies of its countries: the periods that its
    ended rounds ask amounts for, and the year whose prices those rounds are told in; for each unit,
    the period of its baseline.
    """
    money = list(_money())
    ended = {row.code: row for row in Round.objects.filter(ends_on__lt=day)}
    pairs: set[Pair] = set()
    begun = []
    for project in Project.objects.current().of_programme().prefetch_related("countries"):
        rounds = [ended[code] for code in codes_of(project) if code in ended]
        if rounds:
            begun.append(project.pk)
            milestones = milestone_rounds(project)
            periods = {
                period for row in rounds for period in _periods(money, row, row.code in milestones)
            }
            pairs |= {
                Pair(country.currency, period)
                for country in project.countries.all()
                for period in periods
            }
    return pairs | set(_of_baselines(money, begun, day))


def _money() -> QuerySet[Variable]:
    """The variables in local currency of the newest published catalogue."""
    newest = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED).order_by("-number")[
        :1
    ]
    return Variable.objects.filter(catalogue__in=newest.values("pk"), unit=MONEY)


def _periods(money: Iterable[Variable], round: Round, is_milestone: bool) -> Iterator[str]:
    """Of the amounts that a round asks, and the year whose prices reports of it speak in."""
    yield last_closed_year(round.code)
    for variable in money:
        if asks(variable, round, is_milestone):
            yield period_of(variable, round.code)


def _of_baselines(money: Iterable[Variable], projects: list[str], day: dt.date) -> Iterator[Pair]:
    """The last closed year or semester before each unit began."""
    frequencies: dict[str, set[str]] = {}
    for variable in money:
        if variable.asked_at_baseline and variable.frequency != Frequency.MILESTONE:
            frequencies.setdefault(variable.level, set()).add(variable.frequency)
    for level, rows in (
        (Level.FIRM, _joinings(projects, day)),
        (Level.NETWORK, _constitutions(projects, day)),
    ):
        for currency, year, month in rows:
            began = dt.date(year, month, 1)
            if Frequency.ANNUAL in frequencies.get(level, ()):
                yield Pair(currency, str(year - 1))
            if Frequency.SEMESTER in frequencies.get(level, ()):
                yield Pair(currency, semester_before(semester_of(began)))


def _joinings(projects: list[str], day: dt.date):
    """Currency, year and month of the firms' first joining of each project: each month once,
    however many firms.
    """
    earlier = Membership.objects.current().filter(
        firm=OuterRef("firm"),
        network__project=OuterRef("network__project"),
        joined_on__lt=OuterRef("joined_on"),
    )
    first = Membership.objects.current().filter(
        ~Exists(earlier),
        network__project__in=projects,
        joined_on__lte=day,
    )
    return (
        first.order_by()
        .values_list("firm__country__currency", "joined_on__year", "joined_on__month")
        .distinct()
    )


def _constitutions(projects: list[str], day: dt.date):
    rows = Network.objects.current().filter(project__in=projects, constituted_on__lte=day)
    return (
        rows.order_by()
        .values_list("country__currency", "constituted_on__year", "constituted_on__month")
        .distinct()
    )


def currencies() -> set[str]:
    """Those of the registry's countries, and the US dollar."""
    return set(Country.objects.values_list("currency", flat=True)) | {"USD"}
