import re

import pytest

from pip_network.people.access import Role
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(db):
    project = factories.project("PIP-01")
    network = factories.network("N1", project)
    factories.firm("FIRMAAAAA", network, name="Empresa Inventada")
    factories.membership(
        factories.firm("FIRMBBBBB", name="Empresa Ida"), network, left_on="2005-03-01"
    )
    return project


def signed_in(client, role: Role, scope: str):
    client.force_login(factories.user(role=role, scope=scope))
    return client


def test_the_public_sees_how_many_firms_and_no_name(client, registry):
    page = client.get("/networks/N1/").content.decode()
    assert "Inventada" not in page
    assert "FIRMAAAAA" not in page
    assert re.findall(r'<dd class="v">([^<]*)</dd>', page) == ["1", "1"]


@pytest.mark.parametrize(
    ("role", "scope", "sees"),
    [
        (Role.DIRECTOR, "P:PIP-01", True),
        (Role.COORDINATOR, "N:N1", True),
        (Role.SPECIALIST, "P:PIP-77", True),  # any specialist reads the whole portfolio
        (Role.ADMINISTRATION, "*", True),
        (Role.DIRECTOR, "P:PIP-02", False),
        (Role.COORDINATOR, "N:N2", False),
        (Role.INSTITUTION, "*", False),
        (Role.EXPERT, "*", False),
    ],
)
def test_names_of_firms_are_for_who_works_with_them(client, registry, role, scope, sees):
    page = signed_in(client, role, scope).get("/networks/N1/").content.decode()
    assert ("Empresa Inventada" in page, "Empresa Ida" in page) == (sees, sees)


def test_people_are_for_members_of_the_learning_network(client, registry):
    factories.user("ana", role=Role.DIRECTOR, scope="P:PIP-01")
    assert "<dd>Ana</dd>" not in client.get("/projects/PIP-01/").content.decode()
    page = signed_in(client, Role.INSTITUTION, "*").get("/projects/PIP-01/").content.decode()
    assert "<dd>Ana</dd>" in page
    assert "ana@example.org" not in page


@pytest.mark.parametrize(("scope", "shown"), [("P:PIP-01", True), ("P:PIP-02", False)])
def test_the_way_to_monitoring_is_for_who_monitors_this_project(client, registry, scope, shown):
    page = folded(signed_in(client, Role.DIRECTOR, scope).get("/projects/PIP-01/").content.decode())
    head = page[page.index("<h1>") : page.index("<section")]
    assert ('href="/monitoring/"' in head) == shown


def test_project_page_tells_its_money(client, registry):
    page = client.get("/projects/PIP-01/").content.decode()
    assert [amount for amount in re.findall(r"US\$\xa0([\d.]+)", page)] == [
        "1.500.000",
        "1.000.000",
        "500.000",
    ]


def test_project_page_tells_its_story_in_order(client, registry):
    days = re.findall(
        r'<time datetime="([\d-]+)">', client.get("/projects/PIP-01/").content.decode()
    )
    assert days == ["2004-01-10", "2004-02-01", "2007-12-20"]


@pytest.mark.parametrize(
    "address",
    [
        "/projects/PIP-99/",
        "/networks/N9/",
        "/countries/zz/",
        "/countries/argentina/",
        "/institutions/nadie/",
        "/workshops/no/",
        "/library/NO/",
    ],
)
def test_what_does_not_exist_is_404_in_our_words(client, registry, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("address", ["/countries/ar/", "/countries/AR/"])
def test_country_by_its_code_in_any_case(client, registry, address):
    assert client.get(address).status_code == 200


def test_archived_project_is_gone(client, registry):
    registry.archived_at = factories.moment("2008-01-01")
    registry.save()
    assert client.get("/projects/PIP-01/").status_code == 404


def test_workshop_without_a_published_date_says_so(client, reference):
    known, unknown = (
        client.get(f"/workshops/{slug}/").content.decode()
        for slug in ("san-jose-2006", "salvador-2005")
    )
    assert "10 a 12 de julio de 2006" in known
    assert 'class="nil"' not in known
    assert 'class="nil"' in unknown


def test_works_of_a_workshop_come_from_the_library(client, reference):
    assert 'href="/library/L01/"' in client.get("/workshops/san-jose-2006/").content.decode()
    assert 'href="/library/' not in re.sub(
        r"<footer.*", "", client.get("/workshops/salvador-2005/").content.decode(), flags=re.S
    ).replace('href="/library/"', "")
