"""Figures on the page of a network: kept with the portfolio's, seen by those who see its project's,
opening to their rows.
"""

import re

import pytest
from django.test import Client
from django.utils import timezone

from monitoring import portfolio
from monitoring.analysis import Specification, compute
from monitoring.models import FigureSet, Indicator
from monitoring.portfolio.featured import of_network as shown_of_network
from monitoring.portfolio.kept_figures import of_network
from monitoring.reports.record import CachedSource, catalogue_of
from projects.models import Network
from tests.monitoring.reports.world import World, person

TITLE = "Cifras de la red"
SCOPES = {
    "specialist": ("specialist", "*"),
    "administration": ("administration", "*"),
    "director": ("director", "P:PIP-01"),
    "other": ("director", "P:PIP-02"),
    "coordinator": ("coordinator", "N:PIP-01-R1"),
    "institution": ("institution", "I:1"),
}


@pytest.fixture
def record(db) -> World:
    made = World(projects=2, networks=2, firms=3).make()
    portfolio.refresh(at=timezone.now())
    return made


def browser(role: str) -> Client:
    client = Client()
    if role != "visitor":
        client.force_login(person(f"{role}@example.org", role, *SCOPES[role]))
    return client


def page_of(role: str, code: str = "PIP-01-R1") -> str:
    return browser(role).get(Network.objects.get(pk=code).get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("specialist", True),
        ("administration", True),
        ("director", True),
        ("other", False),
        ("coordinator", False),
        ("institution", False),
        ("visitor", False),
    ],
)
def test_who_sees_the_figures_of_a_network(record, role, sees):
    page = page_of(role)
    assert (TITLE in page, 'href="/figures/' in page.replace('href="/figures/"', "")) == (
        sees,
        sees,
    )


def test_the_figures_are_those_of_the_engine_about_this_network_alone(record):
    as_of, round_code, _version, figures = of_network("PIP-01-R1")
    kind = Network.objects.get(pk="PIP-01-R1").typology
    shown = {one.code for one in shown_of_network(Indicator.objects.all(), kind)}
    asked = Specification(
        scope={"networks": ("PIP-01-R1",)},
        group_by=(),
        indicators=tuple(sorted(shown)),
        round=round_code,
        as_of=as_of,
    )
    alone = {
        one.indicator: one
        for one in compute(asked, CachedSource(as_of), catalogue_of(as_of))
        if one.measure == "main" and (one.eligible or one.value)
    }
    assert {one.indicator: (one.value, one.n, one.eligible) for one in figures} == {
        code: (one.value, one.n, one.eligible) for code, one in alone.items()
    }
    assert len(figures) == len(alone) > 5
    assert {tuple(one.group.items()) for one in figures} == {
        (("network", "PIP-01-R1"), ("project", "PIP-01"))
    }


def test_each_figure_opens_for_the_projects_own_people(record):
    addresses = re.findall(r'<a class="trace" href="(/figures/[0-9a-f]+/)"', page_of("director"))
    assert len(addresses) > 3
    assert {browser("director").get(one).status_code for one in addresses} == {200}
    assert {browser("other").get(one).status_code for one in addresses} == {404}


def test_without_kept_figures_there_is_no_panel(record):
    assert TITLE in page_of("specialist")
    FigureSet.objects.all().delete()
    assert TITLE not in page_of("specialist")


def test_the_portfolio_is_what_it_was(record):
    kept = portfolio.latest()
    assert set(kept.rounds) == {"2004-S2", "2005-S1"}
    assert kept.round == "2005-S2"
    both = {"network": "PIP-01-R1", "project": "PIP-01"}
    found = [
        kept.by_project.get("E02", "main", group) for group in ({"project": "PIP-01"}, {}, both)
    ]
    assert [one is not None for one in found] == [True, True, False]


@pytest.mark.parametrize("networks", [1, 3, 6])
def test_the_page_asks_as_many_queries_however_many_networks_there_are(
    db, networks, django_assert_num_queries
):
    World(projects=2, networks=networks, firms=2).make()
    portfolio.refresh(at=timezone.now())
    client = browser("specialist")
    address = Network.objects.get(pk="PIP-01-R1").get_absolute_url()
    client.get(address)
    with django_assert_num_queries(QUERIES):
        assert TITLE in client.get(address).content.decode()


QUERIES = 12
