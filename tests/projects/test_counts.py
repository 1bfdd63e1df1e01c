"""Numbers of the registry that stand in more than one place: archived rows and successors are in
none of them.
"""

import re

import pytest

from pip_network.choices import Relation
from pip_network.models import Institution
from pip_network.site.demo import seed
from projects.models import Network, Project
from tests import factories
from tests.projects.views.reading import codes, csv_of, page_of

MARKS = re.compile(r'<a href="/countries/(\w\w)/" aria-label="[^"]*?(\d+) red')


@pytest.fixture
def demonstration(db):
    seed.tiny()


def held(client) -> list[str]:
    """The portal's own column of the published totals: projects, networks, countries, millions."""
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page_of(client, "/figures/"), re.S)
    return [re.findall(r'data-k="[^"]+">(?:<a [^>]+>)?([\d,.]+)', row)[1] for row in rows[:6]]


def test_the_two_successors_of_the_demonstration_are_in_no_total(client, demonstration):
    programme = Project.objects.filter(family="pip")
    assert (programme.count(), Project.objects.count(), Network.objects.count()) == (2, 4, 6)
    assert codes(client, "/projects/") == ["PIP-01", "PIP-02"]
    assert len(codes(client, "/networks/")) == 4
    assert held(client)[:2] == ["2", "4"]
    assert held(client)[2] == str(programme.values("countries").distinct().count())
    assert client.get("/api/v1/projects").json()["count"] == 2
    countries = csv_of(client, "/countries/")
    for address in ("/", "/countries/"):
        marks = {iso2: number for iso2, number in MARKS.findall(page_of(client, address))}
        assert marks == {row[1].lower(): row[3] for row in countries[1:] if row[3] != "0"}
        assert sum(map(int, marks.values())) == 4
    typologies = re.findall(
        r'<td class="num" data-k="Redes">(\d+)</td>', page_of(client, "/typologies/")
    )
    assert (sum(map(int, typologies[:4])), typologies[4:]) == (4, ["4"])
    assert not re.search(r"LOC-0\d-1", page_of(client, "/sitemap.xml"))
    for address in ("/", "/about/", "/figures/"):
        assert "LOC-0" not in page_of(client, address)
    amounts = sum(row.amount_fomin + row.amount_local for row in programme)
    assert held(client)[3] == f"{amounts / 1_000_000:.1f}".replace(".", ",")


def test_an_archived_institution_is_no_member_and_not_counted(client, db):
    for slug in ("uno", "dos"):
        Institution.objects.create(
            slug=slug, name=f"Institución {slug}", relation=Relation.MEMBER, origin="stated"
        )
    assert page_of(client, "/about/").count(">Institución ") == 2
    shown = re.compile(r"data-k=\"En este portal[^\"]*\">(?:<a [^>]*>)?(\d+)")
    assert shown.findall(page_of(client, "/figures/"))[-1] == "2"
    Institution.objects.filter(slug="dos").update(archived_at=factories.moment("2006-01-01"))
    assert page_of(client, "/about/").count(">Institución ") == 1
    assert shown.findall(page_of(client, "/figures/"))[-1] == "1"


def test_an_archived_network_is_not_counted_by_the_interface(client, db):
    project = factories.project("PIP-01")
    factories.network("N1", project)
    factories.network(
        "N2", project, typology="cadena_proveedores", archived_at=factories.moment("2006-01-01")
    )
    (row,) = client.get("/api/v1/projects").json()["results"]
    assert (row["networks"], row["typologies"]) == (1, ["cluster"])
    Network.objects.update(archived_at=None)
    (row,) = client.get("/api/v1/projects").json()["results"]
    assert (row["networks"], row["typologies"]) == (2, ["cadena_proveedores", "cluster"])
