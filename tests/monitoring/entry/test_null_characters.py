"""A text with a null character, which PostgreSQL cannot store: every door says that and nothing
else of it, in the reader's language, and stores nothing. Without it the same text goes in.
"""

import json

import pytest
from django.test import Client

from monitoring.catalogue.drafts import start_draft
from monitoring.models import Entry, NarrativeDraft, Remark
from monitoring.submission.narratives import save_narrative
from monitoring.submission.review import remark
from pip_network.web.errors import Invalid
from pip_network.web.reasons import require_reason
from projects.models import Project
from tests.factories import moment
from tests.monitoring.entry.conftest import ADDRESS, client_of

AT = moment("2004-07-06")
JOBS = "F:FIRMAAAAA|regular|jobs"
SENTENCES = {
    "es": "Los caracteres nulos no están permitidos.",
    "en": "Null characters are not allowed.",
    "pt": "Não são permitidos caracteres nulos.",
}


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def sent(client: Client, address: str, **body) -> dict:
    answer = client.post(ADDRESS + address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_number_and_its_explanation(opened, director, language):
    director.cookies["pip_language"] = language
    for cell in ({"text": "8\0"}, {"text": "8", "explanation": "Turno\0nuevo"}):
        told = sent(director, "cells/", catalogue=1, cells=[{"key": JOBS, "stamp": 0, **cell}])
        assert told["refused"][JOBS]["message"] == SENTENCES[language]
    assert not Entry.objects.filter(source="entered").exists()
    cell = {"key": JOBS, "stamp": 0, "text": "8", "explanation": "Turno nuevo"}
    assert list(sent(director, "cells/", catalogue=1, cells=[cell])["saved"]) == [JOBS]


def test_a_text_of_the_narrative_as_it_is_left_and_in_its_form(opened, director):
    text = {"key": "change", "language": "es", "stamp": 0, "text": "Más\0confianza"}
    told = sent(director, "narrative/texts/", cells=[text])
    assert told["refused"]["change"]["message"] == SENTENCES["es"]
    page = director.post(ADDRESS + "narrative/", {"language": "es", "change": "Más\0confianza"})
    assert page.context["form"].errors == {"change": [SENTENCES["es"]]}
    assert not NarrativeDraft.objects.exists()
    text["text"] = "Más confianza"
    assert list(sent(director, "narrative/texts/", cells=[text])["saved"]) == ["change"]


def test_a_remark(world, opened):
    reviewer = client_of(world.specialist)
    asked = {"theme": "change", "text": "Revise el total"}
    page = reviewer.post(ADDRESS + "remarks/", {**asked, "text": "Revise\0el total"})
    assert (page.status_code, SENTENCES[world.specialist.language] in page.content.decode()) == (
        422,
        True,
    )
    assert not Remark.objects.exists()
    assert reviewer.post(ADDRESS + "remarks/", asked).status_code == 302
    assert Remark.objects.count() == 1
    nowhere = {"cell": "F:\0|regular|jobs", "text": "Revise el total"}
    assert reviewer.post(ADDRESS + "remarks/", nowhere).status_code == 404


def test_a_form_of_the_registry(world):
    administrator = client_of(world.administrator)
    form = administrator.get("/projects/PIP-01/edit/").context["form"]
    given = {name: form[name].value() for name in form.fields}
    given |= {name: "" for name, value in given.items() if value is None}
    page = administrator.post("/projects/PIP-01/edit/", {**given, "name": "Red\0textil"})
    assert page.context["form"].errors == {"name": [SENTENCES["es"]]}
    answer = administrator.post("/projects/PIP-01/edit/", {**given, "name": "Red textil"})
    assert (answer.status_code, Project.objects.get().name) == (302, "Red textil")


REFUSED = {
    "reason": lambda world, _opened, text: require_reason(text),
    "reason that ends somewhere": lambda world, _opened, text: require_reason(text, most=100),
    "remark": lambda world, opened, text: remark(opened.pk, text, by=world.specialist, at=AT),
    "narrative": lambda world, opened, text: save_narrative(
        opened.pk, "change", text, "es", by=world.director, at=AT
    ),
    "note of a draft": lambda world, _opened, text: start_draft(
        note=text, by=world.administrator, at=AT
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_every_action_says_so(world, opened, what):
    with pytest.raises(Invalid) as refused:
        REFUSED[what](world, opened, "Se corrigió\0el acta")
    assert str(refused.value.message) == SENTENCES["es"]
    REFUSED[what](world, opened, "Se corrigió el acta")
