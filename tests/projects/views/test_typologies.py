"""The four typologies and the countries: numbers are those of the lists that they lead to."""

import html
import re

import pytest

from pip_network.models import Institution
from projects.choices import Typology
from projects.models import Project, ProjectFamily
from tests import factories
from tests.projects.views.reading import codes, csv_of, page_of

ROW = re.compile(
    r'<tr><th scope="row"><a href="/typologies/(\w+)/">([^<]*)</a></th><td class="num"[^>]*>(\d+)</td>'
    r'<td class="num"[^>]*>(\d+)</td><td><a href="([^"]*)">'
)
BY_COUNTRY = re.compile(r'<td class="num"><a href="([^"]*)" aria-label="[^"]*: (\d+)">(\d+)</a>')
TILES = re.compile(r'<dd class="v">([^<]*)</dd>')


@pytest.fixture
def several(registry):
    """Beside the registry's three: a dissolved network, an archived one, one of an archived
    project, one of a successor.
    """
    brazil = factories.country("BR", "BRL")
    factories.network(
        "N4", registry.first, country=brazil, dissolved_on=factories.day("2005-01-01")
    )
    factories.network("N5", registry.first, archived_at=factories.moment("2006-01-01"))
    gone = factories.project("PIP-06", archived_at=factories.moment("2006-01-01"))
    factories.firm("FIRM6", factories.network("N6", gone))
    ProjectFamily.objects.create(code="local", name_es="Local", name_en="Local", name_pt="Local")
    successor = factories.project("LOC-01", countries=[brazil])
    Project.objects.filter(pk="LOC-01").update(family="local")
    factories.firm("FIRM7", factories.network("L1", successor, country=brazil))
    return registry


def test_the_table_has_the_four_and_their_numbers_are_those_of_the_lists(several, client):
    rows = ROW.findall(page_of(client, "/typologies/"))
    assert [row[0] for row in rows] == [
        "redes_empresariales",
        "cluster",
        "sistema_territorial",
        "cadena_proveedores",
    ]
    assert {row[0] for row in rows} == set(Typology.values)
    assert {row[0]: (row[2], row[3]) for row in rows} == {
        "redes_empresariales": ("0", "0"),
        "cluster": ("3", "3"),
        "sistema_territorial": ("0", "0"),
        "cadena_proveedores": ("1", "1"),
    }
    for _code, _name, count, _countries, address in rows:
        assert len(codes(client, html.unescape(address))) == int(count)
    assert f'<td class="num" data-k="Redes">{len(codes(client, "/networks/"))}</td>' in page_of(
        client, "/typologies/"
    )


@pytest.mark.parametrize("code", Typology.values)
def test_a_typology_leads_to_as_many_networks_as_it_counts(several, client, code):
    page = page_of(client, f"/typologies/{code}/")
    here = codes(client, "/networks/", typology=code)
    assert re.search(r'<ul class="facts"><li><b>(\d+)</b>', page)[1] == str(len(here))
    by_country = BY_COUNTRY.findall(page)
    for address, told, shown in by_country:
        assert told == shown
        assert len(codes(client, html.unescape(address))) == int(shown)
    assert sum(int(shown) for _address, _told, shown in by_country) == len(here)
    assert sorted(re.findall(r'<a href="/networks/(\w+)/">', page)) == sorted(here)
    assert set(re.findall(r'<a href="/typologies/(\w+)/">', page)) == set(Typology.values) - {code}


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_three_columns_of_the_presentation_and_supplier_chains_without_one(
    several, client, language
):
    client.cookies["pip_language"] = language
    page = page_of(client, "/typologies/cluster/")
    assert page.count('<dl class="dl"><dt>') == 1
    assert '<dl class="dl"><dt>' not in page_of(client, "/typologies/cadena_proveedores/")


def test_a_typology_that_is_none_does_not_exist(db, client):
    assert client.get("/typologies/club/").status_code == 404
    assert client.get("/typologies/cluster/").status_code == 200


def test_countries_count_what_their_lists_hold(several, client):
    rows = {row[1]: row for row in csv_of(client, "/countries/")[1:]}
    assert {iso2: row[2:5] for iso2, row in rows.items()} == {
        "AR": ["2", "2", "2"],
        "PE": ["1", "1", "2"],
        "BR": ["0", "1", "0"],
    }
    for iso2, row in rows.items():
        projects, networks = (
            codes(client, "/projects/", country=iso2),
            codes(client, "/networks/", country=iso2),
        )
        assert [row[2], row[3]] == [str(len(projects)), str(len(networks))]
        page = page_of(client, f"/countries/{iso2.lower()}/")
        assert TILES.findall(page)[:3] == row[2:5]
        assert set(re.findall(r'href="/networks/(\w+)/"', page)) == set(networks)


def test_a_regional_project_counts_once_in_each_of_its_countries_and_once_in_all(several, client):
    rows = {row[1]: row for row in csv_of(client, "/countries/")[1:]}
    assert int(rows["AR"][2]) + int(rows["PE"][2]) == 3
    assert codes(client, "/projects/") == ["PIP-01", "PIP-02"]
    for iso2 in ("ar", "pe"):
        assert 'href="/projects/PIP-02/"' in page_of(client, f"/countries/{iso2}/")


def test_a_successor_stands_outside_of_the_totals_of_its_country(several, client):
    page = page_of(client, "/countries/br/")
    assert TILES.findall(page)[:3] == ["0", "1", "0"]
    assert 'href="/projects/LOC-01/"' in page
    assert 'href="/networks/L1/"' not in page


def test_more_institutions_than_fit_are_counted_all_the_same(several, client):
    Institution.objects.bulk_create(
        Institution(
            slug=f"i{number}", name=f"I {number:02}", relation="related", origin="stated", iso2="PE"
        )
        for number in range(51)
    )
    Institution.objects.filter(slug="i50").update(archived_at=factories.moment("2006-01-01"))
    assert TILES.findall(page_of(client, "/countries/pe/"))[3] == "50"
    Institution.objects.filter(slug="i50").update(archived_at=None)
    page = page_of(client, "/countries/pe/")
    assert TILES.findall(page)[3] == "51"
    assert page.count('href="/institutions/i') == 50
    assert "Las primeras 50 de 51" in page
