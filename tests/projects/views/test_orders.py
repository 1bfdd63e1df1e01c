"""Every list is sorted by the folded text of what it shows, in each language, on both databases,
and on page and file alike; ñ beside n.
"""

import re

import pytest

from pip_network.folding import fold
from pip_network.people.access import Role
from projects.models import Firm
from tests import factories
from tests.projects.views.reading import csv_of

pytestmark = pytest.mark.django_db
NAMES = ["Zapata", "Ñandutí", "Álvarez", "nube", "Nación", "ñame", "Ámbar", "Óptica", "Obra"]
COUNTRIES = ["EC", "DO", "MX", "AR", "PE", "BR", "UY", "CL", "ES"]
SORTED = re.compile(r"[?&;]sort=-?(\w+)")
# Shown as marks, days or numbers, or as a list: sorted by what they count.
OTHERWISE = {"projects", "networks", "firms", "fomin", "local", "countries", "roles", "last_login"}
LISTS = ["/projects/", "/networks/", "/firms/", "/institutions/", "/countries/", "/people/"]


@pytest.fixture
def admin(client):
    """Rows whose names, kinds, countries and states are in no order of their codes."""
    kinds = ["cluster", "redes_empresariales", "cadena_proveedores", "sistema_territorial"]
    sectors = ["01", "02", "05", "72", "15", "17", "63", "55", "unknown"]
    for place, (name, iso2) in enumerate(zip(NAMES, COUNTRIES, strict=True)):
        country = factories.country(iso2)
        project = factories.project(f"PIP-{place:02}", countries=[country])
        project.name, project.typology_label = f"{name} P", NAMES[-place] if place % 2 else ""
        project.save()
        network = factories.network(
            f"N{place}",
            project,
            name=name,
            typology=kinds[place % 4],
            sector=sectors[place],
            country=country,
        )
        factories.firm(
            f"F{place}",
            *[network][: place % 3],
            name=name,
            country=country,
            sector=sectors[place],
            owner_sex=["f", "m", "mixed", "unknown"][place % 4],
        )
        institution = factories.institution(f"i{place}")
        institution.name, institution.kind, institution.country = name, NAMES[-place], NAMES[place]
        institution.relation, institution.origin = (
            ["member", "funder", "related"][place % 3],
            ["demo", "entered", "stated"][place % 3],
        )
        institution.save()
        person = factories.user(f"persona{place}x")
        person.name, person.institution, person.is_active = name, institution, place % 2 == 0
        person.save()
    Firm.objects.filter(pk="F4").update(
        closed_on=factories.day("2005-05-01"), closing_reason="economic"
    )
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    return client


@pytest.mark.parametrize(
    ("address", "language"),
    [*((address, "es") for address in LISTS), ("/firms/", "pt"), ("/networks/", "en")],
)
def test_every_column_sorts_by_what_it_shows(admin, address, language):
    admin.cookies["django_language"] = language
    page = admin.get(address)
    table = page.context["table"]
    columns = sorted(set(SORTED.findall(page.content.decode())) - OTHERWISE)
    assert columns
    for name in columns:
        heading = str(table.columns[name].header)
        for sort in (name, f"-{name}"):
            rows = csv_of(admin, address, sort=sort)
            shown = [row[rows[0].index(heading)] for row in rows[1:]]
            folded = [fold(text) for text in shown]
            assert folded == sorted(folded, reverse=sort.startswith("-")), (sort, shown)
            on_page = admin.get(address, {"sort": sort}).context["table"].page.object_list
            first = str(next(iter(on_page)).get_cell_value("name"))
            assert first == rows[1][0], sort


def test_a_list_of_names_has_n_and_ñ_together(admin):
    rows = csv_of(admin, "/networks/", sort="name")
    assert [row[0] for row in rows[1:]] == [
        "Álvarez",
        "Ámbar",
        "Nación",
        "ñame",
        "Ñandutí",
        "nube",
        "Obra",
        "Óptica",
        "Zapata",
    ]


def test_countries_to_choose_from_stand_by_their_names(admin):
    choices = admin.get("/firms/").context["filter"].filters["country"].extra["choices"]()
    assert [iso2 for iso2, _name in choices] == [
        "AR",
        "BR",
        "CL",
        "EC",
        "ES",
        "MX",
        "PE",
        "DO",
        "UY",
    ]


def test_the_administration_lists_countries_by_their_names(admin):
    page = admin.get("/admin/projects/country/")
    rows = [country.iso2 for country in page.context["cl"].result_list]
    assert rows == ["AR", "BR", "CL", "EC", "ES", "MX", "PE", "DO", "UY"]
