import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def words(response) -> str:
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("&nbsp;", " "))


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        ("es", ["19", "71", "16", "44,1", "22,5", "21,6"]),
        ("pt", ["19", "71", "16", "44,1", "22,5", "21,6"]),
        ("en", ["19", "71", "16", "44.1", "22.5", "21.6"]),
    ],
)
def test_home_shows_the_published_figures(client, language, figures):
    client.cookies["pip_language"] = language
    response = client.get("/")
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    shown = re.findall(r"<dd>\s*([\d.,]+)", page) + re.findall(r"<b>([\d.,]+)</b>", page)
    assert sorted(set(shown)) == sorted(figures)


def test_home_is_in_spanish_whatever_the_browser_says(client):
    assert '<html lang="es">' in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_home_tells_of_the_four_workshops_and_seven_products(client, reference):
    response = client.get("/")
    page = response.content.decode()
    assert re.findall(r'<time datetime="(\d+)">', page) == ["2003", "2004", "2005", "2006"]
    places = [
        "Buenos Aires, Argentina",
        "Cartagena, Colombia",
        "Salvador, Brasil",
        "San José, Costa Rica",
    ]
    assert [place for place in places if place in page] == places
    assert re.findall(r'href="/library/(K\d)/"', page) == ["K1", "K2", "K3", "K4", "K5", "K6", "K7"]


def test_the_map_tells_its_counts_and_that_they_are_a_demonstration(client, reference):
    project = factories.project("PIP-01")
    factories.network("N1", project)
    factories.network("N2", project)
    factories.network("N3", project, country=factories.country("BR", "BRL"))
    page = client.get("/").content.decode()
    assert re.search(r'aria-label="[^"]*: Argentina 2, Brasil 1\."', page)
    assert page.count("<circle") == 2


def test_home_without_any_data_still_shows_what_was_published(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "44,1" in words(response)
    assert "<circle" not in response.content.decode()


@pytest.mark.parametrize("networks", [1, 3, 12])
def test_home_asks_the_same_few_questions(client, reference, django_assert_num_queries, networks):
    project = factories.project("PIP-01")
    for number in range(networks):
        factories.network(f"N{number}", project)
    with django_assert_num_queries(5):
        client.get("/")
