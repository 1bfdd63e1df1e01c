"""The page of a submission: a line for each unit, the same counts everywhere, and how it is sent."""

import html
import re

import pytest
import time_machine

from monitoring.models import Submission
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS

SHEET = ADDRESS + "networks/N1/"
AT = factories.moment("2005-01-20")
# Two rules find fault with each of these cells: two warnings, and an error with a warning.
TWICE = {"N:N1|regular|paid_cost": "100000", "P:PIP-01|regular|spent_fomin": "1500000"}
BLANK = {"F:FIRMAAAAA|regular|jobs": None, "F:FIRMAAAAA|regular|sales": None}


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def gaps(answer) -> list[tuple[str, str, int]]:
    """(unit, what is said of it, links) of each line of what is missing."""
    found = re.search(r'<ul class="rows gaps">(.*?</details> </li>) </ul>', text_of(answer))
    lines = re.findall(r"<li> (<a .*?)</details> </li>", found[1]) if found else []
    return [
        (
            re.search(r">([^<]*)</a>", line)[1],
            " ".join(
                re.sub("<[^>]*>", "", re.search(r"<summary>(.*?)</summary>", line)[1]).split()
            ),
            line.count("href="),
        )
        for line in lines
    ]


@pytest.fixture
def faulty(opened, world):
    """Everything filled but two cells, and two cells with two faults each."""
    factories.fill(opened, by=world.director, at=AT, but={**TWICE, **BLANK})
    return opened


# --- what is missing


def test_one_line_a_unit_and_its_cells_on_demand(faulty, director):
    assert gaps(director.get(ADDRESS)) == [
        ("Proyecto PIP-01", "1 error, 1 advertencia", 3),
        ("Red N1", "2 advertencias", 3),
        ("Empresa FIRMAAAAA", "faltan 2 de 15", 3),
    ]


def test_a_line_leads_to_its_first_cell(faulty, director):
    page = html.unescape(text_of(director.get(ADDRESS)))
    cell = "F:FIRMAAAAA|regular|sales"

    assert f'<a href="{SHEET}?cell={cell}#{cell}">Empresa FIRMAAAAA</a>' in page


def test_the_coordinator_reads_the_lines_of_her_network(faulty, coordinator):
    assert [unit for unit, _said, _links in gaps(coordinator.get(ADDRESS))] == [
        "Red N1",
        "Empresa FIRMAAAAA",
    ]


@pytest.mark.parametrize(("more", "lines", "rest"), [(1, 7, 0), (60, 60, 6)])
def test_of_many_units_so_many_are_listed(opened, director, world, more, lines, rest):
    for number in range(more):
        factories.firm(f"FIRMX{number:04}", world.n1)

    shown = director.get(ADDRESS).context["obstacles"]

    assert (len(shown["rows"]), shown["more"]) == (lines, rest)


def test_a_page_with_many_units_is_light(opened, director, world):
    for number in range(60):
        factories.firm(f"FIRMX{number:04}", world.n1)

    page = director.get(ADDRESS, headers={"accept-encoding": "gzip"})

    assert len(page.content) < 30_000


# --- counts


def of(counts) -> tuple[int, int, int]:
    return counts.errors, counts.warnings_open, counts.blank_core


def total(several) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(of, several), strict=True)))


def test_sheet_page_start_and_refusal_count_alike(faulty, director):
    """Of the project: an error, three warnings, two cells blank; of N1 without the project's cell."""
    expected = (1, 3, 2)
    page = director.get(ADDRESS).context
    task = director.get("/monitoring/").context["tasks"][0]
    refused = director.post(ADDRESS + "submit/", {"certify": "on"})

    assert of(page["counts"]) == of(task.counts) == expected
    assert total(part.counts for part in page["parts"]) == expected
    assert of(director.get(SHEET).context["counts"]) == (0, 2, 2)
    assert (
        "celdas centrales en blanco: 2; valores con error: 1; advertencias sin explicación: 3."
        in text_of(refused)
    )
    rows = page["obstacles"]["rows"]
    assert total(row.counts for row in rows) == expected
    assert sum(len(row.cells) for row in rows) == sum(expected)


def test_filled_of_asked_is_one_count(faulty, director):
    counts = director.get(SHEET).context["counts"]
    grid = director.get(SHEET).context["grid"]
    own = director.get(ADDRESS + "units/N:N1/").context["form"].open

    *tabs, everything = grid.tabs
    summed = (sum(tab.filled for tab in tabs), sum(tab.asked for tab in tabs))
    assert (everything.code, everything.filled, everything.asked) == ("all", *summed)
    assert summed == (counts.filled - len(own), counts.asked - len(own))


def test_review_counts_by_rule(faulty, specialist):
    tiles = specialist.get("/review/PIP-01/2004-S2/").context["tiles"]

    assert (tiles["warnings"], tiles["told"]) == (3, 0)


# --- sending before the semester has ended


@pytest.mark.parametrize(
    ("day", "data", "status"),
    [
        ("2004-12-31", {"certify": "on"}, 422),
        ("2004-12-31", {"certify": "on", "early": "on"}, 302),
        ("2004-12-31", {"early": "on"}, 422),
        ("2005-01-01", {"certify": "on"}, 302),
    ],
)
def test_before_the_semester_ends_it_asks(opened, world, director, day, data, status):
    factories.fill(opened, by=world.director, at=factories.moment("2004-12-20"))
    with time_machine.travel(f"{day} 12:00:00+00:00", tick=False):
        director.force_login(world.director)

        answer = director.post(ADDRESS + "submit/", data)

    after = "submitted" if status == 302 else "draft"
    assert (answer.status_code, Submission.objects.get(pk=opened.pk).status) == (status, after)


def test_what_it_asks_is_said_with_the_day(opened, world, director):
    with time_machine.travel("2004-12-31 12:00:00+00:00", tick=False):
        director.force_login(world.director)
        page = text_of(director.get(ADDRESS))
    later = text_of(director.get(ADDRESS))

    assert "El semestre termina el 31 de diciembre de 2004." in page
    assert ('name="early"' in page, 'name="early"' in later) == (True, False)


def test_the_form_stands_by_itself_so_that_its_button_stays_in_reach(opened, director):
    """A bar that sticks does so inside its parent: the page's own box."""
    page = text_of(director.get(ADDRESS))

    assert '</section> <form class="submit-bar"' in page
