"""A new indicator is one row of the catalogue: what it says of itself is what every page and report
does with it.
"""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from monitoring import portfolio
from monitoring.analysis import Figure, definition
from monitoring.catalogue import draft_rows, drafts
from monitoring.catalogue.changes.comparison import compare
from monitoring.catalogue.loading import load_version
from monitoring.models import CatalogueVersion, FigureSet, Indicator, Unit
from monitoring.portfolio import registry_panels
from monitoring.record.catalogue_export import export_catalogue
from monitoring.reports import gathering, questions
from monitoring.reports.blocks import Chart, Flow, Table
from monitoring.reports.compose import compose
from monitoring.reports.figure_definitions import keep_definitions
from projects.models import Project
from tests.factories import PROCESS, catalogue, moment
from tests.monitoring.reports.world import World, person

BY = {"by": PROCESS, "at": moment("2004-01-15")}
SENTENCE = "En {period}, {value} de las empresas estrenó un producto ({basis})."
# Everything that the product may ask of an indicator, in one row.
LEADING = {
    "level": "firm",
    "theme": "innovation",
    "classification": "outcome",
    "core": False,
    "direction": "up",
    "rule": "share_positive",
    "numerator": "innov_product",
    "name_es": "Empresas con producto nuevo",
    "definition_es": "Empresas con una o más innovaciones de producto.",
    "featured": "cluster",
    "featured_order": 0,
    "shown_in": "portfolio;trends;projects",
    "attrition_order": 0,
    "leading_order": 0,
    "drawn_as": "line;pairs",
    "sentence_es": SENTENCE,
    "sentence_en": "In {period}, {value} of the firms had a new product ({basis}).",
    "sentence_pt": "Em {period}, {value} das empresas lançaram um produto ({basis}).",
}
GROWTH = {
    "level": "firm",
    "theme": "sales",
    "classification": "outcome",
    "core": False,
    "direction": "up",
    "rule": "panel_change_pct",
    "numerator": "sales",
    "name_es": "Crecimiento",
    "definition_es": "Como E02.",
}


def add(code: str, unit: str = "percent", **columns) -> Indicator:
    unit = Unit.objects.get(pk=unit)
    return draft_rows.add_row(table=Indicator, code=code, unit=unit, **columns, **BY)


def row(code: str, number: int = 2) -> Indicator:
    return Indicator.objects.get(catalogue=number, code=code)


def drafted() -> CatalogueVersion:
    catalogue()
    version = drafts.start_draft(**BY)
    draft_rows.change_row(row=row("F01"), alert="", **BY)
    add("B09", alert="reconstructed", **LEADING)
    add("E07", prices="constant", estimate=True, **GROWTH)
    add("E08", **GROWTH)
    return version


@pytest.fixture
def draft(db) -> CatalogueVersion:
    return drafted()


@pytest.fixture(scope="module")
def _published(standing) -> World:
    """A record under the version that was drafted, made once; tests of the draft itself stand
    before all that ask for it.
    """
    drafted()
    drafts.publish_draft(number=2, reason="Indicadores nuevos", **BY)
    made = World(projects=2, networks=2, firms=6, version=2).make()
    portfolio.refresh(at=timezone.now())
    return made


@pytest.fixture
def record(_published, db) -> World:
    return _published


@pytest.fixture
def client(client, record):
    client.force_login(person("especialista@example.org", "Ana", "specialist", "*"))
    return client


def report(**given):
    asked = questions.parse({"title": "T", "round": "2005-S2", "group_by": ["typology"], **given})
    with translation.override("es"):
        material = gathering.gather(asked)
        return material, {section.key: section for section in compose(material).sections}


# --- drafted, compared, carried by the files


def test_what_it_says_is_compared_in_words(draft):
    draft_rows.change_row(row=row("E01"), drawn_as="line", prices="constant", **BY)
    with translation.override("en"):
        tables = compare(draft).tables
    indicators = next(table for table in tables if table.table is Indicator)
    assert {one.code for one in indicators.added} == {"B09", "E07", "E08"}
    changed = {change.row.code: change.fields for change in indicators.changed}
    told = [(one.name, one.before, one.after) for one in changed["E01"]]
    assert told == [("prices", "", "Always constant prices"), ("drawn_as", "", "line")]


def test_the_files_carry_it_to_the_next_version(draft, tmp_path):
    drafts.publish_draft(number=2, reason="Indicadores nuevos", **BY)
    export_catalogue(tmp_path, 2)
    load_version(3, tmp_path, **BY)
    columns = [
        one.attname
        for one in Indicator._meta.concrete_fields
        if one.name not in ("id", "catalogue")
    ]
    for code in ("B09", "E07", "E08"):
        second, third = row(code, 2), row(code, 3)
        assert [getattr(second, one) for one in columns] == [
            getattr(third, one) for one in columns
        ], code


# --- the portfolio and the registry


def test_the_portfolio_shows_it_in_the_order_of_the_catalogue(client):
    page = client.get(reverse("portfolio")).context
    assert [one.code for one in page["codes"]] == [
        "B01",
        "C01",
        "C03",
        "D01",
        "E02",
        "F02",
        "H02",
        "B09",
    ]
    assert page["trends"][-1]["indicator"].code == "B09"
    [(_project, _kinds, first), _second] = page["heat"]
    assert first[-1].has_value


def test_its_typology_features_it_where_it_says(client):
    clusters = client.get(reverse("portfolio"), {"typology": "cluster"}).context["codes"]
    assert [one.code for one in clusters] == ["B09", "A01", "A07", "B01", "C02", "I01", "H01"]
    request = SimpleNamespace(user=person("especialista@example.org", "Ana"))
    shown = registry_panels.featured(request, SimpleNamespace(code="cluster"))["rows"]
    assert [one.code for one in shown] == [one.code for one in clusters]
    others = client.get(reverse("portfolio"), {"typology": "sistema_territorial"}).context["codes"]
    assert "B09" not in {one.code for one in others}


def test_the_page_of_a_project_shows_it(client):
    page = client.get(Project.objects.get(code="PIP-01").get_absolute_url()).content.decode()
    assert "Empresas con producto nuevo" in page


def test_its_alert_opens_its_figure(client):
    facts = next(one for one in FigureSet.objects.all() if "facts" in one.specification)
    facts.figures["baselines"]["PIP-01"] = [10, 9]
    facts.save()
    items = client.get(reverse("portfolio")).context["items"]
    figure = portfolio.latest().by_project.get("B09", "main", {"project": "PIP-01"})
    [alert] = [one for one in items if one.project == "PIP-01" and one.order == 4]
    assert alert.url == reverse("figure", args=[figure.id])


# --- reports


def test_it_leads_the_text_and_the_charts_of_its_theme(record):
    _material, sections = report(indicators=["B01", "B09"])
    innovation = sections["innovation"]
    told = innovation.lead[0].text.replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith("En 2005, ")
    assert "de las empresas estrenó un producto (n = " in told
    charts = [block for block in innovation.blocks if isinstance(block, Chart)]
    assert [chart.subtitle.split(" ")[0] for chart in charts] == ["B09", "B09", "B01", "B01"]


def test_it_stands_project_by_project_and_leads_there(record):
    _material, sections = report(indicators=["B01", "B09"])
    by_project = sections["projects"]
    [table] = [block for block in by_project.blocks if isinstance(block, Table)]
    assert [one.label.rpartition(" (")[0] for one in table.columns[1:]] == [
        "Empresas que innovan",
        "Empresas con producto nuevo",
    ]
    assert "Empresas con producto nuevo" in by_project.lead[0].text


def test_it_comes_first_in_the_table_of_attrition(record):
    _material, sections = report(indicators=["B01", "B09"])
    blocks = sections["attrition"].blocks
    [flow] = [block for block in blocks if isinstance(block, Flow)]
    assert flow.subtitle.startswith("B09 ·")
    table = next(block for block in blocks if isinstance(block, Table) and len(block.columns) == 5)
    assert table.rows[0].cells[0].small.startswith("B09 ·")


def test_its_prices_are_its_own_and_an_estimate_says_so(record):
    material, sections = report(indicators=["E02", "E07", "E08"])
    constant, asked, first = (material.figures.get(code) for code in ("E07", "E08", "E02"))
    assert (constant.value, constant.panel) == (first.value, first.panel)
    assert asked.value != first.value
    assert [flags(one) for one in (constant, asked, first)] == [True, False, False]
    method = " ".join(
        block.text for block in sections["method"].blocks if block.kind == "paragraph"
    )
    assert "E02, E03 y E07 están siempre a precios constantes" in method


def test_the_page_of_a_figure_says_its_prices(client):
    asked = questions.parse({"title": "T", "indicators": ["E07", "E08"], "round": "2005-S2"})
    figures, question = gathering.gather(asked).figures, asked.question()
    for code, prices in (("E07", "constantes"), ("E08", "corrientes")):
        figure = figures.get(code)
        keep_definitions({figure.id: definition(question, code, "main", {})})
        page = client.get(reverse("figure", args=[figure.id])).content.decode()
        assert f"<dt>Precios</dt><dd>{prices}</dd>" in re.sub(r"\s*(<[^>]+>)\s*", r"\1", page), code


def flags(figure: Figure) -> bool:
    return "estimate" in figure.flags


def test_without_a_sentence_of_its_own_a_change_gives_both_ends(record):
    _material, sections = report(indicators=["E08"])
    told = sections["sales"].lead[0].text.replace("\N{NO-BREAK SPACE}", " ")
    assert re.fullmatch(
        r"«Crecimiento»: en la comparación de \d+ empresas, US\$ [\d.]+ en 2005 y US\$ [\d.]+ en "
        r"la línea de base\. La variación observada es .+",
        told,
    )
