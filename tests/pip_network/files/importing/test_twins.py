"""One thing that stands in a file three times is new once and in conflict twice, in every table
that is imported; and firms are known by their tax id however it is written.
"""

import pytest

from projects.models import Firm
from tests import factories
from tests.desk import counts, reasons
from tests.pip_network.files.incoming import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
KEYED = "Row 2 says something about the same already."
NAMED = "Row 2 of the file is a firm of this name in this country already."
TABLES = {
    "projects/firm": (
        ["code", "name", "country"],
        [
            [None, "Lácteos del Prado", "AR"],
            [None, "Lácteos del Prado", "AR"],
            [None, "LACTEOS DEL PRADO", "AR"],
        ],
        NAMED,
    ),
    "pip_network/institution": (
        ["slug", "name", "relation"],
        [
            [None, "Cámara Ñandú", "related"],
            [None, "Cámara Ñandú", "related"],
            [None, "CAMARA  NANDU", "related"],
        ],
        "Row 2 of the file is an institution of this name already.",
    ),
    "projects/country": (
        ["iso2", "currency", "decimals_shown", "origin"],
        [["CO", "COP", 2, "stated"], ["CO", "COP", 2, "stated"], ["co", "COP", 2, "stated"]],
        KEYED,
    ),
    "projects/projectfamily": (
        ["code", "name_es", "name_en", "name_pt"],
        [["nueva", "a", "b", "c"], ["nueva", "a", "b", "c"], ["NUEVA", "a", "b", "c"]],
        KEYED,
    ),
    "projects/project": (
        [
            "code",
            "family",
            "name",
            "executing_institution",
            "countries",
            "starts_on",
            "ends_on",
            "amount_fomin",
            "amount_local",
        ],
        [
            [code, "pip", "Otro", "ejecutora", "AR", "2004-01-01", "2006-01-01", 1, 1]
            for code in ("PIP-09", "PIP-09", "pip-09")
        ],
        KEYED,
    ),
    "projects/network": (
        ["code", "project", "name", "typology", "sector", "country", "constituted_on"],
        [
            [code, "PIP-01", "Otra", "cluster", "15", "AR", "2004-02-01"]
            for code in ("N9", "N9", "n9")
        ],
        KEYED,
    ),
    "projects/membership": (
        ["firm", "network", "joined_on"],
        [["FIRMAAAAA", "N1", "2004-03-01"]] * 3,
        KEYED,
    ),
    "knowledge/work": (
        ["code", "original", "title_es", "type", "origin"],
        [[None, "es", title, "report", "stated"] for title in ("Redes", "Redes", "REDES")],
        "Row 2 of the file is a work of this title already.",
    ),
    "workshops/workshop": (
        [
            "slug",
            "number",
            "year",
            "city",
            "country",
            "theme_es",
            "theme_en",
            "theme_pt",
            "origin",
            "source",
        ],
        [
            [slug, number, 2010, "Lima", "PE", "a", "b", "c", "stated", "x"]
            for number, slug in enumerate(["lima-10", "lima-10", "LIMA-10"], 7)
        ],
        KEYED,
    ),
}


@pytest.fixture
def registry():
    factories.network("N1", factories.project())
    factories.firm("FIRMAAAAA", name="Uno", tax_id="80012345-6")
    factories.firm("FIRMBBBBB", name="Dos", tax_id="20.1")
    factories.firm("FIRMCCCCC", name="Tres", tax_id="201")  # from before there was one form


@pytest.mark.parametrize("table", TABLES)
def test_the_second_and_third_of_a_file_name_the_first(desk, registry, table):
    headings, rows, reason = TABLES[table]
    page = desk.choose(table, files.workbook(headings, *rows))
    assert counts(page) == {"new": 1, "conflict": 2}
    assert reasons(page) == [(3, [reason]), (4, [reason])]


def firms(*rows) -> bytes:
    return files.workbook(["code", "name", "tax_id", "country"], *([None, *row] for row in rows))


def test_names_are_told_apart_by_tax_ids_and_countries(desk, registry):
    rows = [
        ["Prado", "1", "AR"],
        ["Prado", "2", "AR"],
        ["PRADO", None, "PE"],
        ["Prada", None, "AR"],
    ]
    factories.country("PE")
    assert counts(desk.choose("projects/firm", firms(*rows))) == {"new": 4}


def test_a_name_without_tax_id_is_not_told_from_one_with(desk, registry):
    page = desk.choose("projects/firm", firms(["Prado", "1", "AR"], ["PRADO", None, "AR"]))
    assert reasons(page) == [(3, [NAMED])]


@pytest.mark.parametrize(
    "written", ["80012345-6", "800123456", "80.012.345/6", "８００１２３４５６", 800123456]
)
def test_a_firm_is_found_by_its_tax_id_however_written(desk, registry, written):
    page = desk.choose("projects/firm", firms(["Uno", written, "AR"]))
    assert counts(page) == {"unchanged": 1}
    page = desk.choose("projects/firm", firms(["Uno y medio", written, "AR"]))
    assert counts(page) == {"changed": 1}


def test_two_spellings_in_one_file_are_one(desk, registry):
    page = desk.choose("projects/firm", firms(["Siete", "7-7", "AR"], ["Ocho", "77", "AR"]))
    assert reasons(page) == [(3, ["Row 2 has the same tax identification."])]


def test_a_tax_id_that_two_firms_have_asks_for_the_code(desk, registry):
    page = desk.choose("projects/firm", firms(["Dos", "2-01", "AR"]))
    assert reasons(page) == [
        (
            2,
            [
                "Firms FIRMBBBBB, FIRMCCCCC have this tax identification: give the code of the "
                "one it is."
            ],
        )
    ]
    assert counts(desk.choose("projects/firm", firms(["Tres", "201", "AR"]))) == {"unchanged": 1}


@pytest.mark.parametrize("written", [8001234567890123, 8.00123456789012e18, "8,00123E+15"])
def test_digits_that_a_spreadsheet_loses_are_named(desk, registry, written):
    page = desk.choose("projects/firm", firms(["Nueve", written, "AR"]))
    ((number, (reason,)),) = reasons(page)
    assert number == 2
    assert "more than the fifteen digits that a spreadsheet keeps" in reason
    whole = firms(["Nueve", "8001234567890123", "AR"], ["Diez", 800123456789012, "AR"])
    assert counts(desk.choose("projects/firm", whole)) == {"new": 2}
    assert not Firm.objects.filter(name="Nueve").exists()
