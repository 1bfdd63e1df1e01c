"""The rooms of the catalogue: who enters, what is read and what is written there, and what a form
cannot smuggle in.
"""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitoring.catalogue import draft_rows, drafts
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from tests import factories
from tests.factories import PROCESS, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
BY = {"by": PROCESS, "at": moment("2005-01-15")}
ROOM = "/admin/monitoring"
VERSIONS = f"{ROOM}/catalogueversion"
TABLES = {"variable": Variable, "indicator": Indicator, "check": Check}


@pytest.fixture
def draft(db) -> CatalogueVersion:
    return drafts.start_draft(note="Certificados", **BY)


def row(model, code: str, number: int = 2):
    return model.objects.get(catalogue=number, code=code)


def page_of(thing, act: str = "change") -> str:
    return f"{ROOM}/{thing._meta.model_name}/{thing.pk}/{act}/"


def opened(desk, thing) -> dict:
    """What the form would send as it stands: unmarked boxes send nothing."""
    page = desk.client.get(page_of(thing))
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    given = {
        name: "" if value is None else value for name, value in values.items() if value is not False
    }
    return {**given, "stamp": page.context["stamp"]}


def errors(page) -> dict:
    return {
        name: list(sentences) for name, sentences in page.context["adminform"].form.errors.items()
    }


# --- who enters


@pytest.mark.parametrize("role", [None, *[role for role in Role if role != Role.ADMINISTRATION]])
def test_the_rooms_exist_for_the_administration_alone(client, draft, role):
    if role is not None:
        client.force_login(factories.user("otra", role=role))
    variable = row(Variable, "trust")
    for page in (
        f"{VERSIONS}/",
        f"{VERSIONS}/2/change/",
        f"{VERSIONS}/2/compare/",
        f"{VERSIONS}/2/files.zip",
        f"{VERSIONS}/2/publish/",
        f"{VERSIONS}/2/discard/",
        page_of(variable),
        page_of(variable, "remove"),
    ):
        for method in (client.get, client.post):
            assert method(page, {"reason": "Porque hacía falta"}).status_code == (
                302 if role is None else 404
            ), page
    assert CatalogueVersion.objects.get(pk=2).is_draft
    assert row(Variable, "trust").pk == variable.pk


@pytest.mark.parametrize(
    "page",
    [
        "catalogueversion/",
        "catalogueversion/add/",
        "variable/",
        "variable/add/",
        "indicator/",
        "indicator/add/",
        "check/",
        "check/add/",
    ]
    + [
        f"catalogueversion/{number}/{act}"
        for number in (1, 2)
        for act in ("change/", "compare/", "files.zip", "history/")
    ]
    + ["catalogueversion/2/publish/", "catalogueversion/2/discard/"],
)
def test_the_administration_opens_each_page(desk, draft, page):
    assert desk.client.get(f"{ROOM}/{page}").status_code == 200


@pytest.mark.parametrize("act", ["compare", "files", "publish", "discard"])
@pytest.mark.parametrize("number", ["3", "x", "-1", "2/2", "9" * 30])
def test_what_does_not_exist_is_not_found(desk, draft, act, number):
    place = reverse(f"admin:monitoring_catalogueversion_{act}", args=[number])
    assert desk.client.get(place).status_code == 404


def test_looking_writes_nothing(desk, draft):
    for act in ("compare", "files"):
        place = reverse(f"admin:monitoring_catalogueversion_{act}", args=[2])
        assert desk.client.post(place).status_code == 405
    before = AuditEvent.objects.count()
    for page in (
        f"{VERSIONS}/2/publish/",
        f"{VERSIONS}/2/discard/",
        page_of(row(Variable, "certificates"), "remove"),
    ):
        assert desk.client.get(page).status_code == 200
    assert AuditEvent.objects.count() == before


# --- versions


def test_a_draft_is_started_with_a_note_and_one_at_a_time(desk):
    assert "Start a draft" in desk.client.get(f"{VERSIONS}/").content.decode()
    made = desk.client.post(
        f"{VERSIONS}/add/", {"note": "Certificados", "number": "9", "status": "published"}
    )
    assert (made.status_code, made.url) == (302, f"{VERSIONS}/2/change/")
    assert list(CatalogueVersion.objects.values_list("number", "status", "note")) == [
        (1, "published", ""),
        (2, "draft", "Certificados"),
    ]
    assert "Start a draft" not in desk.client.get(f"{VERSIONS}/").content.decode()
    again = desk.client.post(f"{VERSIONS}/add/", {"note": "Otro"})
    assert errors(again) == {
        "__all__": ["Version 2 is being drafted: publish it or discard it first."]
    }
    assert AuditEvent.objects.get(verb="catalogue.draft_started").actor == f"U:{desk.person.pk}"


def test_the_note_of_a_draft_is_changed_and_that_of_a_published_version_is_not(desk, draft):
    given = {"note": "Más claro", "stamp": opened(desk, draft)["stamp"]}
    assert (
        desk.client.post(f"{VERSIONS}/2/change/", {**given, "status": "published"}).status_code
        == 302
    )
    assert desk.client.post(f"{VERSIONS}/1/change/", given).status_code == 403
    assert list(CatalogueVersion.objects.values_list("status", "note")) == [
        ("published", ""),
        ("draft", "Más claro"),
    ]


def test_the_buttons_are_those_that_apply(desk, draft):
    def acts(number: int) -> set[str]:
        page = desk.client.get(f"{VERSIONS}/{number}/change/").content.decode()
        places = {"add": f"{VERSIONS}/add/"} | {
            act: reverse(f"admin:monitoring_catalogueversion_{act}", args=[number])
            for act in ("compare", "files", "publish", "discard")
        }
        return {act for act, place in places.items() if f'href="{place}"' in page}

    assert (acts(1), acts(2)) == ({"files"}, {"compare", "files", "publish", "discard"})
    draft_rows.change_row(row=row(Check, "sales_jump"), high="4.00", **BY)
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    assert (acts(1), acts(2)) == ({"files"}, {"add", "compare", "files"})


def test_the_files_are_those_that_the_command_writes(desk, draft):
    answer = desk.client.get(f"{VERSIONS}/2/files.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-v2.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [
            "checks.csv",
            "checks_translations.csv",
            "indicators.csv",
            "indicators_translations.csv",
            "units.csv",
            "variables.csv",
            "variables_translations.csv",
        ]
        for name in archive.namelist():
            expected = (factories.CATALOGUE / name).read_text(encoding="utf-8")
            assert archive.read(name).decode().replace("\r\n", "\n") == expected, name


def test_the_comparison_shows_before_and_after_and_what_breaks(desk, draft):
    draft_rows.change_row(row=row(Variable, "certificates"), definition_es="Otra cosa.", **BY)
    page = desk.client.get(f"{VERSIONS}/2/compare/").content.decode()
    assert "<ins>Otra cosa.</ins>" in page
    assert "The panel of B03 will not cross this version" in page
    assert "differs in definition in Spanish" in page
    assert "The panel of" not in desk.client.get(f"{VERSIONS}/1/compare/").content.decode()


def test_publishing_shows_what_follows_asks_why_and_publishes_what_was_shown(desk, draft):
    place = f"{VERSIONS}/2/publish/"
    assert "there is nothing to publish" in desk.client.get(place).content.decode()
    draft_rows.change_row(row=row(Variable, "certificates"), definition_es="Otra cosa.", **BY)
    page = desk.client.get(place)
    assert "The panels of certificates will not cross this version." in page.content.decode()
    seen = page.context["seen"]
    silent = desk.client.post(place, {"reason": "", "seen": seen})
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["reason"])

    draft_rows.change_row(row=row(Check, "sales_jump"), high="4.00", **BY)
    late = desk.client.post(place, {"reason": "Porque así se acordó", "seen": seen})
    assert late.context["form"].non_field_errors() == [
        "Somebody changed the draft since you looked at it: read what it changes again."
    ]
    assert "Porque así se acordó" in late.content.decode()
    assert CatalogueVersion.objects.get(pk=2).is_draft

    done = desk.client.post(place, {"reason": "Porque así se acordó", "seen": late.context["seen"]})
    assert (done.status_code, done.url) == (302, f"{VERSIONS}/2/change/")
    assert CatalogueVersion.objects.get(pk=2).status == "published"
    event = AuditEvent.objects.get(verb="catalogue.published", object="V:2")
    assert (event.actor, event.details["reason"]) == (f"U:{desk.person.pk}", "Porque así se acordó")
    assert desk.client.post(place, {"reason": "Otra vez lo mismo"}).status_code == 404


def test_what_stands_in_the_way_of_publication_is_listed_and_nothing_is_published(desk, draft):
    draft_rows.change_row(row=row(Variable, "service_hours"), frequency="annual", **BY)
    page = desk.client.get(f"{VERSIONS}/2/publish/").content.decode()
    assert "Its variables are not asked equally often." in page
    assert 'name="reason"' not in page
    answer = desk.client.post(f"{VERSIONS}/2/publish/", {"reason": "Porque hacía falta"})
    assert (answer.status_code, CatalogueVersion.objects.get(pk=2).status) == (422, "draft")


def test_a_draft_is_discarded_after_a_word_of_warning(desk, draft):
    page = desk.client.get(f"{VERSIONS}/2/discard/").content.decode()
    assert "with its variables (53), indicators (44) and checks (38)" in page
    assert desk.client.post(f"{VERSIONS}/1/discard/").status_code == 404
    assert desk.client.post(f"{VERSIONS}/2/discard/").status_code == 302
    assert list(CatalogueVersion.objects.values_list("number", flat=True)) == [1]


# --- rows


def test_a_row_is_changed_and_its_refusal_stands_in_the_form(desk, draft):
    variable = row(Variable, "certificates")
    given = {**opened(desk, variable), "name_es": "Certificados", "applies_to": ["cluster"]}
    refused = desk.client.post(page_of(variable), {**given, "decimals": "2", "minimum": "30"})
    assert refused.status_code == 200
    assert errors(refused) == {
        "maximum": ["The greatest value is below the least."],
        "decimals": ["Whole numbers only."],
    }
    assert 'value="Certificados"' in refused.content.decode()
    assert row(Variable, "certificates").name_es == "Certificaciones vigentes"

    assert desk.client.post(page_of(variable), given).status_code == 302
    kept = row(Variable, "certificates")
    assert (kept.name_es, kept.applies_to, kept.decimals) == ("Certificados", "cluster", 0)
    assert AuditEvent.objects.get(verb="catalogue.row_changed").details["changes"] == {
        "name_es": ["Certificaciones vigentes", "Certificados"],
        "applies_to": ["", "cluster"],
    }


@pytest.mark.parametrize("name", TABLES)
def test_saving_a_form_as_it_stands_changes_nothing(desk, draft, name):
    before = AuditEvent.objects.count()
    for one in (
        TABLES[name].objects.filter(catalogue=2).select_related("catalogue").order_by("position")
    ):
        answer = desk.client.post(page_of(one), opened(desk, one))
        assert answer.status_code == 302, (one.code, errors(answer))
    assert AuditEvent.objects.count() == before


def test_a_form_writes_its_own_fields_and_no_other(desk, draft):
    variable = row(Variable, "certificates")
    smuggled = {
        "catalogue": "1",
        "defined_in": "1",
        "code": "sales",
        "id": str(row(Variable, "sales", 1).pk),
    }
    given = {**opened(desk, variable), "definition_es": "Otra cosa.", **smuggled}
    assert desk.client.post(page_of(variable), given).status_code == 302
    kept = Variable.objects.get(pk=variable.pk)
    assert (kept.catalogue_id, kept.code, kept.defined_in, kept.definition_es) == (
        2,
        "certificates",
        2,
        "Otra cosa.",
    )
    assert row(Variable, "sales", 1).definition_es != "Otra cosa."


@pytest.mark.parametrize("name", TABLES)
def test_a_published_row_refuses_every_writing(desk, draft, name):
    published = TABLES[name].objects.filter(catalogue=1).latest("position")
    drafted = TABLES[name].objects.get(catalogue=2, code=published.code)
    kept = {key: value for key, value in vars(published).items() if not key.startswith("_")}
    given = opened(desk, drafted)
    assert desk.client.post(page_of(published), given).status_code == 403
    for method in (desk.client.get, desk.client.post):
        assert method(page_of(published, "remove")).status_code == 404
    found = TABLES[name].objects.get(pk=published.pk)
    assert {key: value for key, value in vars(found).items() if not key.startswith("_")} == kept
    page = desk.client.get(page_of(published)).content.decode()
    assert ("<textarea" in page, 'type="submit"' in page.partition('id="content"')[2]) == (
        False,
        False,
    )
    assert desk.client.post(page_of(drafted), given).status_code == 302


def test_what_somebody_else_changed_meanwhile_is_not_written_over(desk, draft):
    variable = row(Variable, "certificates")
    given = opened(desk, variable)
    draft_rows.change_row(row=variable, name_en="Theirs", **BY)
    refused = desk.client.post(page_of(variable), {**given, "name_es": "Mía"})
    assert errors(refused) == {
        "__all__": ["Somebody else changed it meanwhile: compare both before you save."],
        "name_es": ["Stands there now: Certificaciones vigentes"],
        "name_en": ["Stands there now: Theirs"],
    }
    assert row(Variable, "certificates").name_es == "Certificaciones vigentes"
    again = {**given, "name_es": "Mía", "name_en": "Theirs", "stamp": refused.context["stamp"]}
    assert desk.client.post(page_of(variable), again).status_code == 302
    assert (row(Variable, "certificates").name_es, row(Variable, "certificates").name_en) == (
        "Mía",
        "Theirs",
    )


NEW = {
    "code": "green",
    "level": "firm",
    "theme": "innovation",
    "unit": "certificates",
    "value_type": "count",
    "decimals": "0",
    "minimum": "0",
    "maximum": "20",
    "frequency": "annual",
    "stock_or_flow": "stock",
    "set_by": "director",
    "name_es": "Verdes",
    "definition_es": "Los verdes.",
    "applies_to": ["cadena_proveedores", "cluster"],
}


def test_a_row_is_added_to_the_draft_wherever_the_form_says(desk, draft):
    assert (
        desk.client.post(
            f"{ROOM}/variable/add/", {**NEW, "catalogue": "1", "position": "1"}
        ).status_code
        == 302
    )
    made = Variable.objects.get(code="green")
    assert (made.catalogue_id, made.position, made.applies_to) == (
        2,
        54,
        "cluster;cadena_proveedores",
    )
    again = desk.client.post(f"{ROOM}/variable/add/", NEW)
    assert errors(again) == {"code": ["The code stands in this version already."]}


def test_without_a_draft_nothing_is_added(desk):
    assert desk.client.get(f"{ROOM}/variable/add/").status_code == 403
    assert desk.client.post(f"{ROOM}/variable/add/", NEW).status_code == 403
    assert not Variable.objects.filter(code="green").exists()


def test_a_row_is_removed_unless_it_is_used(desk, draft):
    used = row(Variable, "attendances")
    assert (
        "Still used by A06, attend_le_invited"
        in desk.client.get(page_of(used, "remove")).content.decode()
    )
    refused = desk.client.post(page_of(used, "remove"))
    assert refused.url == page_of(used)
    assert row(Variable, "attendances") == used
    done = desk.client.post(page_of(row(Indicator, "A06"), "remove"))
    assert (done.status_code, done.url) == (302, f"{ROOM}/indicator/?version=2")
    assert not Indicator.objects.filter(catalogue=2, code="A06").exists()
    assert row(Indicator, "A06", 1)


def test_a_list_is_of_one_version(desk, draft):
    draft_rows.remove_row(row=row(Indicator, "A06"), **BY)
    counts = {}
    for query in (
        "",
        "?version=1",
        "?version=2",
        "?version=3",
        "?version=x",
        "?theme=innovation&version=1",
        "?q=B03",
    ):
        counts[query] = desk.client.get(f"{ROOM}/indicator/{query}").context["cl"].result_count
    innovation = Indicator.objects.filter(catalogue=1, theme="innovation").count()
    assert counts == {
        "": 43,
        "?version=1": 44,
        "?version=2": 43,
        "?version=3": 0,
        "?version=x": 0,
        "?theme=innovation&version=1": innovation,
        "?q=B03": 1,
    }


def test_the_history_of_a_row_is_the_trail(desk, draft):
    variable = row(Variable, "certificates")
    draft_rows.change_row(row=variable, stock_or_flow="flow", **BY)
    page = desk.client.get(page_of(variable, "history"))
    lines = page.context["history"]
    assert [
        (line.object, [(c.label, c.old[:5], c.new[:4]) for c in line.changes]) for line in lines
    ] == [("variable:2/certificates", [("Stock or flow", "Stock", "Flow")])]


# --- the number of queries does not grow with the catalogue


@pytest.mark.parametrize("versions", [1, 3])
def test_pages_ask_the_database_as_often_whatever_they_show(desk, versions):
    for number in range(2, versions + 1):
        drafts.start_draft(**BY)
        draft_rows.change_row(row=row(Check, "sales_jump", number), high=f"{number + 2}.00", **BY)
        drafts.publish_draft(number=number, reason="Porque hacía falta", **BY)
    number = drafts.start_draft(**BY).number
    variable = row(Variable, "certificates", number)
    pages = [
        f"{VERSIONS}/",
        f"{VERSIONS}/{number}/change/",
        f"{VERSIONS}/{number}/compare/",
        f"{ROOM}/variable/",
        f"{ROOM}/check/",
        page_of(variable),
        page_of(row(Check, "sales_jump", number)),
    ]
    counted = []
    for page in pages:
        desk.client.get(page)  # what a process reads once
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(page).status_code == 200
        counted.append(len(queries))
    assert counted == [7, 8, 13, 8, 8, 11, 8]
