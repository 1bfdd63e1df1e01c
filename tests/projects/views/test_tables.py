"""A list as a file: the rows and columns that are seen, all pages of them, in the reader's words,
and no formula.
"""

import datetime as dt

import django_tables2
import pytest

from pip_network.models import Institution, User
from pip_network.people.access import Role
from projects.models import Firm, Network, Project
from tests import factories
from tests.projects.views.reading import codes, column, csv_of, headings, names, xlsx_of

LISTS = ["/projects/", "/networks/", "/firms/", "/institutions/", "/countries/"]
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"]
# Columns of the file that stand in the small print of the page, or not at all.
FILED = {
    "/projects/": {"Familia", "Institución ejecutora", "Zona horaria", "Estado", "Procedencia"},
    "/networks/": {"Lugar", "Nombre del proyecto", "Disuelta", "Procedencia"},
    "/firms/": set(),
    "/institutions/": {"Sigla", "Fuente"},
    "/countries/": {"código ISO", "Procedencia"},
}


@pytest.fixture
def admin(registry):
    return registry.reader(Role.ADMINISTRATION)


@pytest.mark.parametrize("address", LISTS)
def test_columns_of_the_page_in_their_order_and_those_of_the_small_print(admin, address):
    (in_file, *rows), on_page = csv_of(admin, address), headings(admin, address)
    assert [words for words in in_file if words not in FILED[address]] == on_page
    assert set(in_file) - set(on_page) == FILED[address]
    assert {len(row) for row in rows} == {len(in_file)}


@pytest.mark.parametrize("address", LISTS)
def test_both_formats_say_the_same(admin, address):
    def plain(cell) -> str:
        return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else str(cell)

    book = xlsx_of(admin, address)
    whole = {"/projects/": ("FOMIN [US$]", "Contraparte [US$]")}.get(address, ())
    text = csv_of(admin, address)
    for words in whole:  # two places in text, a number in a workbook
        assert [float(cell) for cell in column(text, words)] == column(book, words)
    rest = [place for place, words in enumerate(text[0]) if words not in whole]
    assert [[plain(row[place]) for place in rest] for row in book] == [
        [row[place] for place in rest] for row in text
    ]


@pytest.mark.parametrize(
    "asked", [{}, {"network": "N2", "sort": "-name"}, {"q": "igual", "sort": "code"}], ids=str
)
def test_all_pages_in_the_order_that_is_seen(registry, admin, asked):
    for number in range(60):
        factories.firm(f"FIRM{number:02}", registry.n2, name=f"Igual {number % 7}")
    seen = codes(admin, "/firms/", **asked, page="1") + codes(admin, "/firms/", **asked, page="2")
    assert len(seen) == {0: 67, 2: 60 + ("network" in asked)}[len(asked)]
    assert column(csv_of(admin, "/firms/", **asked), "Código") == seen
    assert column(csv_of(admin, "/firms/", **asked, page="2"), "Código") == seen
    assert column(xlsx_of(admin, "/firms/", **asked), "Código") == seen


def test_a_project_in_the_file(registry, client):
    Project.objects.filter(pk="PIP-02").update(amount_fomin="1234567.89", typology_label="")
    text = csv_of(client, "/projects/", q="PIP-02")
    assert dict(zip(*text, strict=True)) == {
        "Proyecto": "Proyecto PIP-02",
        "Código": "PIP-02",
        "Familia": "PIP",
        "Institución ejecutora": "Agencia Ejecutora",
        "Países": "Argentina, Perú",
        "Tipología": "Clúster",
        "Redes": "1",
        "Empresas activas": "2",
        "FOMIN [US$]": "1234567.89",
        "Contraparte [US$]": "500000.00",
        "Inicio": "2004-01-10",
        "Fin": "2007-12-20",
        "Zona horaria": "UTC",
        "Estado": "Terminado",
        "Procedencia": "Ingresado por su responsable",
    }
    book = xlsx_of(client, "/projects/", q="PIP-02")
    cells = dict(zip(*book, strict=True))
    assert [
        cells[words]
        for words in ("Redes", "Empresas activas", "FOMIN [US$]", "Contraparte [US$]", "Inicio")
    ] == [
        1,
        2,
        1234567.89,
        500000,
        dt.date(2004, 1, 10),
    ]


def test_a_firm_in_the_file_is_what_its_reader_may_know(registry, admin):
    director = registry.reader(Role.DIRECTOR, "P:PIP-01")
    for reader, networks, state in ((admin, "N3", "Activa"), (director, "", "Salió")):
        row = dict(zip(*csv_of(reader, "/firms/", q="delta"), strict=True))
        assert (row["Empresa"], row["Redes"], row["Estado"]) == ("Delta", networks, state)
    gone = dict(zip(*csv_of(admin, "/firms/", q="zeta"), strict=True))
    assert (gone["Empresa"], gone["Identificación tributaria"], gone["Estado"]) == (
        "",
        "",
        "Anonimizada",
    )


@pytest.mark.parametrize(
    ("language", "first", "country", "state"),
    [
        ("es", "Red", "Perú", "Clúster"),
        ("pt", "Rede", "Peru", "Cluster"),
        ("en", "Network", "Peru", "Cluster"),
    ],
)
def test_the_file_speaks_the_readers_language(registry, client, language, first, country, state):
    client.cookies["pip_language"] = language
    headings_, row = csv_of(client, "/networks/", q="N3")
    cells = dict(zip(headings_, row, strict=True))
    assert headings_[0] == first
    assert country in cells.values()
    assert state in cells.values()
    sector = {"es": "Productos de madera", "pt": "Produtos de madeira", "en": "Wood products"}[
        language
    ]
    assert sector in cells.values()


@pytest.mark.parametrize("name", NASTY)
def test_no_name_becomes_a_formula(registry, admin, name):
    """In a workbook cells are text anyway, and read so when it is saved as CSV."""
    Project.objects.filter(pk="PIP-01").update(name=name, typology_label=name)
    Network.objects.filter(pk="N1").update(name=name, place=name)
    Firm.objects.filter(pk="ALFA").update(name=name, tax_id=name)
    Institution.objects.update(name=name, acronym=name, country=name, kind=name, source=name)
    User.objects.filter(email__startswith="persona").update(name=name)
    for address in ("/projects/", "/networks/", "/firms/", "/institutions/", "/people/"):
        for rows in (csv_of(admin, address), xlsx_of(admin, address)):
            cells = [cell for row in rows for cell in row if isinstance(cell, str)]
            assert f"'{name}" in cells
            assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_a_tax_id_that_looks_like_a_number_stays_text(registry, admin):
    Firm.objects.filter(pk="ALFA").update(tax_id="00123")
    assert column(xlsx_of(admin, "/firms/", q="cordoba"), "Identificación tributaria") == ["00123"]


def test_an_empty_list_is_its_headings(registry, admin):
    for address in ("/projects/", "/networks/", "/firms/", "/institutions/"):
        assert len(csv_of(admin, address, q="nada de nada")) == 1
        assert len(xlsx_of(admin, address, q="nada de nada")) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_of_rooms_that_do_not_exist_for_somebody_do_not_either(registry, admin, form):
    expert = registry.reader(Role.EXPERT)
    for address in ("/firms/", "/people/", "/people/invitations/"):
        assert expert.get(address, {"export": form}).status_code == 404
        assert admin.get(address, {"export": form}).status_code == 200


def test_a_format_that_is_not_known_is_the_page(registry, client):
    assert client.get("/projects/", {"export": "pdf"})["Content-Type"] == "text/html; charset=utf-8"


def test_an_institution_counts_current_projects_once(registry, client):
    factories.project("PIP-09", archived_at=factories.moment("2006-01-01"))
    assert column(csv_of(client, "/institutions/"), "Proyectos") == ["2"]
    assert names(client, "/projects/") == ["Proyecto PIP-01", "Proyecto PIP-02"]


@pytest.mark.parametrize("size", [1, 3, 60])
def test_a_file_asks_the_same_number_of_questions(registry, django_assert_num_queries, admin, size):
    for number in range(size):
        factories.firm(f"FIRM{number:02}", registry.n1, registry.n2)
    csv_of(admin, "/countries/")
    with django_assert_num_queries(7):
        csv_of(admin, "/firms/")


@pytest.mark.parametrize("address", [*LISTS, "/people/", "/people/invitations/"])
def test_values_are_those_that_the_library_gives(admin, address):
    """It looks at every function again for every cell; ours looks once."""
    table = admin.get(address).context["table"]
    assert list(table.as_values()) == list(django_tables2.Table.as_values(table))
