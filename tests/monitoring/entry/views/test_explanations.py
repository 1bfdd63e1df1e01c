"""An approved explanation stands on every page that shows its value, and no page counts its warning
as unexplained.
"""

import pytest

from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from tests.factories import DOUBTFUL, Decimal, moment
from tests.monitoring.entry.conftest import client_of
from tests.monitoring.sheet.test_explanations import JOINED, TOLD

AT = moment("2005-03-01")
SUBMISSION = "/monitoring/PIP-01/2004-S1/"
CELL = SUBMISSION + f"cells/{JOINED.subject}/{JOINED.kind}/{JOINED.variable}/"
REVIEW = "/review/PIP-01/2004-S1/"
PAGES = (CELL, CELL + "history/", SUBMISSION + f"units/{JOINED.subject}/", REVIEW)


@pytest.fixture
def approved(world):
    world.approved("2004-S1", but=DOUBTFUL, words={str(JOINED): TOLD})
    return world


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_approved_cell_shows_its_explanation(approved, page):
    assert TOLD in client_of(approved.specialist).get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_cell_without_one_shows_none(world, page):
    world.approved("2004-S1")
    assert TOLD not in client_of(world.specialist).get(page).content.decode()


def test_all_pages_count_the_same(approved):
    client = client_of(approved.specialist)
    tiles = client.get(REVIEW).context["tiles"]
    assert (tiles["warnings"], tiles["told"]) == (1, 1)
    page = client.get(SUBMISSION).context
    assert page["counts"].warnings_open == 0
    sheet = client.get(SUBMISSION + "networks/N2/").context
    assert sheet["counts"].warnings_open == 0


def test_an_amendment_counts_what_carries_over_as_explained(approved):
    submission = approved.project.submissions.get()
    amend(submission.pk, "Balance definitivo", by=approved.director, at=AT)
    submit(submission.pk, by=approved.director, at=AT)
    client = client_of(approved.specialist)
    tiles = client.get(REVIEW).context["tiles"]
    waiting = client.get("/review/").context["waiting"][0]["submission"]
    assert (tiles["warnings"], tiles["told"], waiting.warnings_explained) == (1, 1, 1)
    assert TOLD in client.get(CELL).content.decode()


def test_what_an_amendment_asks_again_is_one_on_every_page(approved):
    submission = approved.project.submissions.get()
    amend(submission.pk, "Balance definitivo", by=approved.director, at=AT)
    save_cells(submission.pk, [CellChange(JOINED, Decimal(8))], by=approved.director, at=AT)
    page = client_of(approved.director).get(SUBMISSION).context
    assert page["counts"].warnings_open == 1
    assert (
        client_of(approved.director)
        .get(SUBMISSION + "networks/N2/")
        .context["counts"]
        .warnings_open
        == 1
    )
    save_cells(
        submission.pk, [CellChange(JOINED, Decimal(8), "", "Ocho.")], by=approved.director, at=AT
    )
    submit(submission.pk, by=approved.director, at=AT)
    approve(submission.pk, by=approved.specialist, at=AT)
    assert client_of(approved.director).get(SUBMISSION).context["counts"].warnings_open == 0
