"""The way into a sheet: from the start page, past its head, to the first cell that waits; and what
stands there when none does.
"""

import html
import json
import re
from decimal import Decimal
from urllib.parse import quote

import pytest

from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit
from projects.models import Firm
from tests import factories
from tests.markup import folded
from tests.monitoring.entry.conftest import ADDRESS

SHEET = ADDRESS + "networks/N1/"
AT = factories.moment("2005-01-20")
OPERATING = "F:FIRMAAAAA|regular|operating"
EMPTY = re.compile(
    r'<div class="empty"><h3>([^<]*)</h3><p>([^<]*)</p><a [^>]*href="([^"]*)">([^<]*)</a></div>'
)


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def text_of(answer) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


def buttons(page) -> list[str]:
    """Where the buttons of the tasks lead."""
    found = re.findall(r'<a class="btn btn-sm [^"]*" href="([^"]*)"', text_of(page))
    return [html.unescape(url) for url in found]


def fill(world, opened, *blank):
    but = dict.fromkeys(blank)
    return factories.fill(opened, by=world.director, at=AT, but=but)


# --- one click from the start page


@pytest.mark.parametrize("who", ["director", "coordinator"])
def test_the_button_leads_to_the_first_empty_cell(opened, world, request, who):
    fill(world, opened, "F:FIRMBBBBB|regular|jobs", "F:FIRMBBBBB|regular|payroll")
    cell = "F:FIRMBBBBB|regular|jobs"

    page = request.getfixturevalue(who).get("/monitoring/")

    assert buttons(page)[0] == f"{SHEET}?cell={cell}#{cell}"


def test_when_all_is_in_it_leads_to_where_it_is_submitted(opened, world, director, coordinator):
    fill(world, opened)

    assert buttons(director.get("/monitoring/"))[0] == ADDRESS
    assert buttons(coordinator.get("/monitoring/"))[0] == f"{SHEET}?next#grid"


def test_what_came_back_leads_to_the_first_remark(opened, world, director):
    fill(world, opened)
    submit(opened.pk, by=world.director, at=AT)
    review.return_submission(opened.pk, "unexplained", by=world.specialist, at=AT)
    key = CellKey.parse("N:N1|regular|joint_purchases")
    row = review.remark(opened.pk, "¿Por qué?", key=key, by=world.specialist, at=AT)
    assert buttons(director.get("/monitoring/"))[0] == f"{ADDRESS}units/N:N1/#{key}"

    review.answer(row.pk, "Por esto.", by=world.director, at=AT)
    assert buttons(director.get("/monitoring/"))[0] == ADDRESS


def test_a_sheet_opens_where_the_next_cell_stands(opened, world, director):
    fill(world, opened, "F:FIRMBBBBB|regular|jobs")

    page = director.get(SHEET + "?next")

    assert (page.context["grid"].tab, str(page.context["grid"].wanted)) == (
        "employment",
        "F:FIRMBBBBB|regular|jobs",
    )
    assert 'data-first="F:FIRMBBBBB|regular|jobs"' in text_of(page)


def test_a_link_skips_the_head_of_a_sheet(opened, world, director):
    page = text_of(director.get(SHEET))
    first_links = re.findall(r'<a class="skip" href="([^"]*)"', page)

    assert first_links == ["#content", "#grid"]
    assert 'id="grid"' in page


# --- whether a firm operates follows its first answer


def post(client, opened, text):
    entry = opened.entries.filter(subject="F:FIRMAAAAA", variable__code="jobs").first()
    cell = {
        "key": "F:FIRMAAAAA|regular|jobs",
        "text": text,
        "missing": "",
        "stamp": entry.stamp if entry else 0,
    }
    body = {"catalogue": opened.catalogue_id, "cells": [cell]}
    return client.post(ADDRESS + "cells/", json.dumps(body), "application/json").json()


def test_it_operates_at_once_when_its_first_value_is_saved(opened, director):
    assert "no recogido" in text_of(director.get(SHEET + "?cell=" + OPERATING))

    first = post(director, opened, "8")["touched"][OPERATING]
    gone = post(director, opened, "")["touched"][OPERATING]

    assert (first["state"], first["text"]) == ("locked", "sí")
    assert (gone["state"], gone["text"]) == ("locked", "no recogido")


def test_other_firms_are_not_redrawn(opened, director):
    assert set(post(director, opened, "8")["touched"]) == {OPERATING}


# --- a firm that is missing is registered from its sheet


def test_a_firm_is_registered_from_the_sheet_and_stands_in_it(opened, world, director, coordinator):
    address = f"/networks/N1/firms/new/?next={quote(SHEET, safe='')}"
    for client in (director, coordinator):
        assert f'href="{address}"' in text_of(client.get(SHEET))
    form = text_of(director.get(address))
    assert f'action="{address}"' in form

    data = {
        field.html_name: "" if field.value() is None else field.value()
        for field in director.get(address).context["form"]
    }
    done = director.post(
        address, {**data, "name": "Panadería Nueva", "joined_on": "2004-10-01", "sector": "15"}
    )

    assert (done.status_code, done.headers["Location"]) == (302, SHEET)
    code = Firm.objects.get(name="Panadería Nueva").code
    assert f'data-u="F:{code}"' in text_of(director.get(SHEET))


def test_it_goes_on_to_nowhere_else(opened, director):
    page = director.get("/networks/N1/firms/new/?next=https://example.org/")

    assert 'href="https://example.org/"' not in text_of(page)


def test_a_reader_is_not_led_to_register(opened, specialist):
    assert "firms/new" not in text_of(specialist.get(SHEET))


# --- nothing is pending


def test_when_no_firm_waits_the_form_of_the_network_is_next(opened, world, director):
    fill(world, opened, "N:N1|regular|joint_purchases")

    assert EMPTY.findall(folded(director.get(SHEET + "?tab=pending").content.decode())) == [
        (
            "Ninguna empresa pendiente en esta red",
            "Lo que queda está en el formulario de la red.",
            ADDRESS + "units/N:N1/",
            "Formulario de la red",
        )
    ]


@pytest.mark.parametrize(
    ("who", "label"),
    [("director", "Revisar y enviar"), ("coordinator", "Volver a la presentación")],
)
def test_when_nothing_waits_it_says_so_and_what_is_next(opened, world, request, who, label):
    fill(world, opened)

    page = request.getfixturevalue(who).get(SHEET + "?tab=pending")

    assert EMPTY.findall(folded(page.content.decode())) == [
        (
            "Nada pendiente en esta red",
            "Cada celda tiene un valor o una razón, cada advertencia está explicada y cada "
            "observación contestada.",
            ADDRESS,
            label,
        )
    ]


def test_no_definition_names_a_file(world):
    named = [
        (row.code, text)
        for row in world.catalogue.variables.all()
        for text in (row.definition_es, row.definition_en, row.definition_pt)
        if ".md" in text or ".csv" in text
    ]

    assert named == []


def test_a_firm_with_a_value_is_saved_by_the_action_too(opened, world, director):
    """What the page says at once is what the sheet says when it is opened anew."""
    change = CellChange(CellKey.parse("F:FIRMAAAAA|regular|jobs"), Decimal(8))
    save_cells(opened.pk, [change], by=world.director, at=AT)

    cells = director.get(SHEET + "?cell=" + OPERATING).context["grid"].rows[0].cells

    assert "sí" in [cell.text for cell in cells]
