"""Projects, networks and institutions: what each filter leaves, to whom it is offered, and that
counts are those of the rows.
"""

import pytest
from django.test import Client

from pip_network.models import Institution
from pip_network.people.access import Role
from projects.models import Network, Project, ProjectFamily
from tests import factories
from tests.projects.views.reading import codes, csv_of, names, page_of

LONG_AGO, SOON = (
    {"starts_on": "2001-01-01", "ends_on": "2002-01-01"},
    {"starts_on": "2090-01-01", "ends_on": "2091-01-01"},
)
ARCHIVED_AT = factories.moment("2006-01-01")


@pytest.fixture
def more(registry):
    """PIP-03 has ended, PIP-04 runs, PIP-05 has not begun, PIP-06 is archived, LOC-01 is of another
    family.
    """
    factories.project("PIP-03", **LONG_AGO, summary="Ñandúes y ágaves")
    factories.project("PIP-04", ends_on="2090-01-01")
    factories.project("PIP-05", **SOON)
    factories.network("N6", factories.project("PIP-06", archived_at=ARCHIVED_AT))
    ProjectFamily.objects.create(code="local", name_es="Local", name_en="Local", name_pt="Local")
    factories.network("L1", factories.project("LOC-01"))
    Project.objects.filter(pk="LOC-01").update(family="local")
    factories.network("N4", registry.first, dissolved_on=factories.day("2005-01-01"))
    factories.network("N5", registry.first, archived_at=ARCHIVED_AT)
    other = Institution.objects.create(
        slug="camara", name="Cámara Única", relation="related", origin="demo", iso2="PE"
    )
    Project.objects.filter(pk="PIP-02").update(executing_institution=other)
    return registry


PROGRAMME = ["PIP-01", "PIP-02", "PIP-03", "PIP-04", "PIP-05"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, PROGRAMME),
        ({"country": "PE"}, ["PIP-02"]),
        ({"country": "AR"}, PROGRAMME),
        ({"typology": "cadena_proveedores"}, ["PIP-01"]),
        ({"typology": "sistema_territorial"}, []),
        ({"sector": "20"}, ["PIP-02"]),
        ({"state": "closed"}, ["PIP-01", "PIP-02", "PIP-03"]),
        ({"state": "running"}, ["PIP-04"]),
        ({"state": "ahead"}, ["PIP-05"]),
        ({"state": "archived"}, PROGRAMME),  # not offered to the public
        ({"family": "local"}, ["LOC-01"]),
        ({"family": "all"}, ["LOC-01", *PROGRAMME]),
        ({"family": "none"}, PROGRAMME),
        ({"q": "NANDUES agaves"}, ["PIP-03"]),
        ({"q": "camara unica"}, ["PIP-02"]),  # its executing institution
        ({"q": "perú"}, ["PIP-02"]),
        ({"q": "cadenas de proveedores"}, ["PIP-01"]),
        ({"mine": "mine"}, PROGRAMME),  # nobody's, for a visitor
        ({"institution": "999999"}, PROGRAMME),
        ({"institution": "x"}, PROGRAMME),
    ],
    ids=str,
)
def test_projects_by_filter(more, client, asked, found):
    assert sorted(codes(client, "/projects/", **asked)) == sorted(found)


def test_projects_of_an_institution_are_those_that_its_row_counts(more, client):
    for institution in Institution.objects.all():
        found = codes(client, "/projects/", institution=str(institution.pk), family="all")
        row = next(
            row for row in csv_of(client, "/institutions/")[1:] if row[0] == institution.name
        )
        assert row[5] == str(len(found))
        assert len(found) in (1, 5)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["N1", "N2", "N3", "N4"]),
        ({"typology": "cadena_proveedores"}, ["N2"]),
        ({"sector": "20"}, ["N3"]),
        ({"country": "PE"}, ["N3"]),
        ({"state": "active"}, ["N1", "N2", "N3"]),
        ({"state": "dissolved"}, ["N4"]),
        ({"state": "archived"}, ["N1", "N2", "N3", "N4"]),
        ({"family": "local"}, ["L1"]),
        ({"family": "all"}, ["L1", "N1", "N2", "N3", "N4"]),
        ({"q": "PIP-02"}, ["N3"]),
        ({"q": "textiles"}, ["N2"]),
        ({"q": "PERU"}, ["N3"]),
        ({"mine": "mine"}, ["N1", "N2", "N3", "N4"]),
    ],
    ids=str,
)
def test_networks_by_filter(more, client, asked, found):
    assert sorted(codes(client, "/networks/", **asked)) == found


@pytest.mark.parametrize(
    ("role", "scope", "projects", "networks"),
    [
        (Role.DIRECTOR, "P:PIP-01", ["PIP-01"], ["N1", "N2", "N4"]),
        (Role.SPECIALIST, "P:PIP-02", ["PIP-02"], ["N3"]),  # may read all, works with one
        (Role.COORDINATOR, "N:N3", ["PIP-02"], ["N3"]),
        (Role.DIRECTOR, "P:PIP-06", [], []),  # archived
    ],
)
def test_mine_is_where_a_role_is_held(more, role, scope, projects, networks):
    reader = more.reader(role, scope)
    assert codes(reader, "/projects/", mine="mine") == projects
    assert codes(reader, "/networks/", mine="mine") == networks
    assert len(codes(reader, "/projects/")) == 5


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.EXPERT, Role.SPECIALIST, None])
def test_mine_is_not_offered_to_who_works_everywhere_or_nowhere(more, role):
    reader = more.reader(role)
    assert 'name="mine"' not in page_of(reader, "/projects/")
    assert codes(reader, "/projects/", mine="mine") == PROGRAMME
    assert 'name="mine"' in page_of(more.reader(Role.DIRECTOR, "P:PIP-01"), "/projects/")


def test_what_is_archived_is_for_who_keeps_the_registry(more):
    admin = more.reader(Role.ADMINISTRATION)
    Institution.objects.filter(slug="camara").update(archived_at=ARCHIVED_AT)
    assert codes(admin, "/projects/", state="archived") == ["PIP-06"]
    assert codes(admin, "/networks/", state="archived") == ["N5", "N6"]
    assert names(admin, "/institutions/", state="archived") == ["Cámara Única"]
    assert names(admin, "/institutions/") == ["Agencia Ejecutora"]
    specialist = more.reader(Role.SPECIALIST)
    assert codes(specialist, "/projects/", state="archived") == PROGRAMME
    assert codes(specialist, "/networks/", state="archived") == ["N1", "N2", "N3", "N4"]
    assert names(specialist, "/institutions/", state="archived") == ["Agencia Ejecutora"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Agencia Ejecutora", "Cámara Única", "Óptica sin Proyectos"]),
        ({"relation": "related"}, ["Cámara Única"]),
        ({"relation": "member"}, ["Agencia Ejecutora"]),
        ({"country": "PE"}, ["Cámara Única"]),
        (
            {"country": "AR"},
            ["Agencia Ejecutora", "Cámara Única", "Óptica sin Proyectos"],
        ),  # none there: not offered
        ({"role": "executing"}, ["Agencia Ejecutora", "Cámara Única"]),
        ({"q": "optica"}, ["Óptica sin Proyectos"]),
        ({"q": "ÚNICA"}, ["Cámara Única"]),
        ({"q": "peru"}, ["Cámara Única"]),
        (
            {"relation": "x", "role": "x", "country": "zz"},
            ["Agencia Ejecutora", "Cámara Única", "Óptica sin Proyectos"],
        ),
    ],
    ids=str,
)
def test_institutions_by_filter(more, client, asked, found):
    Institution.objects.create(
        slug="optica", name="Óptica sin Proyectos", relation="consulted", origin="demo"
    )
    assert names(client, "/institutions/", **asked) == found


@pytest.mark.parametrize("address", ["/projects/", "/networks/", "/countries/", "/institutions/"])
@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "--code"},
        {"sort": "archived_at"},
        {"sort": "countries__iso2"},
        {"page": "0"},
        {"page": "9" * 30},
    ],
)
def test_orders_and_pages_from_nowhere_show_the_list_as_it_is(more, client, address, asked):
    assert names(client, address, **asked) == names(client, address)


@pytest.mark.parametrize("size", [1, 3, 60])
@pytest.mark.parametrize(
    ("address", "asked", "queries"),
    [
        (
            "/projects/",
            {"mine": "mine", "country": "AR", "typology": "cluster", "state": "closed"},
            14,
        ),
        (
            "/networks/",
            {"mine": "mine", "country": "AR", "typology": "cluster", "state": "active"},
            10,
        ),
        ("/institutions/", {"relation": "member", "role": "executing"}, 7),
    ],
)
def test_a_narrowed_list_asks_the_same_number_of_questions(
    db, django_assert_num_queries, size, address, asked, queries
):
    person = factories.user(role=Role.DIRECTOR, scope="P:PIP-00")
    for number in range(size):
        owner = factories.project(f"PIP-{number:02}")
        factories.network(f"N{number:02}", owner)
        factories.assign(person, Role.DIRECTOR, owner.scope_keys.pop()) if number else None
    client = Client()
    client.force_login(person)
    with django_assert_num_queries(queries):
        page_of(client, address, **asked)


def test_a_networks_page_counts_what_its_list_does(more, client):
    rows = {row[1]: row for row in csv_of(client, "/networks/", family="all")[1:]}
    assert {code: row[8] for code, row in rows.items()} == {
        "N1": "2",
        "N2": "0",
        "N3": "2",
        "N4": "0",
        "L1": "0",
    }
    assert Network.objects.current().count() == len(rows)
