"""What the administration's imports and facts refuse, each beside the same thing with one change,
which goes through.
"""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from pip_network.administration import facts
from pip_network.administration.site import site
from pip_network.files.importing import uploads
from pip_network.files.incoming import read
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, DomainError, Forbidden, Invalid
from projects.models import Country, Firm, Membership, Network
from tests import factories
from tests.desk import counts, reasons
from tests.factories import day, moment
from tests.pip_network.files.incoming import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
AT = moment("2006-03-01")


def test_facts_are_kept_by_who_keeps_the_registry(admin):
    expert = factories.user("experta", role=Role.EXPERT)
    with pytest.raises(Forbidden):
        facts.add_fact(row=Country(iso2="CL", currency="CLP"), by=expert, at=AT)
    facts.add_fact(row=Country(iso2="CL", currency="CLP"), by=admin, at=AT)
    chile = Country.objects.get(pk="CL")
    with pytest.raises(Forbidden):
        facts.correct_fact(row=chile, currency="XXX", by=expert, at=AT)
    assert Country.objects.get(pk="CL").currency == "CLP"
    facts.correct_fact(row=chile, currency="UYU", by=admin, at=AT)
    assert Country.objects.get(pk="CL").currency == "UYU"


def test_facts_are_whole_and_there(admin):
    with pytest.raises(Invalid) as refused:
        facts.add_fact(row=Country(iso2="CL", currency="PESOS"), by=admin, at=AT)
    assert refused.value.place == "currency"
    facts.add_fact(row=Country(iso2="CL", currency="CLP"), by=admin, at=AT)
    chile = Country.objects.get(pk="CL")
    with pytest.raises(Invalid) as refused:
        facts.correct_fact(row=chile, origin="x", by=admin, at=AT)
    assert refused.value.place == "origin"
    assert Country.objects.get(pk="CL").origin == "demo"
    facts.correct_fact(row=chile, origin="stated", by=admin, at=AT)
    Country.objects.all().delete()
    with pytest.raises(Conflict):
        facts.correct_fact(row=chile, currency="UYU", by=admin, at=AT)
    assert not Country.objects.exists()


def test_each_door_of_an_import_asks_for_itself(rf, admin):
    """The administration is hidden as a whole; behind that, each of these would be shut too."""
    room = site._registry[Firm]
    doors = (
        lambda request: room.import_action(request),
        lambda request: room.process_import(request),
        lambda request: room.export_action(request),
        lambda request: room.template_file(request, "csv"),
    )
    request = rf.get("/")
    request.user = factories.user("experta", role=Role.EXPERT)
    for door in doors:
        with pytest.raises(Http404):
            door(request)
    request.user = admin
    assert room.template_file(request, "csv").status_code == 200
    assert room.process_import(request).status_code == 405


def test_a_file_that_is_too_large_is_not_read():
    upload = SimpleUploadedFile("f.csv", b"code,name\n,Uno\n")
    upload.size = uploads.LIMITS.size + 1
    with pytest.raises(DomainError) as refused:
        uploads.read_upload(upload)
    assert (refused.value.key, str(refused.value.message)) == (
        "size",
        f"The file is larger than {uploads.LIMITS.size >> 20} MB: divide it.",
    )
    upload.size = uploads.LIMITS.size
    assert uploads.read_upload(upload)[0].sheets[0].rows


def test_a_book_whose_only_table_is_hidden_is_empty():
    def book(hidden: bool) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as workbook:
            workbook.add_worksheet("Vacía")
            sheet = workbook.add_worksheet("Empresas")
            sheet.write_row(0, 0, ["code", "name"])
            if hidden:
                sheet.hide()
        return out.getvalue()

    with pytest.raises(Invalid) as refused:
        uploads.table_of(read(book(True), uploads.LIMITS))
    assert refused.value.place == "file"
    assert uploads.table_of(read(book(False), uploads.LIMITS)).name == "Empresas"


# --- what a file may not say of the registry


def test_the_day_of_a_dissolution_or_a_closing_is_told_once(desk):
    network = factories.network("N1", factories.project(), dissolved_on=day("2005-01-31"))
    firm = factories.firm(
        "FIRMAAAAA", network, closed_on=day("2005-01-31"), closing_reason="economic"
    )
    networks = [
        "code",
        "project",
        "name",
        "typology",
        "sector",
        "country",
        "constituted_on",
        "dissolved_on",
    ]
    known = ["N1", "PIP-01", "Red N1", "cluster", "15", "AR", "2004-02-01"]
    for when, said in (
        ("2005-02-28", [(2, ["The day of dissolution does not change by import."])]),
        ("2005-01-31", []),
    ):
        page = desk.choose("projects/network", files.workbook(networks, [*known, when]))
        assert reasons(page) == said
    firms = ["code", "name", "country", "sector", "owner_sex", "closed_on", "closing_reason"]
    known = ["FIRMAAAAA", "Empresa FIRMAAAAA", "AR", "15", "f"]
    for when, said in (
        ("2005-02-28", [(2, ["The day of closing does not change by import."])]),
        ("2005-01-31", []),
    ):
        page = desk.choose("projects/firm", files.workbook(firms, [*known, when, "economic"]))
        assert reasons(page) == said
    assert (Network.objects.get().dissolved_on, Firm.objects.get(pk=firm.pk).closed_on) == (
        day("2005-01-31"),
        day("2005-01-31"),
    )


def test_archived_and_anonymised_firms_are_not_changed_by_a_file(desk):
    network = factories.network("N1", factories.project())
    firm = factories.firm("FIRMAAAAA", network)
    data = files.workbook(
        ["code", "name", "country", "sector", "owner_sex"], ["FIRMAAAAA", "Otro", "AR", "15", "f"]
    )
    for change, said in (
        ({"archived_at": AT}, "The firm FIRMAAAAA is archived."),
        (
            {"archived_at": None, "anonymised_at": AT, "name": ""},
            "The firm was anonymised: its facts are gone for good.",
        ),
    ):
        Firm.objects.filter(pk=firm.pk).update(
            **({"owner_sex": "unknown"} if "name" in change else {}), **change
        )
        page = desk.choose("projects/firm", data)
        assert (counts(page), reasons(page)) == ({"conflict": 1}, [(2, [said])])
    Firm.objects.filter(pk=firm.pk).update(anonymised_at=None, name="Uno", owner_sex="f")
    assert counts(desk.choose("projects/firm", data)) == {"changed": 1}


@pytest.mark.parametrize("end", [["2005-01-31", ""], ["", "moved"]])
def test_a_leaving_has_its_day_and_its_reason(desk, end):
    factories.firm("FIRMAAAAA", factories.network("N1", factories.project()))
    headings = ["firm", "network", "joined_on", "left_on", "leaving_reason"]
    stay = ["FIRMAAAAA", "N1", "2004-02-15"]
    page = desk.choose("projects/membership", files.workbook(headings, [*stay, *end]))
    assert reasons(page) == [(2, ["A leaving needs its day and its reason."])]
    assert counts(
        desk.choose("projects/membership", files.workbook(headings, [*stay, "2005-01-31", "moved"]))
    ) == {"changed": 1}
    assert Membership.objects.get().left_on is None
