"""Import in the administration: preview, confirmation, and every way in which it must refuse."""

import datetime as dt
import io
import json

import pytest
import time_machine
import xlsxwriter

from knowledge.works.authors import Named
from pip_network.files.importing import previews
from pip_network.files.incoming import read
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from projects.models import Firm, Membership, Network, Project
from tests import factories
from tests.desk import counts, reasons, waiting_in
from tests.pip_network.files.incoming import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
FIRMS = "projects/firm"
HEADINGS = ["code", "name", "tax_id", "country", "sector", "owner_sex"]


@pytest.fixture
def registry():
    project = factories.project()
    network = factories.network("N1", project)
    factories.firm("FIRMAAAAA", network, name="Uno", tax_id="30-1")
    factories.firm("FIRMBBBBB", network, name="Dos", tax_id="30-2")
    return project


def firms(*rows) -> bytes:
    return files.workbook(HEADINGS, *rows)


def stored() -> list[tuple]:
    return sorted(Firm.objects.values_list("name", "tax_id", "country_id", "sector", "owner_sex"))


def events() -> list[tuple]:
    found = AuditEvent.objects.exclude(verb="catalogue.published").order_by("id")
    return list(found.values_list("verb", "object", "details"))


def test_the_preview_says_what_each_row_would_do_and_stores_nothing(desk, registry):
    before = stored()
    page = desk.choose(
        FIRMS,
        firms(
            ["FIRMAAAAA", "Uno", "30-1", "AR", "15", "f"],
            ["FIRMBBBBB", "Dos y medio", "30-2", "AR", "17", "f"],
            [None, "Tres", "30-3", "AR", "15", "m"],
        ),
    )
    assert counts(page) == {"unchanged": 1, "changed": 1, "new": 1}
    changed = next(
        group for group in page.context["plan"]["groups"] if group["status"] == "changed"
    )
    assert changed["rows"] == [
        {
            "number": 3,
            "key": "FIRMBBBBB",
            "exists": True,
            "reasons": [],
            "changes": [
                {"label": "Name", "old": "Dos", "new": "Dos y medio", "by": ""},
                {"label": "Sector", "old": "Food and beverages", "new": "Textiles", "by": ""},
            ],
        }
    ]
    assert (stored(), events()) == (before, [])


def test_the_confirmation_stores_it_through_the_actions(desk, registry):
    answer = desk.store(
        FIRMS,
        firms(
            ["FIRMBBBBB", "Dos y medio", "30-2", "AR", "17", "f"],
            [None, "Tres", "30-3", "AR", "15", "m"],
        ),
    )
    assert (answer.status_code, answer.url) == (302, "/admin/projects/firm/")
    assert stored() == [
        ("Dos y medio", "30-2", "AR", "17", "f"),
        ("Tres", "30-3", "AR", "15", "m"),
        ("Uno", "30-1", "AR", "15", "f"),
    ]
    new = Firm.objects.get(name="Tres")
    told = events()
    assert [event[:2] for event in told] == [
        ("import.confirmed", "T:projects.firm"),
        ("firm.registered", f"F:{new.pk}"),
        ("firm.updated", "F:FIRMBBBBB"),
    ]
    assert told[0][2]["rows"] == {"new": 1, "changed": 1}
    assert [secret in json.dumps(told) for secret in ("Tres", "30-3", "Dos")] == [
        False,
        False,
        False,
    ]


def test_nothing_is_stored_unless_all_of_it_can_be(desk, registry):
    before = stored()
    page = desk.choose(
        FIRMS,
        firms(
            [None, "Buena", "30-9", "AR", "15", "f"],
            [None, None, "30-8", "AR", "15", "f"],
            [None, "Lejana", "30-7", "ZZ", "15", "f"],
            [None, "Rara", "30-6", "AR", "99", "f"],
            ["FIRMZZZZZ", "Nadie", "", "AR", "15", "f"],
            [None, "Otra", "30-9", "AR", "15", "f"],
            [None, "uno", None, "AR", "15", "f"],
        ),
    )
    assert counts(page) == {"new": 1, "refused": 4, "conflict": 2}
    assert reasons(page) == [
        (3, ["A firm needs a name."]),
        (4, ["Empresas!D4, Country («ZZ»): This code is not known."]),
        (5, ["Empresas!E5, Sector («99»): This is not in the list of accepted values."]),
        (6, ["No firm has this code: leave it blank to register a new firm."]),
        (7, ["Row 2 has the same tax identification."]),
        (
            8,
            [
                "A firm of this name is registered in this country: give its code if it is the "
                "same one."
            ],
        ),
    ]
    assert waiting_in(page) == ""
    assert stored() == before
    assert counts(desk.choose(FIRMS, firms([None, "Buena", "30-9", "AR", "15", "f"]))) == {"new": 1}


def test_a_code_that_no_firm_has_is_refused_in_each_row_that_names_it(desk, registry):
    nobody = ["FIRMZZZZZ", "Nadie", "", "AR", "15", "f"]
    page = desk.choose(FIRMS, firms(nobody, nobody))
    assert counts(page) == {"refused": 2}
    unknown = "No firm has this code: leave it blank to register a new firm."
    assert [why[0] for _row, why in reasons(page)] == [unknown, unknown]


def test_what_only_an_action_knows_is_found_by_rehearsing_it(desk, registry):
    """Networks: a country that the project does not work in. Two of four rows."""
    factories.country("UY", "UYU")
    row = ["PIP-01", "Red", "cluster", "15"]
    page = desk.choose(
        "projects/network",
        files.workbook(
            ["code", "project", "name", "typology", "sector", "country", "constituted_on"],
            ["N5", *row, "AR", "2004-05-01"],
            ["N6", *row, "UY", "2004-05-01"],
            ["N7", *row, "AR", "2004-05-01"],
            ["n-8", *row, "AR", "2004-05-01"],
        ),
    )
    assert counts(page) == {"new": 2, "refused": 2}
    assert [number for number, _sentences in reasons(page)] == [3, 5]
    assert not Network.objects.filter(code="N5").exists()
    assert events() == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a picture", b"\x89PNG\r\n\x1a\n0000"),
        ("a bomb", lambda: files.bomb(60)),
        ("an unknown heading", files.workbook(["code", "country", "iban"], ["A", "AR", "1"])),
        ("a heading twice", files.workbook(["code", "Code"], ["A", "A"])),
        ("no key", files.workbook(["name", "country"], ["A", "AR"])),
        ("no rows", files.workbook(["code", "name"])),
        ("nothing", b""),
        ("a formula as heading", files.workbook(["code", files.formula("=1", "name")], ["A", "B"])),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence_in_the_form(desk, registry, folder, name, data):
    page = desk.choose(FIRMS, files.made(data))
    assert page.status_code == 422
    assert len(page.context["form"].errors["file"]) == 1
    assert not folder.exists()


def test_two_sheets_are_not_guessed(desk, registry):
    def second(book, sheet, row, column):
        book.add_worksheet("Otra").write(0, 0, "code")

    page = desk.choose(
        FIRMS, files.workbook(HEADINGS, ["FIRMAAAAA", "Uno", "30-1", "AR", "15", "f"], [second])
    )
    assert page.context["form"].errors["file"] == [
        "There are several sheets with data (Empresas, Otra): leave only the table."
    ]


def test_a_cell_that_no_rule_reads_refuses_its_row(desk, registry):
    page = desk.choose(FIRMS, firms([None, files.formula('="Uno"', "Uno"), "1", "AR", "15", "f"]))
    assert reasons(page) == [
        (2, ["Sheet Empresas, row 2, column B: The cell holds a formula: paste its value instead."])
    ]


def sheet_with(act, name: str = "Empresas", rows: int = 3) -> bytes:
    """A workbook of new firms on which `act(book, sheet)` was done besides."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, rows + 1):
            sheet.write_row(number, 1, [f"Nueva {number}", f"40-{number}", "AR", "15", "f"])
        act(book, sheet)
    return out.getvalue()


def merge(book, sheet) -> None:
    sheet.merge_range("D2:D3", "AR")


def merge_beside(book, sheet) -> None:
    sheet.merge_range("J2:K3", "")


def test_a_merged_cell_is_called_merged_in_each_of_its_rows(desk, registry):
    page = desk.choose(FIRMS, sheet_with(merge))
    sentence = "The cell is merged with others: divide it and fill in each."
    assert reasons(page) == [
        (2, [f"Sheet Empresas, row 2, column D («D2:D3»): {sentence}"]),
        (3, [f"Sheet Empresas, row 3, column D («D2:D3»): {sentence}"]),
    ]
    assert counts(page) == {"new": 1, "refused": 2}
    assert counts(desk.choose(FIRMS, sheet_with(merge_beside))) == {"new": 3}


def hide_rows(book, sheet) -> None:
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_row(9, None, None, {"hidden": True})  # with nothing in it


def hide_columns(book, sheet) -> None:
    sheet.set_column("E:F", None, None, {"hidden": True})


def hidden_sheet(book, sheet) -> None:
    other = book.add_worksheet("Notas")
    other.write_row(0, 0, ["a"])
    other.write_formula("B2", "=1+1")  # no fault of the table's second row
    other.hide()


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (hide_rows, ["The sheet hides rows, which are read too: 2, 4."]),
        (hide_columns, ["The sheet hides columns, which are read too: E, F."]),
        (hidden_sheet, ["Hidden sheets with data are not read: «Notas»."]),
        (lambda book, sheet: None, []),
    ],
)
def test_what_the_sheet_does_not_show_is_told(desk, registry, act, told):
    page = desk.choose(FIRMS, sheet_with(act))
    assert counts(page) == {"new": 3}
    assert page.context["told"] == told
    for sentence in told:
        assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Empresas\u200b", "Empresas[U+200B]"),
        ("\u202eEmpresas", "[U+202E]Empresas"),
        ("Empresas\u00a02", "Empresas[U+00A0]2"),
        (" Empresas", " Empresas"),
        ("Empresas de Ñandutí 2", ""),
    ],
)
def test_a_sheet_with_an_odd_name_is_told_and_named_as_it_is(desk, registry, name, shown):
    page = desk.choose(FIRMS, sheet_with(lambda book, sheet: None, name))
    told = f"The name of the sheet holds spaces or letters that cannot be seen: «{shown}»."
    assert page.context["told"] == ([told] if shown else [])
    wrong = desk.choose(FIRMS, sheet_with(lambda book, sheet: sheet.write("D2", "ZZ"), name))
    place = f"{shown or name}!D2, Country («ZZ»): This code is not known."
    assert reasons(wrong) == [(2, [place])]


def test_a_value_of_a_text_is_told_by_its_letter_alone(desk, registry):
    text = b"code,name,tax_id,country,sector,owner_sex\n,Nueva,40-1,ZZ,15,f\n"
    assert reasons(desk.choose(FIRMS, text, "firms.csv")) == [
        (2, ["D2, Country («ZZ»): This code is not known."])
    ]


def test_labels_in_any_language_are_headings_and_values(desk, registry):
    page = desk.choose(
        FIRMS,
        "Código;Nombre;Identificación tributaria;País;Sector\n;Tres;30-3;ar;Alimentos y bebidas\n".encode(),
        "empresas.csv",
    )
    assert counts(page) == {"new": 1}


# --- confirming


@pytest.fixture
def waiting(desk, registry) -> str:
    return waiting_in(desk.choose(FIRMS, firms([None, "Tres", "30-3", "AR", "15", "m"])))


def test_a_confirmation_counts_once(desk, waiting):
    first, second = desk.confirm(FIRMS, waiting), desk.confirm(FIRMS, waiting)
    assert (first.url, second.url) == ("/admin/projects/firm/", "/admin/projects/firm/import/")
    assert Firm.objects.filter(name="Tres").count() == 1
    assert [verb for verb, *_rest in events()].count("import.confirmed") == 1


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "../../etc/passwd",
        "..%2f..%2fsecret",
        "a" * 43,
        "/etc/passwd",
        "a" * 5000,
        "\0",
        "imports/x",
        "é" * 43,
    ],
)
def test_a_forged_name_confirms_nothing(desk, waiting, folder, forged):
    assert desk.confirm(FIRMS, forged).url == "/admin/projects/firm/import/"
    assert (Firm.objects.filter(name="Tres").count(), len(list(folder.iterdir()))) == (0, 1)


def test_a_preview_is_of_one_person(desk, client, waiting):
    client.force_login(factories.user("otra", role=Role.ADMINISTRATION))
    assert desk.confirm(FIRMS, waiting).url == "/admin/projects/firm/import/"
    assert not Firm.objects.filter(name="Tres").exists()
    client.force_login(desk.person)
    assert desk.confirm(FIRMS, waiting).url == "/admin/projects/firm/"


def test_a_preview_is_of_one_table(desk, waiting):
    assert desk.confirm("projects/project", waiting).url == "/admin/projects/project/import/"
    assert desk.confirm(FIRMS, waiting).url == "/admin/projects/firm/"


def test_a_preview_ends_after_an_hour_and_is_swept(desk, waiting, folder):
    now = dt.datetime.now(dt.UTC)
    assert previews.sweep(at=now + dt.timedelta(minutes=59)) == 0
    with time_machine.travel(now + dt.timedelta(minutes=61), tick=False):
        desk.client.force_login(desk.person)
        assert desk.confirm(FIRMS, waiting).url == "/admin/projects/firm/import/"
    assert not Firm.objects.filter(name="Tres").exists()


def test_abandoned_previews_are_swept(desk, waiting, folder):
    assert len(list(folder.iterdir())) == 1
    assert previews.sweep(at=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)) == 1
    assert list(folder.iterdir()) == []


def test_what_waits_is_never_served(desk, waiting, folder):
    for address in (
        f"/media/imports/{waiting}.json",
        f"/static/imports/{waiting}.json",
        f"/imports/{waiting}.json",
    ):
        assert desk.client.get(address).status_code == 404


def test_a_registry_that_changed_meanwhile_is_looked_at_again(desk, waiting):
    factories.firm("FIRMCCCCC", name="Otra", tax_id="30-3")
    assert desk.confirm(FIRMS, waiting).url == "/admin/projects/firm/import/"
    assert not Firm.objects.filter(name="Tres").exists()
    assert events() == []


def test_only_the_administration_imports(client, registry):
    client.force_login(factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01"))
    for address in ("import/", "export/", "process_import/", "import/template.xlsx"):
        assert client.get(f"/admin/projects/firm/{address}").status_code == 404
        assert client.post(f"/admin/projects/firm/{address}").status_code == 404


def test_the_wrong_method_confirms_nothing(desk, waiting):
    assert (
        desk.client.get("/admin/projects/firm/process_import/", {"waiting": waiting}).status_code
        == 405
    )


def test_who_has_not_told_lately_who_she_is_is_asked(desk, registry, folder):
    desk.person.set_password("clave-larga-1")
    desk.person.save()
    desk.client.force_login(desk.person)
    page = desk.client.get("/admin/projects/firm/import/")
    assert (page.status_code, page.url.startswith("/accounts/reauthenticate/")) == (302, True)
    posted = desk.choose(FIRMS, firms([None, "Tres", "30-3", "AR", "15", "m"]))
    assert (posted.status_code, posted.url) == (302, "/admin/projects/firm/import/")
    assert not folder.exists()
    desk.client.post("/accounts/reauthenticate/", {"password": "clave-larga-1"})
    assert desk.client.get("/admin/projects/firm/import/").status_code == 200


# --- the other tables


def test_projects_are_registered_and_changed(desk, registry):
    headings = [
        "code",
        "family",
        "name",
        "executing_institution",
        "countries",
        "starts_on",
        "ends_on",
        "amount_fomin",
        "amount_local",
    ]
    factories.country("UY", "UYU")
    answer = desk.store(
        "projects/project",
        files.workbook(
            headings,
            [
                "PIP-01",
                "pip",
                "Otro nombre",
                "ejecutora",
                "AR; UY",
                "2004-01-10",
                "2007-12-20",
                1000000,
                "500000,00",
            ],
            ["PIP-02", "pip", "Nuevo", "ejecutora", "UY", "2004-01-10", "2007-12-20", 2000000.5, 1],
        ),
    )
    assert answer.url == "/admin/projects/project/"
    first, second = Project.objects.order_by("code")
    assert (first.name, sorted(first.countries.values_list("pk", flat=True))) == (
        "Otro nombre",
        ["AR", "UY"],
    )
    assert (second.name, str(second.amount_fomin), second.origin) == (
        "Nuevo",
        "2000000.50",
        "entered",
    )
    assert [event[:2] for event in events()] == [
        ("import.confirmed", "T:projects.project"),
        ("project.updated", "P:PIP-01"),
        ("project.created", "P:PIP-02"),
    ]


def test_a_dissolution_and_a_joining_and_a_leaving(desk, registry):
    headings = ["firm", "network", "joined_on", "left_on", "leaving_reason"]
    factories.network("N2", registry)
    page = desk.store(
        "projects/membership",
        files.workbook(
            headings,
            ["FIRMAAAAA", "N1", "2004-02-15", "2004-06-30", "own_decision"],
            ["FIRMAAAAA", "N2", "2004-07-01", None, None],
            ["FIRMBBBBB", "N2", "2004-03-01", "2004-04-01", "moved"],
        ),
    )
    assert page.url == "/admin/projects/membership/"
    assert sorted(
        Membership.objects.values_list("firm", "network", "left_on", "leaving_reason"), key=str
    ) == sorted(
        [
            ("FIRMAAAAA", "N1", dt.date(2004, 6, 30), "own_decision"),
            ("FIRMAAAAA", "N2", None, ""),
            ("FIRMBBBBB", "N1", None, ""),
            ("FIRMBBBBB", "N2", dt.date(2004, 4, 1), "moved"),
        ],
        key=str,
    )
    page = desk.choose(
        "projects/membership",
        files.workbook(headings, ["FIRMAAAAA", "N1", "2004-02-15", "2004-07-31", "own_decision"]),
    )
    assert reasons(page) == [
        (
            2,
            [
                "A leaving that is registered does not change by import: correct it on the firm's "
                "page."
            ],
        )
    ]


def test_a_closing(desk, registry):
    data = files.workbook(
        [*HEADINGS[:4], "closed_on", "closing_reason"],
        ["FIRMAAAAA", "Uno", "30-1", "AR", "2006-05-01", "merger"],
    )
    assert desk.store(FIRMS, data).url == "/admin/projects/firm/"
    assert Firm.objects.get(pk="FIRMAAAAA").closing_reason == "merger"
    assert counts(desk.choose(FIRMS, data)) == {"unchanged": 1}


def test_a_code_does_not_move_to_another_project(desk, registry):
    factories.project("PIP-02")
    page = desk.choose("projects/network", files.workbook(["code", "project"], ["N1", "PIP-02"]))
    assert reasons(page) == [(2, ["Project: it is «PIP-01» and does not change by import."])]


# --- round trips


TABLES = [
    "pip_network/institution",
    "projects/country",
    "projects/projectfamily",
    "projects/project",
    "projects/network",
    "projects/firm",
    "projects/membership",
    "workshops/workshop",
    "knowledge/work",
]


@pytest.fixture
def full(registry):
    from workshops.models import Workshop  # noqa: PLC0415 -- only here

    network = Network.objects.get(code="N1")
    for number, name in enumerate(
        [
            "=1+1",
            "-menos",
            "+54 11",
            "@arroba",
            "'=x",
            "''-y",
            "1.234",
            "007",
            "2006-07-31",
            "TRUE",
            "  ",
        ]
    ):
        factories.firm(
            f"FIRMCCC{number:02}", network, name=name.strip() or "x", tax_id=f"={number}"
        )
    factories.firm("FIRMDDDDD", name="", tax_id="", anonymised_at=factories.moment("2006-01-01"))
    left = Membership.objects.get(firm="FIRMCCC00")
    left.left_on, left.leaving_reason = dt.date(2005, 1, 1), "moved"
    left.save()
    registry.summary = 'Dos líneas\nde texto, «con» "comillas"; y más'
    registry.save()
    themes = {"theme_es": "=Tema", "theme_en": "Theme", "theme_pt": "Tema"}
    Workshop.objects.create(
        slug="taller",
        number=1,
        year=2003,
        city="Quito",
        country="EC",
        origin="stated",
        source="x",
        **themes,
    )
    factories.work(
        "K1",
        "-Obra",
        year=2003,
        authors=(
            Named("author", "Dini", "M."),
            Named("editor", literal="BID, Oficina; de Evaluación"),
        ),
        title_pt="=Obra",
        translation_status_pt="title",
        abstract_es="Dos líneas\nde texto",
        abstract_by_es="network",
        countries=("AR", "IT"),
        themes=(("credit", False), ("markets", True)),
        typologies=(("cluster", True),),
        projects=(registry,),
        access="restricted",
        open_to_projects=(registry,),
        provenance_es="=nota",
    )


@pytest.mark.parametrize("format", [0, 1], ids=["xlsx", "csv"])
@pytest.mark.parametrize("table", TABLES)
def test_an_export_imported_again_changes_nothing(desk, full, table, format):
    data = desk.export(table, format)
    page = desk.choose(table, data)
    assert page.status_code == 200, page.context["form"].errors
    assert (list(counts(page)), reasons(page)) == (["unchanged"], [])


@pytest.mark.parametrize("format", [0, 1], ids=["xlsx", "csv"])
def test_no_cell_of_an_export_is_a_formula(desk, full, format):
    rows = read(desk.export(FIRMS, format)).sheets[0].rows
    names = {str(row[1]) for row in rows}
    assert {"'=1+1", "'-menos", "'+54 11", "'@arroba", "''=x", "'''-y"} <= names
    assert read(desk.export(FIRMS, format)).faults == []


def test_an_export_holds_what_the_list_shows(desk, full):
    rows = read(desk.export(FIRMS, 1, "?q=Dos")).sheets[0].rows
    assert [row[0] for row in rows] == ["Code", "FIRMBBBBB"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("key", ["xlsx", "csv"])
def test_a_template_holds_the_headings_only(desk, table, key):
    data = desk.client.get(f"/admin/{table}/import/template.{key}").content
    rows = read(data).sheets[0].rows
    assert (len(rows), len(rows[0]) > 3) == (1, True)
    assert desk.choose(table, data).context["form"].errors["file"] == [
        "The table has headings but no rows."
    ]
    assert desk.client.get(f"/admin/{table}/import/template.exe").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 200])
def test_the_queries_of_a_preview_do_not_grow(desk, registry, rows, django_assert_max_num_queries):
    data = firms(
        *([None, f"Empresa {number}", f"40-{number}", "AR", "15", "f"] for number in range(rows))
    )
    with django_assert_max_num_queries(25):
        assert counts(desk.choose(FIRMS, data)) == {"new": rows}
