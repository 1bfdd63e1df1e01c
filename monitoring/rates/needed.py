"""Which exchange rates and price indices the figures need, and which of them nobody has approved."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from monitoring.analysis.catalogue_rows import MONEY
from monitoring.analysis.periods import first_day, last_closed_year
from monitoring.calendar.rounds import asks, codes_of, milestone_rounds, period_of
from monitoring.choices import ApprovalKind, CatalogueStatus, Frequency, Kind, Level
from monitoring.models import (
    Approval,
    CatalogueVersion,
    Measurement,
    Observation,
    Rate,
    Round,
    Variable,
)
from projects import semesters
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

    What measurements hold needs the rate of its own currency and period, and that of the years
    whose prices later rounds of its project are told in. Of ended rounds that are not approved
    yet, for each project of the programme in the currencies that its countries have in those
    periods: the periods that they ask amounts for, and the same years; for each unit that the
    record does not know, the period of its baseline.
    """
    money = list(_money())
    held, approved = _held(), _approved_rounds()
    ended = {row.code: row for row in Round.objects.filter(ends_on__lt=day)}
    pairs = {Pair(currency, period) for rows in held.values() for _, currency, period in rows}
    rounds_of = {project: set(codes) for project, codes in approved.items()}
    begun = []
    for project in Project.objects.current().of_programme().prefetch_related("countries"):
        rounds = [ended[code] for code in codes_of(project) if code in ended]
        if rounds:
            begun.append(project.pk)
            rounds_of.setdefault(project.pk, set()).update(row.code for row in rounds)
            open_rounds = [row for row in rounds if row.code not in approved.get(project.pk, ())]
            pairs |= set(_of_open_rounds(money, project, open_rounds))
    pairs |= set(_of_prices(held, rounds_of))
    return pairs | set(_of_baselines(money, begun, day))


Held = dict[str, set[tuple[str, str, str]]]  # by project: round, currency and period


def _held() -> Held:
    """The amounts of the record."""
    amounts = Measurement.objects.live().filter(
        variable_code__in=Variable.objects.filter(unit=MONEY).values("code"), value__isnull=False
    )
    held: Held = {}
    for project, *row in (
        amounts.exclude(currency="")
        .order_by()
        .values_list("project_id", "round_id", "currency", "period")
        .distinct()
    ):
        held.setdefault(project, set()).add(tuple(row))
    return held


def _approved_rounds() -> dict[str, set[str]]:
    rounds: dict[str, set[str]] = {}
    for project, code in (
        Approval.objects.filter(kind=ApprovalKind.SUBMISSION)
        .order_by()
        .values_list("submission__project_id", "submission__round_id")
        .distinct()
    ):
        rounds.setdefault(project, set()).add(code)
    return rounds


def _of_prices(held: Held, rounds_of: Mapping[str, set[str]]) -> Iterator[Pair]:
    """The years whose prices amounts are told in, in their own currency: those of the round that
    brought them and of all later ones.
    """
    for project, rows in held.items():
        for currency in {currency for _round, currency, _period in rows}:
            first = min(code for code, held_in, _period in rows if held_in == currency)
            for code in rounds_of.get(project, ()):
                if code >= first:
                    yield Pair(currency, last_closed_year(code))


def _of_open_rounds(
    money: Iterable[Variable], project: Project, rounds: Iterable[Round]
) -> Iterator[Pair]:
    """What rounds that are not approved yet will need, in the currencies of their periods."""
    milestones, countries = milestone_rounds(project), list(project.countries.all())
    for row in rounds:
        periods = {
            period_of(variable, row.code)
            for variable in money
            if asks(variable, row, row.code in milestones)
        }
        for country in countries:
            for period in periods:
                currency = country.currency_on(first_day(period))
                yield Pair(currency, period)
                yield Pair(currency, last_closed_year(row.code))


def _money() -> QuerySet[Variable]:
    """The variables in local currency of the newest published catalogue."""
    newest = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED).order_by("-number")[
        :1
    ]
    return Variable.objects.filter(catalogue__in=newest.values("pk"), unit=MONEY)


def _of_baselines(money: Iterable[Variable], projects: list[str], day: dt.date) -> Iterator[Pair]:
    """The last closed year or semester before each unit began whose baseline is not approved."""
    countries = Country.objects.in_bulk()
    frequencies: dict[str, set[str]] = {}
    for variable in money:
        if variable.asked_at_baseline and variable.frequency != Frequency.MILESTONE:
            frequencies.setdefault(variable.level, set()).add(variable.frequency)
    for level, rows in (
        (Level.FIRM, _joinings(projects, day)),
        (Level.NETWORK, _constitutions(projects, day)),
    ):
        for iso2, year, month in rows:
            began, periods = dt.date(year, month, 1), []
            if Frequency.ANNUAL in frequencies.get(level, ()):
                periods.append(str(year - 1))
            if Frequency.SEMESTER in frequencies.get(level, ()):
                periods.append(semesters.before(semesters.of(began)))
            for period in periods:
                yield Pair(countries[iso2].currency_on(first_day(period)), period)


def _joinings(projects: list[str], day: dt.date):
    """Country, year and month of the firms' first joining of each project: each month once,
    however many firms.
    """
    earlier = Membership.objects.current().filter(
        firm=OuterRef("firm"),
        network__project=OuterRef("network__project"),
        joined_on__lt=OuterRef("joined_on"),
    )
    observed = _baselines().filter(project=OuterRef("network__project"), firm=OuterRef("firm"))
    first = Membership.objects.current().filter(
        ~Exists(earlier),
        ~Exists(observed),
        network__project__in=projects,
        joined_on__lte=day,
    )
    return (
        first.order_by()
        .values_list("firm__country_id", "joined_on__year", "joined_on__month")
        .distinct()
    )


def _constitutions(projects: list[str], day: dt.date):
    observed = _baselines().filter(project=OuterRef("project"), network=OuterRef("pk"))
    rows = Network.objects.current().filter(
        ~Exists(observed), project__in=projects, constituted_on__lte=day
    )
    return (
        rows.order_by()
        .values_list("country_id", "constituted_on__year", "constituted_on__month")
        .distinct()
    )


def _baselines() -> QuerySet[Observation]:
    return Observation.objects.live().filter(kind=Kind.BASELINE)


def currencies() -> set[str]:
    """Those that the registry's countries have or had, those of approved amounts, and the US dollar."""
    of_countries = (country.currencies for country in Country.objects.all())
    of_amounts = Measurement.objects.live().exclude(currency="").order_by()
    return {"USD"}.union(*of_countries, of_amounts.values_list("currency", flat=True).distinct())
