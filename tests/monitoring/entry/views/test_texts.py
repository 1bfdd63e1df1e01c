"""Saving the texts of a narrative as they are left."""

import json

import pytest

from monitoring.models import NarrativeDraft
from monitoring.submission.opening import submit
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS

TEXTS = ADDRESS + "narrative/texts/"
WORDS = "Se abrió un mercado."


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def save(client, *texts, **body):
    body = {"cells": list(texts), **body}
    return client.post(TEXTS, json.dumps(body), content_type="application/json")


def text(theme, words=WORDS, **more):
    return {"key": theme, "text": words, "language": "es", "stamp": 0, **more}


def held():
    return {draft.theme: (draft.text, draft.language) for draft in NarrativeDraft.objects.all()}


def test_each_text_is_saved_by_itself(opened, director):
    answer = save(director, text("change"), text("example", "Uno.", language="pt")).json()

    assert {theme: saved["stamp"] for theme, saved in answer["saved"].items()} == {
        "change": 1,
        "example": 1,
    }
    assert answer["refused"] == answer["conflicts"] == {}
    assert held() == {"change": (WORDS, "es"), "example": ("Uno.", "pt")}
    again = save(director, text("change", "Otro.", stamp=1)).json()
    assert again["saved"]["change"]["stamp"] == 2
    trail = AuditEvent.objects.filter(verb="narrative.saved").values_list("details", flat=True)
    assert [(row["theme"], row["stamp"]) for row in trail.order_by("id")] == [
        ("change", 1),
        ("example", 1),
        ("change", 2),
    ]


def test_the_same_text_sent_again_is_no_conflict(opened, director):
    save(director, text("change"))
    assert save(director, text("change")).json()["saved"]["change"]["stamp"] == 1


def test_who_was_first_is_told_with_both_texts(opened, director, world):
    save(director, text("change", "Uno."))
    second = factories.user("codirectora", role=Role.DIRECTOR, scope="P:PIP-01")
    director.force_login(second)

    answer = save(director, text("change", "Dos."), text("evidence", "Acta 4.")).json()

    theirs = answer["conflicts"]["change"]
    assert (theirs["text"], theirs["stamp"], theirs["by"]) == ("Uno.", 1, world.director.name)
    assert held() == {"change": ("Uno.", "es"), "evidence": ("Acta 4.", "es")}
    save(director, text("change", "Dos.", stamp=1))
    assert held()["change"] == ("Dos.", "es")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "weather"},
        {"language": "fr"},
        {"text": "x" * 4001},
        {"text": 7},
        {"stamp": -1},
        {"stamp": "x"},
    ],
)
def test_one_that_cannot_be_read_says_so_and_the_others_go_in(opened, director, wrong):
    given = {**text("change"), **wrong}
    answer = save(director, given, text("example")).json()

    assert list(answer["saved"]) == ["example"]
    assert answer["refused"][given["key"]]["message"]
    assert held() == {"example": (WORDS, "es")}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"cells": []}', b'{"cells": [1]}'])
def test_a_request_that_makes_no_sense(opened, director, body):
    assert director.post(TEXTS, body, content_type="application/json").status_code == 400


def test_a_submission_sent_meanwhile_takes_no_text_and_says_so(opened, director, world):
    at = factories.moment("2005-01-20")
    factories.fill(opened, by=world.director, at=at)
    assert save(director, text("change", "Antes.")).status_code == 200
    submit(opened.pk, by=world.director, at=at)

    answer = save(director, text("change", "Después.", stamp=1))

    assert answer.status_code == 409
    assert answer.json()["error"] == "Esta presentación está cerrada: no se ha cambiado nada."
    assert held() == {"change": ("Antes.", "es")}


def test_who_may_write(opened, director, coordinator, specialist, stranger, visitor):
    answers = [
        save(client, text("change")).status_code
        for client in (visitor, stranger, coordinator, specialist, director)
    ]
    assert answers == [401, 404, 404, 403, 200]
    assert director.get(TEXTS).status_code == 405
