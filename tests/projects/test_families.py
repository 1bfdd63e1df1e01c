"""Projects of local competitiveness exist beside the nineteen and change none of the programme's
totals.
"""

import re

import pytest

from monitoring.portfolio import page as portfolio_page
from pip_network.people.access import Role
from pip_network.site.demo import seed as demo
from pip_network.site.demo import successors
from projects.models import Network, Project, ProjectFamily
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
DAY = factories.day("2006-03-01")


@pytest.fixture
def programme():
    project = factories.project("PIP-01")
    factories.firm("FIRMAAAAA", factories.network("N1", project))
    return project


def add_successor(family: str) -> Project:
    """A project with a network and a firm, of `family`, that carries on PIP-01; in a country of its
    own too.
    """
    ProjectFamily.objects.get_or_create(
        code=family, defaults={"name_es": "F", "name_en": "F", "name_pt": "F"}
    )
    project = factories.project(
        "LOC-01", countries=[factories.country(), factories.country("PE", "PEN")]
    )
    Project.objects.filter(code="LOC-01").update(family=family)
    factories.firm(
        "FIRMBBBBB", factories.network("L1", project, country=factories.country("PE", "PEN"))
    )
    project.predecessors.set(["PIP-01"])
    return project


def told(client) -> dict:
    """What every place that counts says."""
    factories.country("PE", "PEN")
    admin = factories.user("admin")
    if not admin.assignments.exists():
        factories.assign(admin, Role.ADMINISTRATION, "*")
    staff = type(client)()
    staff.force_login(admin)
    context = portfolio_page.build(typology="", country="", at=factories.moment("2006-03-01"))

    def marks(address: str) -> list[str]:
        page = client.get(address).content.decode()
        return re.findall(r'<a href="(/countries/\w\w/)" aria-label="([^"]*)"', page)

    def rows(address: str) -> list[str]:
        page = folded(client.get(address).content.decode())
        return re.findall(r'<td class="num"[^>]*>(?:<a[^>]*>)?([^<]*)<', page)

    return {
        "home": marks("/"),
        "map": marks("/countries/"),
        "countries": rows("/countries/"),
        "projects": re.findall(
            r'<a href="/projects/([A-Z]+-\d+)/">', client.get("/projects/").content.decode()
        ),
        "networks": re.findall(
            r'<a href="/networks/(\w+)/">', client.get("/networks/").content.decode()
        ),
        "typologies": rows("/typologies/"),
        "typology": re.findall(
            r"<b>(\d+)</b>", client.get("/typologies/cluster/").content.decode()
        ),
        "country": re.findall(
            r'<dd class="v">([^<]*)</dd>', client.get("/countries/pe/").content.decode()
        ),
        "api": client.get("/api/v1/projects").json(),
        "portfolio": [list(context["projects"]), context["totals"], context["items"]],
        "monitoring": re.findall(
            r"/monitoring/([A-Z]+-\d+)/", staff.get("/monitoring/").content.decode()
        ),
        "composer": re.findall(
            r'<option value="([A-Z]+-?\d+)"', staff.get("/reports/new/").content.decode()
        ),
        "figures": re.findall(
            r'<dd class="v">([^<]*)</dd>', client.get("/figures/").content.decode()
        ),
    }


def test_no_total_counts_a_project_of_another_family(client, programme):
    before = told(client)
    add_successor("competitividad-local")
    assert told(client) == before


def test_the_same_project_would_count_in_the_programme(client, programme):
    """The twin: with the programme's family each of those places sees it."""
    before = told(client)
    add_successor("pip")
    after = told(client)
    seen = {place for place in before if after[place] != before[place]}
    assert seen >= set(before) - {"monitoring", "figures"}  # nothing was opened for it


def test_lists_show_it_when_asked(client, programme):
    add_successor("competitividad-local")
    page = client.get("/projects/?family=competitividad-local").content.decode()
    assert re.findall(r'<a href="/projects/([A-Z]+-\d+)/">', page) == ["LOC-01"]
    page = client.get("/projects/?family=all").content.decode()
    assert re.findall(r'<a href="/projects/([A-Z]+-\d+)/">', page) == ["LOC-01", "PIP-01"]


def test_pages_of_both_lead_to_each_other(client, programme):
    add_successor("competitividad-local")
    assert 'href="/projects/LOC-01/"' in client.get("/projects/PIP-01/").content.decode()
    assert 'href="/projects/PIP-01/"' in client.get("/projects/LOC-01/").content.decode()


def test_its_monitoring_does_not_exist(client, programme):
    add_successor("competitividad-local")
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    assert list(Project.objects.with_monitoring(admin).values_list("code", flat=True)) == ["PIP-01"]


def test_the_demonstration_has_two(tiny_demo):
    found = Project.objects.exclude(family="pip").order_by("code")
    assert list(found.values_list("code", "family", "origin", "predecessors")) == [
        ("LOC-01", successors.FAMILY, "demo", "PIP-01"),
        ("LOC-02", successors.FAMILY, "demo", "PIP-02"),
    ]
    assert Network.objects.of_programme().count() == tiny_demo.networks == 4
    assert Project.objects.of_programme().count() == tiny_demo.projects == 2
    assert not any(project.submissions.exists() for project in found)


@pytest.fixture
def tiny_demo(db):
    return demo.tiny()
