import pytest
from django.conf import settings

from knowledge.works.authors import Named
from pip_network.people.access import Role
from projects.models import ProjectFamily
from tests import factories
from tests.knowledge.search.test_page import with_pages

pytestmark = pytest.mark.django_db


def projects(client, **asked):
    return client.get("/api/v1/projects", asked)


def test_list_has_count_next_and_results(client):
    for code in ("PIP-02", "PIP-01", "PIP-03"):
        factories.network(f"N-{code}", factories.project(code))
    first = projects(client, limit=2).json()
    assert (first["count"], [row["code"] for row in first["results"]]) == (3, ["PIP-01", "PIP-02"])
    second = client.get(first["next"]).json()
    assert (second["next"], [row["code"] for row in second["results"]]) == (None, ["PIP-03"])


def test_a_project_has_its_facts(client):
    factories.network("N1", factories.project("PIP-01", origin="demo"))
    assert projects(client).json()["results"] == [
        {
            "code": "PIP-01",
            "family": "pip",
            "name": "Proyecto PIP-01",
            "executing_institution": "Agencia Ejecutora",
            "countries": ["AR"],
            "typology": "",
            "typologies": ["cluster"],
            "networks": 1,
            "starts_on": "2004-01-10",
            "ends_on": "2007-12-20",
            "amount_fomin_usd": "1000000.00",
            "amount_counterpart_usd": "500000.00",
            "origin": "demo",
        }
    ]


def test_family_is_pip_unless_asked_otherwise(client):
    factories.project("PIP-01")
    other = ProjectFamily.objects.create(code="cl", name_es="CL", name_en="CL", name_pt="CL")
    factories.project("CL-01")
    type(factories.project("CL-02")).objects.filter(code__startswith="CL").update(family=other)
    assert [row["code"] for row in projects(client).json()["results"]] == ["PIP-01"]
    assert [row["code"] for row in projects(client, family="cl").json()["results"]] == [
        "CL-01",
        "CL-02",
    ]
    assert projects(client, family="none").json() == {"count": 0, "next": None, "results": []}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "x"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "1.5"),
        ("limit", "²"),
        ("offset", "-1"),
        ("offset", "9" * 40),
    ],
)
def test_a_bad_number_is_400_with_a_sentence(client, name, value):
    response = projects(client, **{name: value})
    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert response.json()["error"].startswith(f"{name} ")


def test_archived_projects_are_not_listed(client):
    factories.project("PIP-01", archived_at=factories.moment("2008-01-01"))
    assert projects(client).json()["count"] == 0


def works(client, **asked):
    return client.get("/api/v1/works", asked)


@pytest.fixture
def document(db):
    work = factories.work(
        "DOC",
        "Cadenas de valor",
        language="es",
        title_pt="Cadeias de valor",
        abstract_es="Un <b>resumen</b>.",
        authors=(Named("author", "Dini", "Marco"), Named("editor", literal="CEPAL")),
        year=2004,
        type="book",
        countries=("BR", "AR"),
    )
    with_pages(work, "una", "dos")
    return work


def test_a_work_has_its_facts(client, document):
    file = document.original.file
    assert works(client).json() == {
        "count": 1,
        "next": None,
        "results": [
            {
                "code": "DOC",
                "type": "book",
                "year": 2004,
                "languages": sorted(one.language for one in document.expressions.all()),
                "original_language": "es",
                "titles": {"es": "Cadenas de valor", "pt": "Cadeias de valor"},
                "abstracts": {"es": "Un <b>resumen</b>."},
                "authors": [
                    {"role": "author", "family": "Dini", "given": "Marco"},
                    {"role": "editor", "literal": "CEPAL"},
                ],
                "publisher": "",
                "doi": "",
                "licence": "",
                "themes": [],
                "typologies": [],
                "countries": ["AR", "BR"],
                "extent": "",
                "access": "public",
                "files": [
                    {
                        "language": "es",
                        "version": 1,
                        "format": "pdf",
                        "size": file.stored.size,
                        "pages": file.pages,
                        "url": f"{settings.PUBLIC_URL}/library/DOC/es/file/",
                    }
                ],
                "links": {
                    "page": f"{settings.PUBLIC_URL}/library/DOC/",
                    "ris": f"{settings.PUBLIC_URL}/library/DOC/cite/ris/",
                    "bibtex": f"{settings.PUBLIC_URL}/library/DOC/cite/bibtex/",
                    "csl-json": f"{settings.PUBLIC_URL}/library/DOC/cite/csl-json/",
                },
                "origin": document.origin,
            }
        ],
    }


def test_works_come_by_pages_that_keep_what_was_asked(client, db):
    for code in ("W2", "W1", "W3"):
        factories.work(code, code)
    first = works(client, limit=2, language="es").json()
    assert (first["count"], [row["code"] for row in first["results"]]) == (3, ["W1", "W2"])
    assert "language=es" in first["next"]
    second = client.get(first["next"]).json()
    assert (second["next"], [row["code"] for row in second["results"]]) == (None, ["W3"])
    assert works(client, offset=3).json()["results"] == []


def codes(client, **asked):
    return [row["code"] for row in works(client, **asked).json()["results"]]


def test_works_can_be_asked_by_a_language_that_they_can_be_read_in(client, db):
    factories.work("W1", "Uno", language="es")
    factories.work("W2", "Dois", language="pt")
    assert codes(client, language="pt") == ["W2"]
    assert codes(client, language="en") == []
    response = works(client, language="xx")
    assert response.status_code == 400
    assert response.json()["error"].startswith("language ")


def test_works_are_those_that_the_reader_may_see(client, db):
    factories.work("OPEN", "Abierta")
    factories.work("MEMBERS", "De la red", access="network")
    factories.work("CLOSED", "Reservada", access="restricted")
    factories.work("DRAFT", "Propuesta", state="proposed")
    assert codes(client) == ["OPEN"]
    client.force_login(factories.user("socia", role=Role.INSTITUTION))
    assert codes(client) == ["MEMBERS", "OPEN"]
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    assert codes(client) == ["CLOSED", "DRAFT", "MEMBERS", "OPEN"]


@pytest.mark.parametrize("size", [1, 3, 30])
def test_works_are_read_in_the_same_questions(client, django_assert_num_queries, size):
    for number in range(size):
        with_pages(factories.work(f"W{number:02}", f"Obra {number}"), "una")
    with django_assert_num_queries(9):
        works(client)


def test_works_are_only_read(client, db):
    assert client.post("/api/v1/works").status_code == 405
    assert client.head("/api/v1/works").status_code == 200


def test_lessons_are_those_that_the_reader_may_read(client):
    project = factories.project("PIP-01", origin="demo")
    at = factories.moment("2006-03-01")
    published = {"state": "validated", "agreed_at": at, "published_at": at}
    factories.lesson(project, "Abierta", code="AAAAAAAA", **published)
    factories.lesson(project, "De la red", code="BBBBBBBB", state="validated")
    (row,) = client.get("/api/v1/lessons").json()["results"]
    assert row.pop("texts")["es"].pop("title") == "Abierta"
    assert row == {
        "code": "AAAAAAAA",
        "state": "validated",
        "project": "PIP-01",
        "outcome": "worked",
        "confidence": "medium",
        "themes": ["markets"],
        "typologies": [],
        "countries": ["AR"],
        "original": "es",
        "origin": "entered",
    }
    client.force_login(factories.user("experta", role=Role.EXPERT))
    first = client.get("/api/v1/lessons", {"limit": 1}).json()
    assert (first["count"], [one["code"] for one in first["results"]]) == (2, ["AAAAAAAA"])
    second = client.get(first["next"]).json()
    assert (second["next"], [one["code"] for one in second["results"]]) == (None, ["BBBBBBBB"])
    assert client.get("/api/v1/lessons", {"limit": 101}).status_code == 400
