"""People invited from a list: each row one letter, all of them or none."""

import pytest

from pip_network.models import Invitation, Mail
from pip_network.people.access import Role
from tests import factories
from tests.desk import counts, reasons, waiting_in
from tests.pip_network.files.incoming import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
TABLE = "pip_network/invitation"
HEADINGS = ["email", "name", "role", "scope", "institution", "language", "reason"]
WHY = "Agreement signed in June"


@pytest.fixture(autouse=True)
def registry():
    project = factories.project("PIP-01")
    factories.network("N1", project)
    return project


@pytest.fixture
def institution():
    return factories.institution("camara-de-rafaela")


def people(*rows) -> bytes:
    return files.workbook(HEADINGS, *rows)


def said(page) -> str:
    return " ".join(reason for _row, found in reasons(page) for reason in found)


def stored() -> list[tuple]:
    rows = Invitation.objects.order_by("email")
    return list(rows.values_list("email", "role", "scope", "institution", "language"))


def test_each_row_is_one_letter(desk, institution):
    table = people(
        ["Ana@Example.org", "Ana", "Director o directora de proyecto", "pip-01", None, "pt", WHY],
        ["bea@example.org", "Bea", "coordinator", "N1", None, None, WHY],
        [
            "caro@example.org",
            "Caro",
            "institution",
            institution.slug,
            institution.slug,
            "English",
            WHY,
        ],
        ["dora@example.org", "Dora", "specialist", None, None, "es", WHY],
    )
    page = desk.choose(TABLE, table)
    assert counts(page) == {"new": 4}
    assert (stored(), Mail.objects.count()) == ([], 0)
    answer = desk.store(TABLE, table)
    assert (answer.status_code, answer.url) == (302, "/admin/pip_network/invitation/")
    here = f"I:{institution.pk}"
    assert stored() == [
        ("ana@example.org", "director", "P:PIP-01", None, "pt"),
        ("bea@example.org", "coordinator", "N:N1", None, "es"),
        ("caro@example.org", "institution", here, institution.pk, "en"),
        ("dora@example.org", "specialist", "*", None, "es"),
    ]
    assert sorted(Mail.objects.values_list("to", "kind")) == [
        (f"{name}@example.org", "invitation") for name in ("ana", "bea", "caro", "dora")
    ]


def test_the_same_list_again_sends_no_second_letter(desk):
    first = ["ana@example.org", "Ana", "director", "PIP-01", None, "es", WHY]
    desk.store(TABLE, people(first))
    second = ["bea@example.org", "Bea", "director", "PIP-01", None, "es", WHY]
    assert counts(desk.choose(TABLE, people(first, second))) == {"unchanged": 1, "new": 1}
    desk.store(TABLE, people(first, second))
    assert list(Mail.objects.order_by("id").values_list("to", flat=True)) == [
        "ana@example.org",
        "bea@example.org",
    ]


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        ("email", "ana@", "E2, E-mail address («ana@»): Enter a valid email address."),
        ("email", "KNOWN@example.org", "This address has an account: give the role there."),
        ("role", "director", "Project director is held on: a project."),
        ("role", "chief", "Role («chief»): This is not in the list of accepted values."),
        ("scope", "PIP-99", "No project, network or institution has this code."),
        ("reason", "because", "Say why, in at least 10 letters"),
        ("reason", None, "Reason: it cannot be blank."),
        ("language", "fr", "Language («fr»): This is not in the list of accepted values."),
    ],
)
def test_a_row_that_cannot_be_sent_says_why_and_none_is(desk, place, value, reason):
    factories.user("known")
    good = ["bea@example.org", "Bea", "director", "PIP-01", None, "es", WHY]
    row = dict(
        zip(HEADINGS, ["ana@example.org", "Ana", "coordinator", "N1", None, "es", WHY], strict=True)
    )
    assert counts(desk.choose(TABLE, people([*row.values()], good))) == {"new": 2}
    row[place] = value
    page = desk.choose(TABLE, people([*row.values()], good))
    assert reason.replace("E2", "Empresas!A2") in said(page)
    assert waiting_in(page) == ""
    assert (stored(), Mail.objects.count()) == ([], 0)


def test_an_address_that_stands_twice_is_refused(desk):
    rows = [
        ["ana@example.org", "Ana", "director", "PIP-01", None, "es", WHY],
        ["ANA@example.org", "Ana", "coordinator", "N1", None, "es", WHY],
    ]
    page = desk.choose(TABLE, people(*rows))
    assert said(page) == "Row 2 says something about the same already."
    rows[1][0] = "bea@example.org"
    assert counts(desk.choose(TABLE, people(*rows))) == {"new": 2}


def test_a_code_that_a_network_and_a_project_share_is_told_apart(desk, registry):
    factories.network("PIP-01", registry)
    row = ["ana@example.org", "Ana", "director", "PIP-01", None, "es", WHY]
    page = desk.choose(TABLE, people(row))
    assert "No project, network or institution has this code." in said(page)
    row[3] = "P:PIP-01"
    desk.store(TABLE, people(row))
    assert stored() == [("ana@example.org", "director", "P:PIP-01", None, "es")]


def test_no_page_and_no_file_of_the_table_holds_a_key(desk):
    desk.store(TABLE, people(["ana@example.org", "Ana", "director", "PIP-01", None, "es", WHY]))
    row = Invitation.objects.get()
    page = desk.client.get(f"/admin/pip_network/invitation/{row.pk}/change/").content.decode()
    assert "ana@example.org" in page
    assert row.key_hash not in page
    file = desk.client.get("/admin/pip_network/invitation/export/?format=csv")
    assert row.key_hash not in file.content.decode()


def test_who_manages_no_people_invites_nobody(client, admin):
    client.force_login(factories.user("dir", role=Role.DIRECTOR, scope="P:PIP-01"))
    assert client.get(f"/admin/{TABLE}/import/").status_code == 404
    client.force_login(admin)
    assert client.get(f"/admin/{TABLE}/").status_code == 200
