"""Beside a cell: who entered its value and who approved it stay apart."""

import pytest

from monitoring.sheet.cells import CellKey
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from tests.factories import Decimal, moment
from tests.monitoring.entry.conftest import client_of

KEY = CellKey("F:FIRMAAAAA", "regular", "service_hours")
SUBMISSION = "/monitoring/PIP-01/2004-S1/"
CELL = SUBMISSION + f"cells/{KEY.subject}/{KEY.kind}/{KEY.variable}/"


@pytest.fixture
def amended(world):
    world.approved("2004-S1")
    submission = world.project.submissions.get()
    amend(submission.pk, "Corrige un dato", by=world.director, at=moment("2005-03-01"))
    return submission


def said(world) -> tuple:
    context = client_of(world.director).get(CELL).context
    return tuple(
        (item.by.name, item.at.date().isoformat()) if item else None
        for item in (context["entered"], context["approved"])
    )


def test_an_approved_cell_says_who_entered_and_who_approved(world):
    world.approved("2004-S1")
    assert said(world) == (("Directora", "2004-07-30"), ("Especialista", "2004-08-02"))


def test_a_cell_of_an_amendment_says_the_same(world, amended):
    assert said(world) == (("Directora", "2004-07-30"), ("Especialista", "2004-08-02"))
    page = client_of(world.director).get(CELL).content.decode()
    assert "None" not in page
    assert "aprobado por Especialista (N = 1)" in " ".join(page.split())


def test_a_new_value_has_an_author_and_no_approver(world, amended):
    change = CellChange(KEY, Decimal(9))
    save_cells(amended.pk, [change], by=world.coordinator, at=moment("2005-03-02"))
    assert said(world) == (("Coordinadora", "2005-03-02"), None)


def test_the_history_names_both(world):
    world.approved("2004-S1")
    page = " ".join(client_of(world.director).get(CELL + "history/").content.decode().split())
    assert "ingresado por Directora" in page
    assert "None" not in page


def test_what_the_system_filled_in_names_nobody(world):
    world.open("2004-S1")
    page = client_of(world.director).get(SUBMISSION + "cells/P:PIP-01/regular/budget_fomin/")
    assert (page.context["entered"].by, page.context["approved"]) == (None, None)
    assert "None" not in page.content.decode()
