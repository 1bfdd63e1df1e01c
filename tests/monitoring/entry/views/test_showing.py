"""What of a sheet is shown: rows that are wanted, what stands beside a cell, every column at once, the
rows that follow, a firm that is missing.
"""

import html
import json
import re

import pytest

from monitoring.entry.views.grid import PER_PAGE
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.opening import submit
from projects.models import Firm
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS
from tests.monitoring.entry.views.test_cells import cell, save

SHEET = ADDRESS + "networks/N1/"
SALES, JOBS, WOMEN = (f"F:FIRMAAAAA|regular|{code}" for code in ("sales", "jobs", "jobs_women"))


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def rows(client, query):
    grid = client.get(f"{SHEET}?{query}").context["grid"]
    return [(row.unit.subject, row.kind) for row in grid.rows]


A, B = ("F:FIRMAAAAA", "regular"), ("F:FIRMBBBBB", "regular")


def test_one_firm(opened, director):
    assert rows(director, "tab=employment&firm=aaaaa+EMPRESA") == [A]
    assert rows(director, "tab=employment&firm=empresa") == [A, B]
    assert rows(director, "tab=employment&firm=nobody") == []


def test_with_something_missing(opened, world, director):
    assert rows(director, "tab=employment&only=incomplete") == [A, B]
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-20"))
    assert rows(director, "tab=employment&only=incomplete") == []


def test_with_errors_or_warnings(opened, director):
    assert rows(director, "tab=employment&only=warnings") == []
    save(director, cell(JOBS, "300"))
    assert rows(director, "tab=employment&only=warnings") == [A]
    assert rows(director, "tab=innovation&only=warnings") == []


def test_with_open_remarks(opened, world, director):
    at = factories.moment("2005-01-20")
    factories.fill(opened, by=world.director, at=at)
    submit(opened.pk, by=world.director, at=at)
    review.remark(opened.pk, "¿Por qué?", key=CellKey.parse(JOBS), by=world.specialist, at=at)

    assert rows(director, "tab=employment&only=remarks") == [A]


def test_a_filter_that_leaves_nothing_says_so_and_leads_back(opened, director):
    page = html.unescape(director.get(f"{SHEET}?tab=sales&firm=nobody").content.decode())

    assert "Ninguna fila es así" in page
    assert f'href="{"?tab=sales"}"' in page


@pytest.mark.parametrize(
    "query", ["only=x&beside=y", "firm=" + "x" * 999 + "&page=-1", "only=&firm="]
)
def test_what_makes_no_sense_shows_everything_or_nothing(opened, director, query):
    assert director.get(f"{SHEET}?{query}").status_code == 200


def test_a_wanted_cell_is_shown_whatever_the_filter(opened, director):
    assert rows(director, f"firm=bbbbb&cell={JOBS}") == [A, B]


@pytest.mark.parametrize(
    ("beside", "variable", "text"),
    [
        ("previous", "new_clients_local", "1"),
        ("baseline", "jobs", "8,0"),
        ("change", "new_clients_local", "+900\xa0%"),
        ("change", "jobs", "+25\xa0%"),  # against the baseline: no earlier round asks it
    ],
)
def test_beside_a_cell_stands_what_is_asked_for(opened, director, beside, variable, text):
    key = f"F:FIRMAAAAA|regular|{variable}"
    save(director, cell(key, "10"))
    shown = director.get(f"{SHEET}?tab=all&beside={beside}").content.decode()
    plain = director.get(f"{SHEET}?tab=all").content.decode()

    assert director.get(f"{SHEET}?tab=all&beside={beside}&totals").json()["beside"][key] == text
    assert (f'<small class="was">{text}</small>' in shown, 'class="was"' in plain) == (True, False)


def test_all_variables_stand_in_one_tab(opened, director):
    grid = director.get(f"{SHEET}?tab=all").context["grid"]
    parts = [tab for tab in grid.tabs if tab.code != "all"]

    assert {variable.code for variable in grid.columns} >= {"sales", "jobs", "innov_product"}
    assert grid.tabs[-1].asked == sum(tab.asked for tab in parts)
    assert grid.tabs[0].code == parts[0].code


def test_the_rows_that_follow_are_told_in_their_order(opened, world, director):
    for number in range(PER_PAGE + 8):
        factories.firm(f"FX{number:04}", world.n1)
    first, second = (
        director.get(f"{SHEET}?tab=employment&page={page}").content.decode() for page in (1, 2)
    )
    below = json.loads(html.unescape(re.search(r'data-below="([^"]*)"', first)[1]))

    assert [(subject, kind) for subject, kind, _name, _state in below] == re.findall(
        r'data-u="([^"]*)"\s+data-kind="([^"]*)"', second
    )
    assert 'data-below="[]"' in second


# --- a firm that is missing


def firm_form(page):
    form = re.search(r'<form class="new-firm".*?</form>', page.content.decode(), re.DOTALL)[0]
    action = html.unescape(re.search(r'action="([^"]*)"', form)[1])
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
    assert fields["country"]
    return action, fields, form


def test_a_firm_is_added_under_the_last_row_once(opened, director):
    action, fields, form = firm_form(director.get(f"{SHEET}?tab=sales"))
    told = {**fields, "name": "Nueva S.A.", "joined_on": "2004-08-01"}

    answers = [director.post(action, told) for _each in range(2)]

    assert re.findall(r'name="(\w+)"', re.sub(r'<input type="hidden".*?>', "", form)) == [
        "name",
        "joined_on",
    ]
    assert [answer.url for answer in answers] == [f"{SHEET}?tab=sales"] * 2
    assert Firm.objects.filter(name="Nueva S.A.").count() == 1
    assert "Nueva S.A." in director.get(answers[0].url).content.decode()


def test_what_is_missing_of_a_firm_is_asked_for(opened, director):
    action, fields, _form = firm_form(director.get(SHEET))

    assert director.post(action, {**fields, "name": "Nueva S.A."}).status_code == 422
    assert not Firm.objects.filter(name="Nueva S.A.").exists()


def test_who_may_not_register_firms_is_not_asked(opened, specialist):
    assert b"new-firm" not in specialist.get(SHEET).content


@pytest.mark.parametrize("firms", [1, 3, 60])
def test_a_page_asks_little_whatever_is_shown(
    opened, world, director, django_assert_num_queries, firms
):
    for number in range(firms):
        factories.firm(f"FX{number:04}", world.n1)

    with django_assert_num_queries(15):
        director.get(f"{SHEET}?tab=all&beside=change&only=incomplete&page=9")
