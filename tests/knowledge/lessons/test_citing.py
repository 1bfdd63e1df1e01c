"""Works and addresses as evidence: of a work that one may not read there is no trace."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from knowledge.lessons import citing, drafting
from knowledge.models import Evidence
from knowledge.works import actions
from pip_network.people.access import Role
from pip_network.web.errors import Forbidden, Invalid
from tests import factories

AT = factories.moment("2006-03-01")
DOING = {"by": factories.PROCESS, "at": AT}


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


@pytest.fixture
def lesson(project):
    return factories.lesson(project, state="validated", agreed_at=AT, published_at=AT)


@pytest.fixture
def director(project):
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


def told(client, lesson, person=None) -> str:
    if person is not None:
        client.force_login(person)
    return client.get(lesson.get_absolute_url()).content.decode()


def test_a_restricted_work_is_no_evidence_to_who_may_not_read_it(client, lesson, director, project):
    work = factories.work(
        "K9ZUMBAM", "Obra zumbambico", access="restricted", open_to_projects=[project]
    )
    citing.cite_work(lesson=lesson, work=work, page=7, note="nota zumbambico", **DOING)
    public = told(client, lesson)
    assert "zumbambico" not in public
    assert "No se cita ninguna." in public
    own = told(client, lesson, director)
    assert "Obra zumbambico" in own
    assert "nota zumbambico" in own
    stranger = factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-91")
    page = told(client, lesson, stranger)
    assert "zumbambico" not in page
    assert "K9ZUMBAM" not in page


def test_what_one_may_not_read_one_neither_cites_nor_removes(client, lesson, director):
    hidden = factories.work("K8", "Reservada", access="restricted", open_to_projects=[])
    row = citing.cite_work(lesson=lesson, work=hidden, **DOING)
    client.force_login(director)
    address = f"/lessons/{lesson.pk}/evidence/"
    refused = client.post(f"{address}work/", {"work": "K8"})
    nothing = client.post(f"{address}work/", {"work": "K7"})
    assert (refused.status_code, nothing.status_code) == (422, 422)
    assert "Reservada" not in refused.content.decode()
    assert client.post(f"{address}{row.pk}/remove/").status_code == 404
    factories.work("K6", "Abierta")
    assert client.post(f"{address}work/", {"work": "k6", "page": "3"}).status_code == 302
    mine = lesson.evidence.get(work="K6")
    assert client.post(f"{address}{mine.pk}/remove/").status_code == 302
    assert list(lesson.evidence.values_list("work", flat=True)) == ["K8"]


def test_a_withdrawn_work_is_shown_as_such(client, lesson):
    work = factories.work("K5", "Obra retirada")
    citing.cite_work(lesson=lesson, work=work, **DOING)
    assert "Esta obra fue retirada" not in told(client, lesson)
    actions.withdraw_work(work=work, reason="Hay otra edición", **DOING)
    page = told(client, lesson)
    assert "Obra retirada" in page
    assert "Esta obra fue retirada" in page


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org",
        "casa",
        "",
        "https://ana:clave@example.org/",
        "https://example.org/\u202egro.dib",
    ],
)
def test_an_address_is_of_the_web(client, lesson, director, address):
    with pytest.raises(Invalid) as refused:
        citing.cite_address(lesson=lesson, address=address, by=director, at=AT)
    assert refused.value.place == "address"
    client.force_login(director)
    url = f"/lessons/{lesson.pk}/evidence/address/"
    if address not in ("casa", "//example.org"):  # a form makes addresses of these
        assert client.post(url, {"address": address}).status_code == 422
    assert client.post(url, {"address": "https://example.org/a?b=1"}).status_code == 302
    assert client.post(url, {"address": "https://example.org/a?b=1"}).status_code == 409


def test_evidence_of_a_validated_lesson_is_removed_by_its_director_alone(lesson, director):
    writer = factories.user("coordinadora", role=Role.COORDINATOR, scope="N:RED-90")
    factories.network("RED-90", lesson.project)
    row = citing.cite_address(lesson=lesson, address="https://example.org/", by=writer, at=AT)
    with pytest.raises(Forbidden):
        citing.remove_evidence(evidence=row, by=writer, at=AT)
    citing.remove_evidence(evidence=row, by=director, at=AT)
    assert not Evidence.objects.exists()


def test_evidence_is_of_one_kind(lesson):
    work = factories.work("K4")
    for wrong in ({}, {"work": work, "address": "https://example.org/"}, {"page": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(lesson=lesson, added_at=AT, **wrong)
    assert Evidence.objects.create(lesson=lesson, added_at=AT, work=work, page=3).pk


def test_a_note_carries_the_language_in_which_it_was_written(client, lesson, director):
    with translation.override("pt"):
        row = citing.cite_address(
            lesson=lesson, address="https://example.org/", note="Diz isso", by=director, at=AT
        )
    assert row.language == "pt"
    assert re.search(r'lang="pt"\s*>\s*Diz isso', told(client, lesson))
    silent = citing.cite_address(lesson=lesson, address="https://example.org/b", **DOING)
    assert silent.language == ""


def test_the_history_names_the_language_of_a_translation(client, lesson, director):
    drafting.translate_lesson(lesson=lesson, language="pt", title="Redes", **DOING)
    assert "Lección traducida: Portugués" in told(client, lesson, director)
