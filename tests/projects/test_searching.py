"""The registry's lists: few questions whatever the size, search that forgives accents, filters that
stay in the address.
"""

import re

import pytest

from pip_network.models import Institution
from pip_network.people.access import Role
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 30]


def names(response) -> list[str]:
    return re.findall(
        r'<th scope="row"><a href="[^"]*"[^>]*>([^<]*)</a>', folded(response.content.decode())
    )


def fill(size: int) -> None:
    for number in range(size):
        project = factories.project(
            f"PIP-{number:02}", countries=[factories.country(), factories.country("BR", "BRL")]
        )
        network = factories.network(f"N{number:02}", project)
        for letter in "AB":
            factories.firm(f"FIRM{number:02}{letter}", network)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/projects/", 9),
        ("/networks/", 6),
        ("/countries/", 5),
        ("/institutions/", 4),
        ("/api/v1/projects", 4),
    ],
)
def test_list_asks_the_same_number_of_questions(
    client, django_assert_num_queries, size, address, queries
):
    fill(size)
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.status_code == 200


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/projects/PIP-00/", 13),
        ("/networks/N00/", 3),
        ("/countries/ar/", 7),
        ("/institutions/ejecutora/", 4),
    ],
)
def test_page_asks_the_same_number_of_questions(
    client, django_assert_num_queries, size, address, queries
):
    fill(size)
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.status_code == 200


def test_counts_of_a_project_leave_out_who_left_who_closed_and_who_is_twice(client):
    project = factories.project("PIP-01")
    one, two = factories.network("N1", project), factories.network("N2", project)
    factories.firm("TWICE", one, two)
    factories.firm("CLOSED", one, closed_on=factories.day("2005-01-01"), closing_reason="economic")
    factories.membership(factories.firm("LEFT"), one, left_on="2005-01-01")
    row = folded(client.get("/projects/").content.decode())
    assert re.findall(r'<td class="num" data-k="[^"]*">([^<]*)</td>', row)[:2] == ["2", "1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cordoba", ["Muebles de Córdoba"]),
        ("CÓRDOBA", ["Muebles de Córdoba"]),
        ("acai", ["Rede de Açaí"]),
        ("nada", []),
    ],
)
def test_search_forgives_capitals_and_accents(client, asked, found):
    for code, name in [("PIP-01", "Muebles de Córdoba"), ("PIP-02", "Rede de Açaí")]:
        project = factories.project(code)
        project.name = name
        project.save()
    assert names(client.get("/projects/", {"q": asked})) == found


@pytest.mark.parametrize("typed", ["80012345-6", "800123456", "80.012.345-6", "0012345"])
@pytest.mark.parametrize("address", ["/firms/", "/search/"])
def test_a_firm_is_found_by_its_tax_id_however_it_is_written(client, address, typed):
    factories.firm(
        "FIRM1", factories.network("N1", factories.project()), name="Uno", tax_id="800123456"
    )
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    assert "/firms/FIRM1/" in client.get(address, {"q": typed}).content.decode()
    other = client.get(address, {"q": "80012345-7"}).content.decode()
    assert "/firms/FIRM1/" not in other


def test_search_looks_for_every_word(client):
    factories.network("N1", factories.project("PIP-01"), name="Red de café")
    factories.network("N2", factories.project("PIP-02"), name="Red de cuero")
    assert names(client.get("/networks/", {"q": "red CAFE"})) == ["Red de café"]


def test_filters_narrow_the_list(client):
    project = factories.project("PIP-01")
    factories.network("N1", project, typology="cluster")
    factories.network("N2", project, typology="cadena_proveedores")
    factories.network("N3", project, typology="cluster", country=factories.country("BR", "BRL"))
    assert names(client.get("/networks/", {"typology": "cluster"})) == ["Red N1", "Red N3"]
    assert names(client.get("/networks/", {"typology": "cluster", "country": "BR"})) == ["Red N3"]


def test_filters_and_order_stay_in_the_links_of_the_pages(client):
    project = factories.project("PIP-01")
    for number in range(60):
        factories.network(f"N{number:02}", project)
    page = client.get("/networks/", {"typology": "cluster", "sort": "-name"}).content.decode()
    assert 'href="?typology=cluster&amp;sort=-name&amp;page=2"' in page
    assert names(client.get("/networks/", {"sort": "-name", "page": "2"})) == [
        f"Red N{number:02}" for number in range(9, -1, -1)
    ]


@pytest.mark.parametrize("sort", ["name", "-name", "firms", "-firms", "constituted_on"])
def test_order_is_total(client, sort):
    """Equal values follow the code, so that no row changes its place between two requests."""
    project = factories.project("PIP-01")
    for code in ("N3", "N1", "N2"):
        factories.network(code, project, name="Igual")
    codes = re.findall(
        r'href="/networks/(N\d)/"', client.get("/networks/", {"sort": sort}).content.decode()
    )
    expected = ["N1", "N2", "N3"]
    assert codes in (expected, expected[::-1])
    assert codes == re.findall(
        r'href="/networks/(N\d)/"', client.get("/networks/", {"sort": sort}).content.decode()
    )


@pytest.mark.parametrize(
    "nonsense",
    [
        {"sort": "password"},
        {"sort": "-"},
        {"page": "9999"},
        {"page": "x"},
        {"page": "-1"},
        {"country": "ZZ"},
        {"typology": "'"},
        {"per_page": "100000"},
        {"q": "%"},
    ],
    ids=str,
)
def test_nonsense_in_the_address_never_fails(client, nonsense):
    factories.network("N1", factories.project("PIP-01"))
    assert client.get("/networks/", nonsense).status_code == 200


def test_a_percent_sign_is_only_a_sign(client):
    factories.network("N1", factories.project("PIP-01"))
    assert names(client.get("/networks/", {"q": "n%1"})) == []
    assert names(client.get("/networks/", {"q": "%"})) == []


def test_nobody_asks_for_longer_pages(client):
    project = factories.project("PIP-01")
    for number in range(55):
        factories.network(f"N{number:02}", project)
    assert len(names(client.get("/networks/", {"per_page": "1000"}))) == 50


def test_empty_list_says_what_and_offers_the_way_back(client):
    factories.network("N1", factories.project("PIP-01"))
    page = client.get("/networks/", {"q": "nada"}).content.decode()
    assert 'class="empty"' in page
    assert 'href="/networks/">' in page


def test_institutions_are_in_one_order_without_regard_to_accents(client):
    for slug, name in [("c", "Ágora"), ("a", "Banco"), ("b", "agencia")]:
        Institution.objects.create(slug=slug, name=name, relation="member", origin="stated")
    assert names(client.get("/institutions/")) == ["agencia", "Ágora", "Banco"]


def test_archived_rows_are_in_no_list(client):
    project = factories.project("PIP-01")
    factories.network("N1", project)
    factories.network("N2", project, archived_at=factories.moment("2006-01-01"))
    assert names(client.get("/networks/")) == ["Red N1"]
    assert client.get("/networks/N2/").status_code == 404
