"""The invented world before any database: who takes part, when, and whether it adds up."""

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pip_network.site.demo import words
from pip_network.site.demo.collective import NetworkLife, ProjectLife
from pip_network.site.demo.geography import COUNTRY_CURRENCY, CURRENCIES, Economies
from pip_network.site.demo.lives import FirmLife
from pip_network.site.demo.periods import Half
from pip_network.site.demo.population import build_world
from pip_network.site.demo.schedule import Ending, deliveries
from pip_network.site.demo.world import Size, World

UNTIL = Half.parse("2006-S2")


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(seed=1, size=Size(), until=UNTIL)


@pytest.fixture(scope="module")
def economies(world) -> Economies:
    return Economies(1, world.rounds[0], world.open_round)


@pytest.fixture(scope="module")
def lives(world, economies) -> dict[str, FirmLife]:
    return {firm.code: FirmLife(world, economies, firm) for firm in world.firms}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("until", ["2006-S2", "2026-S1"])
def test_totals_are_the_published_ones(seed, until):
    world = build_world(seed=seed, size=Size(), until=Half.parse(until))

    assert len(world.projects) == 19
    assert len(world.networks) == 71
    assert len({country for project in world.projects for country in project.countries}) == 16
    assert sum(project.amount_fomin for project in world.projects) == Decimal("22500000")
    assert sum(project.amount_local for project in world.projects) == Decimal("21600000")
    assert min(min(p.amount_fomin, p.amount_local) for p in world.projects) > 500_000
    assert 1050 <= len(world.firms) <= 1100
    assert [half.code for half in world.rounds[-2:]] == [until, (Half.parse(until) + 1).code]
    assert len(world.rounds) == 7


@pytest.mark.parametrize("scale", [1, 3])
def test_a_larger_scale_is_that_many_times_larger(scale):
    world = build_world(seed=1, size=Size().times(scale), until=UNTIL)

    assert (len(world.projects), len(world.networks)) == (19 * scale, 71 * scale)
    assert (
        len({firm.code for firm in world.firms})
        == len({firm.name for firm in world.firms})
        == len(world.firms)
    )
    assert len({project.code for project in world.projects}) == 19 * scale


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_nothing_happens_before_it_can(seed):
    world = build_world(seed=seed, size=Size(), until=UNTIL)

    for network in world.networks:
        assert network.constituted_on <= network.project.ends_on
        for firm in network.firms:
            stay = next(stay for stay in firm.stays if stay.network is network)
            assert network.constituted_on <= stay.joined_on
            assert stay.left_on is None or (stay.joined_on <= stay.left_on and stay.reason)
            assert (
                firm.closed_on is None or max(stay.joined_on, firm.registered_on) < firm.closed_on
            )
            assert network.dissolved_on is None or (
                stay.left_on is not None and stay.left_on <= network.dissolved_on
            )
            assert firm.country == network.country
    for firm in world.firms:
        assert firm.registered_on >= firm.joined_on


def test_names_say_that_they_are_invented(world):
    invented = {word for some in words.INVENTED.values() for word in some}
    assert [firm.name for firm in world.firms if not invented & set(firm.name.split())] == []
    assert len({firm.name for firm in world.firms}) == len(world.firms)
    assert all(firm.tax_id.startswith("DEMO-") for firm in world.firms)


def test_there_is_something_of_everything(world):
    firms = world.firms
    assert 20 < sum(firm.closed_on is not None for firm in firms) < 80
    assert 20 < sum(any(stay.left_on for stay in firm.stays) for firm in firms) < 80
    assert sum(len({stay.network.project.code for stay in firm.stays}) == 2 for firm in firms) == 2
    assert (
        sum(
            len({stay.network.project.code for stay in firm.stays}) == 1 and len(firm.stays) == 2
            for firm in firms
        )
        > 10
    )
    assert len([network for network in world.networks if network.dissolved_on]) == 1
    assert (
        len([project for project in world.projects if project.ends_on < world.rounds[-2].starts])
        == 1
    )
    assert {network.typology for network in world.networks} == {
        "redes_empresariales",
        "cluster",
        "sistema_territorial",
        "cadena_proveedores",
    }


def test_a_sheet_would_find_no_error(world, lives):
    for firm in world.firms:
        life = lives[firm.code]
        for year in range(firm.joined_on.year - 1, world.open_round.year + 1):
            values = life.year(year)
            assert values["jobs_women"] <= values["jobs"]
            assert values["jobs_paid"] <= values["jobs"]
            assert values["exports"] <= values["sales"]
            assert values["top_buyer_sales"] <= values["sales"]
            assert values["credit_approved"] <= values["credit_applied"]
            assert values["credit_amount"] == 0 or values["credit_approved"] > 0
            assert values["payroll"] == 0 or values["jobs_paid"] > 0
            for half in (1, 2):
                semester = life.half(year, half)
                assert semester.get("units_rejected", 0) <= semester.get("units_produced", 0)
                assert semester["new_clients_foreign"] == 0 or values["exports"] > 0
            assert all(
                value == value.quantize(Decimal("0.1")) and 0 <= value < 10**13
                for value in values.values()
            )


def test_networks_and_projects_agree_with_themselves(world, economies, lives):
    for network in world.networks:
        life, served = NetworkLife(world, economies, network, lives), 0
        for half in world.rounds:
            values = life.half(half)
            assert values["attendances"] <= values["invitations"]
            assert values["paid_cost"] <= min(
                values["joint_purchases"], 2 * values["reference_cost"]
            )
            assert values.get("suppliers_approved", 0) <= values.get("suppliers_served", 0)
            assert served <= values.get("suppliers_served", 0)
            served = values.get("suppliers_served", 0)
            ties = life.ties(half, baseline=False)
            assert 0 <= ties["ties"] <= ties["tie_firms"] * (ties["tie_firms"] - 1) / 2
            annual = life.year(half.year)
            assert annual["active_unsubsidised"] <= annual["support_ended"]
            assert 20 <= annual["unit_cost_index"] <= 300
    for project in world.projects:
        life, spent = ProjectLife(world, project), Decimal(0)
        for half in world.rounds_of(project):
            values = life.half(half)
            assert spent <= values["spent_fomin"] <= project.amount_fomin * Decimal("1.2")
            assert values["spent_local"] <= project.amount_local * Decimal("1.2")
            assert values.get("agenda_done", 0) <= values.get("agenda_committed", 0)
            spent = values["spent_fomin"]


def test_there_is_structure_to_find(world, economies, lives):
    """Effects grow with the age of the network; projects differ; one year was bad in two countries."""

    def growth(months_from: int, months_to: int) -> float:
        return statistics.mean(
            life.growth(year) - economies.cycle(life.firm.country, year) - life.facts.growth
            for life in lives.values()
            for year in range(life.firm.joined_on.year, world.open_round.year)
            if months_from
            <= (dt.date(year, 7, 1) - life.network.constituted_on).days / 30.4
            < months_to
        )

    assert growth(0, 6) == pytest.approx(0, abs=1e-12)
    assert 0 < growth(6, 12) < growth(12, 24) < growth(24, 60)
    effects = [project.effect for project in world.projects]
    assert max(effects) > 2 * min(effects)
    bad = [
        country
        for country in COUNTRY_CURRENCY
        if economies.cycle(country, economies.bad_year) < -0.2
    ]
    assert sorted(bad) == ["DO", "PE"]
    assert economies.bad_year in {half.year for half in world.rounds[:-1] if half.half == 2}


def test_a_years_rate_is_the_mean_of_its_semesters(economies, world):
    for currency in CURRENCIES:
        for year in range(world.rounds[0].year - 2, world.open_round.year + 1):
            halves = [economies.rate(currency, f"{year}-S{half}") for half in (1, 2)]
            assert economies.rate(currency, str(year)) == pytest.approx(sum(halves) / 2, abs=1e-4)
            assert min(halves) > 0
            assert (
                economies.cpi(currency, f"{year}-S1") < economies.cpi(currency, f"{year}-S2") * 1.02
            )
    assert {economies.rate("USD", period) for period in economies.periods()} == {1.0}


def test_every_delivery_runs_in_order_and_every_state_is_there(world):
    planned = deliveries(world)
    for one in planned:
        moments = [
            one.opened,
            one.captured,
            one.filled,
            one.submitted,
            one.returned,
            one.resubmitted,
            one.approved,
        ]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert (one.approved is not None) == (one.ending == Ending.APPROVED)
        assert one.is_open_round == (one.half == world.open_round)
    assert {one.ending for one in planned if one.is_open_round} == {
        Ending.DRAFT,
        Ending.SUBMITTED,
        Ending.RETURNED,
    }
    last = [one for one in planned if one.half == UNTIL]
    assert [one.ending for one in last].count(Ending.DRAFT) == 1
    assert any(one.returned for one in planned if one.ending == Ending.APPROVED)
    assert any(one.submitted and one.submitted.date() > one.half.due for one in planned)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        ("2026-11-23", "2026-S1"),
        ("2026-07-01", "2026-S1"),
        ("2026-06-30", "2025-S2"),
        ("2026-01-01", "2025-S2"),
    ],
)
def test_the_last_finished_semester(today, code):
    assert Half.last_finished(dt.date.fromisoformat(today)).code == code


@pytest.mark.parametrize(
    "text", ["", "2006", "2006-S3", "2006-S0", "06-S1", "2006S1", "2006-S1 ", "٢٠٠٦-S1", "2006-s1"]
)
def test_other_texts_are_no_round(text):
    with pytest.raises(ValueError, match="no round"):
        Half.parse(text)


@given(st.integers(1900, 2100), st.sampled_from([1, 2]), st.integers(-50, 50))
def test_steps_of_semesters_come_back(year, half, steps):
    one = Half(year, half)
    assert one + steps + -steps == one
    assert Half.parse(one.code) == one
    assert (one + 1).starts == one.ends + dt.timedelta(days=1)
    assert Half.of(one.ends) == Half.of(one.starts) == one
