import pytest

from pip_network.people.access import Role
from projects.models import ProjectFamily
from tests import factories

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
