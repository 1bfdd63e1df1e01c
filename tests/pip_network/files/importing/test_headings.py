"""Headings of imports: names for machines, labels in any language, and what could mean two columns."""

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pip_network.administration.site import site
from pip_network.files.importing.headings import Ambiguous, places_of
from pip_network.files.incoming import Cell
from pip_network.models import Institution
from pip_network.people.resources import InstitutionResource
from pip_network.web.errors import Invalid
from tests import factories
from tests.desk import counts, reasons, waiting_in
from tests.pip_network.files.incoming import files

LANGUAGES = [language for language, _name in settings.LANGUAGES]
RESOURCES = [
    resource
    for room in site._registry.values()
    for resource in getattr(room, "resource_classes", [])
]
INSTITUTIONS = "pip_network/institution"


def read(resource, heading: list[Cell]) -> dict[str, int]:
    """Column and place."""
    return {column.name: place for column, place in places_of(heading, resource().columns, ())}


def labels(resource, language: str) -> list[str]:
    with translation.override(language):
        return resource().get_export_headers()


def test_the_tables_are_all_there():
    tables = {resource.table() for resource in RESOURCES}
    assert tables >= {"pip_network.institution", "monitoring.rate", "knowledge.work"}
    assert tables >= {"projects.firm", "projects.network", "projects.project", "workshops.workshop"}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.__name__)
@given(data=st.data())
def test_what_is_exported_comes_back_column_by_column(resource, data):
    """In each language, or by the names for machines; whole or in part, in any order, in any mixture
    of one language and names.
    """
    names = [column.name for column in resource().columns]
    language = data.draw(st.sampled_from(LANGUAGES))
    by_name = dict(zip(names, labels(resource, language), strict=True))
    chosen = data.draw(st.permutations(names))[: data.draw(st.integers(1, len(names)))]
    whole = data.draw(st.sampled_from(["labels", "names", "mixed"]))
    heading: list[Cell] = [
        name
        if whole == "names" or (whole == "mixed" and data.draw(st.booleans()))
        else by_name[name]
        for name in chosen
    ]
    reader = data.draw(st.sampled_from(LANGUAGES))
    with translation.override(reader):
        assert read(resource, heading) == {name: place for place, name in enumerate(chosen)}


@pytest.mark.parametrize("resource", RESOURCES)
def test_codes_are_described_as_they_are_written(resource):
    table = resource()
    for column, told in zip(table.columns, table.described(), strict=True):
        codes = getattr(column, "choices", None)
        if codes is not None and not column.help:
            assert told["accepted"].startswith(f"{codes[0][0]} = ")


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_and_accents_are_forgiven_or_asked_and_never_land_elsewhere(resource, language):
    for column, label in zip(resource().columns, labels(resource, language), strict=True):
        try:
            assert set(read(resource, [label.upper()])) == {column.name}
        except Ambiguous as error:
            (heading,) = error.headings
            assert column in heading.columns or column.name in {
                each.name for each in heading.columns
            }


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        (["slug", "country", "iso2"], {"slug": 0, "country": 1, "iso2": 2}),
        (["iso2", "country"], {"iso2": 0, "country": 1}),
        (["country"], {"country": 0}),
        (["Country"], {"iso2": 0}),  # as an export in English has it
        (["País"], {"iso2": 0}),
        (["pais"], {"iso2": 0}),
    ],
)
def test_country_and_its_code_are_two_columns(heading, places):
    assert read(InstitutionResource, heading) == places


@pytest.mark.parametrize(
    "heading", [["COUNTRY"], ["Identificador", "Country"], ["Country", "iso2"]]
)
def test_a_heading_of_two_columns_is_asked(heading):
    with pytest.raises(Ambiguous) as asked:
        read(InstitutionResource, heading)
    (open_heading,) = asked.value.headings
    assert "country" in {column.name for column in open_heading.columns}


def test_a_column_that_stands_twice_is_refused():
    with translation.override("es"), pytest.raises(Invalid) as refused:
        read(InstitutionResource, ["name", "Nombre"])
    assert str(refused.value.message) == "El encabezado «Nombre» aparece dos veces."
    assert read(InstitutionResource, ["name", "Sigla"]) == {"name": 0, "acronym": 1}


# --- in the administration


def ask(desk, *rows):
    return desk.choose(INSTITUTIONS, files.workbook(*rows))


@pytest.mark.django_db
@pytest.mark.usefixtures("english", "folder")
@pytest.mark.parametrize(
    ("choice", "country", "iso2"), [("country", "AR", ""), ("iso2", "", "AR"), ("-", "", "")]
)
def test_an_open_heading_waits_for_its_column(desk, choice, country, iso2):
    page = ask(
        desk,
        ["slug", "name", "COUNTRY", "relation", "kind"],
        [None, "Uno", "AR", "related", "Agencia"],
    )
    content = page.content.decode()
    assert page.status_code == 200
    assert "Column C: «COUNTRY»" in content
    assert not Institution.objects.exists()
    form = page.context["form"]
    asked = {"headings_of": form["headings_of"].value()}

    unanswered = desk.client.post(f"/admin/{INSTITUTIONS}/import/", asked)
    assert (unanswered.status_code, "plan" in (unanswered.context or {})) == (422, False)

    preview = desk.client.post(f"/admin/{INSTITUTIONS}/import/", {**asked, "column_2": choice})
    assert counts(preview) == {"new": 1}
    desk.confirm(INSTITUTIONS, waiting_in(preview))
    assert list(Institution.objects.values_list("slug", "country", "iso2")) == [
        ("uno", country, iso2)
    ]
    again = desk.client.post(f"/admin/{INSTITUTIONS}/import/", {**asked, "column_2": choice})
    assert (again.status_code, again.url) == (302, f"/admin/{INSTITUTIONS}/import/")


@pytest.mark.django_db
@pytest.mark.usefixtures("english", "folder")
def test_what_waits_for_a_heading_is_not_confirmed_and_not_another_persons(desk, client):
    page = ask(desk, ["slug", "name", "COUNTRY", "relation"], [None, "Uno", "AR", "related"])
    name = page.context["form"]["headings_of"].value()
    desk.confirm(INSTITUTIONS, name)
    assert not Institution.objects.exists()

    page = ask(desk, ["slug", "name", "COUNTRY", "relation"], [None, "Uno", "AR", "related"])
    name = page.context["form"]["headings_of"].value()
    other = factories.user("otra", role="administration", language="en")
    client.force_login(other)
    answer = client.post(
        f"/admin/{INSTITUTIONS}/import/", {"headings_of": name, "column_2": "iso2"}
    )
    assert answer.status_code == 302
    assert not Institution.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("english", "folder")
@pytest.mark.parametrize("further", [["x", None, 7], []])
def test_a_row_with_more_cells_than_the_heading_says_which(desk, further):
    page = ask(
        desk,
        ["slug", "name", "relation", "kind"],
        [None, "Uno", "related", "Agencia", *further],
    )
    if not further:
        assert counts(page) == {"new": 1}
        return
    assert counts(page) == {"refused": 1}
    assert reasons(page) == [
        (2, ["The row has more cells than the heading: Empresas!E2 («x»), Empresas!G2 («7»)."])
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("english", "folder")
def test_a_row_of_a_text_with_more_cells_says_which(desk):
    data = b"slug,name,relation,kind\n,Uno,related,Agencia,x\n,Dos,related,Agencia,\n"
    page = desk.choose(INSTITUTIONS, data, name="file.csv")
    assert counts(page) == {"refused": 1, "new": 1}
    assert reasons(page) == [(2, ["The row has more cells than the heading: E2 («x»)."])]
