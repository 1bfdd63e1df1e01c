"""The page of a work: in the reader's language, for whoever may read it, for ever."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile

from knowledge.models import Expression, File, Page, Work
from knowledge.works import actions, embargoes, related
from knowledge.works.authors import Named
from pip_network.files.stored import keep, previews
from pip_network.people.access import Role
from tests import factories
from tests.pip_network.files.stored import pdf

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")
DOING = {"by": factories.PROCESS, "at": AT}
THREE = {
    "title_pt": "Redes de empresas",
    "translation_status_pt": "network",
    "title_en": "Networks of firms",
    "translation_status_en": "title",
    "abstract_es": "Trata de redes.",
    "abstract_by_es": "network",
}


def told(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "title"),
    [("es", "Redes empresariales"), ("pt", "Redes de empresas"), ("en", "Networks of firms")],
)
def test_it_opens_in_the_readers_language(client, language, title):
    factories.work("K1", "Redes empresariales", **THREE)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert f'<h1 lang="{language}">{title}</h1>' in told(client, "/library/K1/")


def test_a_language_of_which_only_the_title_is_there_has_no_chip(client):
    work = factories.work("K1", "Redes empresariales", **THREE)
    assert work.languages == ["es", "pt"]
    page = told(client, "/library/K1/")
    assert "Disponible en español y portugués" in page
    assert "Descripción de la red" in page


def test_without_an_abstract_it_says_so(client):
    factories.work("K1")
    assert "Sin resumen en las fuentes." in told(client, "/library/K1/")


def test_related_works_say_why(client):
    dini = (Named("author", "Dini", "M."),)
    factories.work("K1", authors=dini, countries=("BR",))
    factories.work("K2", "Otra", authors=dini)
    factories.work("K3", "Ajena")
    page = told(client, "/library/K1/")
    assert "mismo autor: Dini, M." in page
    assert "Ajena" not in page


def test_one_author_is_known_however_the_given_name_is_written(client):
    factories.work("K1", authors=(Named("author", "Dini", "M."),))
    factories.work("K2", "Otra", authors=(Named("author", "Dini", "Marco"),))
    factories.work("K3", "Ajena", authors=(Named("author", "Dini", "Paola"),))
    page = told(client, "/library/K1/")
    assert "mismo autor: Dini, M." in page
    assert ("Otra" in page, "Ajena" in page) == (True, False)


def test_the_same_author_is_found_behind_many_of_the_same_country(client, monkeypatch):
    monkeypatch.setattr(related, "LOOKED_AT", 2)
    dini = (Named("author", "Dini", "M."),)
    factories.work("K1", authors=dini, countries=("BR",))
    for number in range(2, 5):
        factories.work(f"K{number}", f"Obra {number}", countries=("BR",))
    factories.work("K9", "La otra", authors=dini)
    assert "La otra" in told(client, "/library/K1/")


@pytest.mark.parametrize("many", [1, 3, 12])
def test_its_page_asks_the_same_number_of_questions(client, django_assert_num_queries, many):
    dini = (Named("author", "Dini", "M."),)
    for number in range(many + 1):
        factories.work(f"K{number}", f"Obra {number}", authors=dini, themes=(("credit", False),))
    client.get("/library/K0/")
    with django_assert_num_queries(27):
        client.get("/library/K0/")


# --- who may


def institution_and_member():
    institution = factories.institution("socia")
    member = factories.user(
        "socia", role=Role.INSTITUTION, scope=f"I:{institution.pk}", institution=institution
    )
    return institution, member


def test_a_restricted_work_is_nothing_to_others_and_there_for_its_own(client):
    institution, member = institution_and_member()
    factories.work("K1", access="restricted", open_to_institutions=[institution])
    for stranger in (None, factories.user("experta", role=Role.EXPERT)):
        if stranger:
            client.force_login(stranger)
        assert client.get("/library/K1/").status_code == 404
    client.force_login(member)
    assert "Instituciones y proyectos nombrados" in told(client, "/library/K1/")


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.DIRECTOR, "P:PIP-01", 200),
        (Role.COORDINATOR, "N:N1", 200),
        (Role.DIRECTOR, "P:PIP-02", 404),
        (Role.SPECIALIST, "P:PIP-02", 200),  # curates
        (Role.ADMINISTRATION, "*", 200),
    ],
)
def test_a_work_of_a_project_is_read_by_who_works_there(client, role, scope, status):
    project = factories.project("PIP-01")
    factories.project("PIP-02")
    factories.network("N1", project)
    factories.work("K1", access="restricted", open_to_projects=[project])
    client.force_login(factories.user("persona", role=role, scope=scope))
    assert client.get("/library/K1/").status_code == status


def test_a_work_of_the_network_is_for_members(client):
    factories.work("K1", access="network")
    assert client.get("/library/K1/").status_code == 404
    client.force_login(factories.user("nadie"))
    assert client.get("/library/K1/").status_code == 404
    client.force_login(factories.user("experta", role=Role.EXPERT))
    assert client.get("/library/K1/").status_code == 200


def test_an_embargo_ends_at_its_minute_and_not_before(client):
    until = factories.moment("2006-08-01 03:00")  # midnight in Buenos Aires
    factories.work("K1", embargo_until=until)
    minute = dt.timedelta(minutes=1)
    with time_machine.travel(until - minute, tick=False):
        assert embargoes.sweep(at=until - minute) == 0
        assert client.get("/library/K1/").status_code == 404
    with time_machine.travel(until, tick=False):
        assert client.get("/library/K1/").status_code == 404  # late is hidden
        assert embargoes.sweep(at=until) == 1
        assert client.get("/library/K1/").status_code == 200
        assert embargoes.sweep(at=until) == 0
    assert Work.objects.get(code="K1").first_public_at == until


# --- withdrawn


def withdrawn(client, **more) -> str:
    actions.withdraw_work(
        work=Work.objects.get(code="K1"), reason="Hay una edición corregida", **more, **DOING
    )
    return told(client, "/library/K1/", 410)


def test_a_withdrawn_work_says_why_and_what_replaces_it(client):
    factories.work("K1", "Redes", authors=(Named("author", "Dini", "M."),), year=2004)
    factories.work("K2", "Redes, segunda edición")
    page = withdrawn(client, replaced_by="k2")
    for said in ("Dini, M.", "(2004)", "Redes", "Hay una edición corregida", "12 de julio de 2006"):
        assert said in page
    assert '<a href="/library/K2/">Redes, segunda edición</a>' in page


def test_what_replaces_it_is_not_told_to_who_may_not_read_it(client):
    factories.work("K1", "Redes")
    factories.work("K2", "Reservada", access="network")
    assert "Reservada" not in withdrawn(client, replaced_by="K2")
    client.force_login(factories.user("experta", role=Role.EXPERT))
    assert "Reservada" in told(client, "/library/K1/", 410)


def test_a_withdrawn_work_that_one_could_not_read_is_nothing(client):
    institution, member = institution_and_member()
    factories.work("K1", access="restricted", open_to_institutions=[institution])
    work = Work.objects.get(code="K1")
    actions.withdraw_work(work=work, reason="Pedido de la institución", **DOING)
    assert client.get("/library/K1/").status_code == 404
    client.force_login(member)
    assert client.get("/library/K1/").status_code == 410


def test_nothing_of_a_withdrawn_work_is_read_any_more(client):
    work = with_pages("uno")
    assert client.get("/library/K1/es/p/1/").status_code == 200
    actions.withdraw_work(work=work, reason="Hay una edición corregida", **DOING)
    assert client.get("/library/K1/es/p/1/").status_code == 404
    actions.restore_work(work=work, **DOING)
    assert client.get("/library/K1/es/p/1/").status_code == 200


# --- pages as text


def with_pages(*texts: str) -> Work:
    work = factories.work("K1", "Redes")
    expression = Expression.objects.get(work=work)
    file = File.objects.create(
        expression=expression, stored=factories.stored(), text_state="text", pages=len(texts)
    )
    for number, text in enumerate(texts, 1):
        Page.objects.create(file=file, number=number, text=text)
    return work


def test_a_page_is_read_as_text_with_its_words_marked(client):
    with_pages("Prólogo", "La <b>gestión</b> de redes\ndesde las gestiones", "Fin")
    page = told(client, "/library/K1/es/p/2/?q=gestion")
    assert "&lt;b&gt;<mark>gestión</mark>&lt;/b&gt; de redes" in page
    assert "desde las <mark>gestiones</mark>" in page
    assert 'href="/library/K1/es/p/1/?q=gestion"' in page
    assert 'href="/library/K1/es/p/3/?q=gestion"' in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("address", ["es/p/4/", "pt/p/1/", "es/p/0/", "xx/p/1/"])
def test_a_page_that_is_not_there_is_nothing(client, address):
    with_pages("a", "b", "c")
    assert client.get(f"/library/K1/{address}").status_code == 404


def test_files_are_listed_with_size_format_and_pages(client):
    with_pages("a", "b")
    page = " ".join(told(client, "/library/K1/").split())
    assert "Español: Documento PDF, 1 kB" in page
    assert "2 páginas" in page


@pytest.mark.parametrize("code", ["k1", "K1"])
def test_a_code_is_found_however_it_is_typed(client, code):
    factories.work("K1")
    assert client.get(f"/library/{code}/").status_code == 200


# --- the picture of the first page


def with_face(work: Work, language: str, settings, tmp_path) -> None:
    """A file in this language whose first page was drawn."""
    settings.MEDIA_ROOT = tmp_path
    content = ContentFile(pdf("Redes"))
    stored = keep(content, name="redes.pdf", by=factories.user("curadora"), at=AT)
    previews.save(stored, b"webp")
    expression = Expression.objects.get(work=work, language=language)
    File.objects.create(expression=expression, version=1, stored=stored)


def test_the_first_page_is_shown_in_the_readers_language_if_it_can_be(client, settings, tmp_path):
    work = factories.work("K1", "Redes empresariales", **THREE)
    assert 'class="face"' not in told(client, "/library/K1/")
    with_face(work, "pt", settings, tmp_path)
    said = 'src="/library/K1/{0}/face/" alt="Primera página del archivo en {1}"'
    assert said.format("pt", "portugués") in told(client, "/library/K1/")
    assert b"".join(client.get("/library/K1/pt/face/")) == b"webp"
    with_face(work, "es", settings, tmp_path)
    assert said.format("es", "español") in told(client, "/library/K1/")
