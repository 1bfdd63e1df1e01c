"""What the room stores, it stores once, however often its form is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import Application, Evidence, File, ProposalRemark, Validation
from pip_network.people.access import Role
from tests import factories
from tests.pip_network.web.test_once import KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    factories.work("K1")
    return factories.lesson(factories.project("PIP-90"), state="validated")


def sent_twice(client, address: str, typed: dict) -> None:
    key = KEY.search(client.get(address).content.decode())[1]
    first, second = (client.post(address, {**typed, "form_key": key}) for _each in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("door", "typed"),
    [
        ("address", {"address": "https://example.org/", "note": "Lo dice"}),
        ("work", {"work": "K1", "page": "3"}),
    ],
)
def test_evidence(client, lesson, door, typed):
    client.force_login(factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90"))
    sent_twice(client, f"/lessons/{lesson.pk}/evidence/{door}/", typed)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("door", "typed", "model"),
    [
        ("confirm", {"note": "También lo vimos"}, Validation),
        ("apply", {"result": "helped", "text": "La aplicamos en dos redes"}, Application),
    ],
)
def test_what_another_project_says(client, lesson, door, typed, model):
    other = factories.project("PIP-91")
    client.force_login(factories.user("vecina", role=Role.DIRECTOR, scope="P:PIP-91"))
    sent_twice(client, f"/lessons/{lesson.pk}/{door}/", {**typed, "project": other.pk})
    assert model.objects.filter(project=other).count() == 1


def test_a_validation(client):
    draft = factories.lesson(factories.project("PIP-90"))
    client.force_login(factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90"))
    for _each in range(2):
        assert client.post(f"/lessons/{draft.pk}/validate/").status_code == 302
    assert Validation.objects.count() == 1


def test_a_remark_on_a_proposal_and_its_answer(client):
    eva = factories.user("eva", role=Role.EXPERT)
    factories.work("K2", state="proposed", published_at=None, proposed_by=eva)
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    sent_twice(client, "/library/K2/send-back/", {"remark": "Falta el año de la edición"})
    assert ProposalRemark.objects.count() == 1
    client.force_login(eva)
    sent_twice(client, "/library/K2/proposal/send/", {"answer": "Ya está"})


def test_a_file(client):
    factories.work("K1")
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    address = "/library/K1/files/new/"
    key = KEY.search(client.get(address).content.decode())[1]
    for _each in range(2):
        file = SimpleUploadedFile("redes.txt", b"Lo que aprendimos de las redes. " * 9)
        typed = {"language": "es", "file": file, "form_key": key}
        assert client.post(address, typed).status_code == 302
    assert File.objects.count() == 1
