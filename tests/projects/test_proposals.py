"""Pairs proposed as one firm: compared once, kept until the registry says something else; the same
on both pages.
"""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects import actions
from projects.fetching import firms_with_names, managed_firms
from projects.models import Firm
from projects.proposals import proposals
from tests import factories
from tests.markup import folded

NOW = factories.moment("2005-02-10")


@pytest.fixture
def alike(world):
    """Two names that are one, and a third that is nobody else."""
    cache.clear()
    for firm, name in (
        (world.a, "Panadería La Espiga S.R.L."),
        (world.b, "Panaderia La Espiga"),
        (world.c, "Sol"),
    ):
        firm.name = name
        firm.save()
    return world


def codes(firms) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in proposals(firms).pairs]


def count_of(page: str) -> int:
    """What the start page says of duplicates: a line of what waits, or its part of what is in
    order.
    """
    waits = re.search(
        r'<b class="big">(\d+)</b><div><h3><a href="/firms/duplicates/">', folded(page)
    )
    in_order = re.search(r"Possible duplicates of firms \((\d+)\)", page)
    return int((waits or in_order).group(1))


def test_what_changes_the_answer_asks_anew(alike):
    pair = ("FIRMAAAAA", "FIRMBBBBB")
    assert codes(firms_with_names()) == [pair]
    alike.b.name = "Otra cosa"
    alike.b.save()
    assert codes(firms_with_names()) == []
    alike.b.name = "Panaderia La Espiga"
    alike.b.save()
    assert codes(firms_with_names()) == [pair]
    actions.tell_apart(first=alike.a, second=alike.b, by=alike.administrator, at=NOW)
    found = proposals(firms_with_names())
    assert (found.pairs, found.of, found.apart) == ([], 3, [pair])
    Firm.objects.filter(pk="FIRMBBBBB").update(archived_at=NOW)
    assert proposals(firms_with_names()).of == 2


def test_two_people_do_not_see_each_others_firms(alike):
    assert codes(managed_firms(alike.administrator)) == [("FIRMAAAAA", "FIRMBBBBB")]
    assert codes(managed_firms(alike.director)) == [("FIRMAAAAA", "FIRMBBBBB")]
    assert proposals(managed_firms(alike.coordinator)).of == 2  # of her network alone
    assert proposals(managed_firms(alike.stranger)) == ([], 0, [])


def test_the_start_page_says_how_many_wait(alike):
    browser = Client()
    browser.force_login(alike.administrator)
    assert count_of(browser.get("/start/").content.decode()) == 1
    page = browser.get("/firms/duplicates/").content.decode()
    assert ("<b>1</b> pair" in page, "Panaderia La Espiga" in page) == (True, True)
    actions.tell_apart(first=alike.a, second=alike.b, by=alike.administrator, at=NOW)
    assert count_of(browser.get("/start/").content.decode()) == 0


@pytest.mark.parametrize("firms", [1, 3, 40])
def test_compared_once_and_then_the_same_three_queries_however_many_firms(
    alike, firms, django_assert_num_queries
):
    for number in range(firms):
        factories.firm(f"FIRM{number:05}", alike.n1, name=f"Empresa {number}")
    with CaptureQueriesContext(connection) as first:
        found = proposals(firms_with_names())
    with django_assert_num_queries(3) as second:  # firms, what was told apart, the cache
        assert proposals(firms_with_names()) == found
    kept = [
        sum('INSERT INTO "pip_network_cache"' in one["sql"] for one in asked)
        for asked in (first, second)
    ]
    assert kept == [1, 0]
