"""The same digits in page, PDF, workbook and figures.json; equal bytes when built again."""

import io
import json
from decimal import Decimal

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from monitoring.analysis import figures_document
from monitoring.models import FigureDefinition, Observation
from monitoring.reports import build, page, pdf, questions, text, workbook
from monitoring.reports.blocks import Table
from monitoring.reports.charts import draw
from monitoring.reports.compose import compose
from pip_network.people.access import Role
from tests import factories
from tests.monitoring.publication.publishing import publish
from tests.monitoring.reports.conftest import ALL
from tests.monitoring.reports.world import World

ADDRESS = "http://localhost:8000"


def pdf_pages(paper: bytes) -> list[str]:
    """The words of each page, as an independent reader finds them."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper)]


def shown_in_tables(document) -> list[tuple[str, str]]:
    """(figure id, words) of every cell of a figure's own value."""
    return [
        (cell.figure, cell.text)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells[2:3]
        if cell.figure
    ]


def test_page_and_paper_show_the_rounding_of_figures_json(many):
    with translation.override("es"):
        article = page.article(many.document)
        paper = " ".join(" ".join(pdf_pages(pdf.render(many.document, ADDRESS))).split())
    asked = many.material.specification
    written = json.loads(
        figures_document(
            asked.question(), many.material.figures.all, record_hash="x", application="1"
        )
    )
    exact = {one["id"]: one for one in written["figures"]}
    cells = [(key, words) for key, words in shown_in_tables(many.document) if key in exact]
    assert len(cells) > 200
    for key, words in cells:
        figure = exact[key]
        assert f'href="/figures/{key}/">{words}</a>' in article or figure["value"] is None
        if figure["value"] is None:
            continue
        with translation.override("es"):
            signed = many.material.signed(figure["indicator"]) and figure["measure"] in (
                "main",
                "median",
            )
            assert words == text.amount(
                figure["value"], figure["unit"], figure["measure"], sign=signed
            )
        assert words.replace("\N{NO-BREAK SPACE}", " ") in paper


def test_the_workbook_holds_every_figure_as_numbers(many):
    with translation.override("es"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(many.document)))
    rows = book.get_sheet_by_name(
        "Cifras" if "Cifras" in book.sheet_names else "Figures"
    ).to_python()
    heads = rows[0]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:]}
    figures = many.material.figures.all
    assert list(found) == [figure.id for figure in figures]
    for figure in figures:
        row = found[figure.id]
        for name in ("value", "ci_low", "ci_high", "numerator", "denominator"):
            value = getattr(figure, name)
            if value is None:
                assert row[name] == ""
            else:
                assert isinstance(row[name], float)
                assert (
                    Decimal(str(row[name])) == Decimal(value)
                    or abs(row[name] - float(value)) <= abs(float(value)) * 1e-15
                )
        assert row["n"] == ("" if figure.n is None else figure.n)


def test_no_cell_of_the_workbook_is_a_formula(db, many):
    document = many.document
    with translation.override("es"):
        content = workbook.render(document)
    (formulas,) = {content.count(b"<f>")}
    assert formulas == 0
    sheet = "13 In the words of the projects"
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    told = [
        row
        for name in book.sheet_names
        if name.startswith("13 ")
        for row in book.get_sheet_by_name(name).to_python()
    ]
    assert any("=2+2 <b>no es marca</b>" in str(row[0]) for row in told), sheet


@pytest.mark.parametrize(
    ("language", "sections"),
    [("es", "all"), ("pt", ["sales", "projects"]), ("en", ["cover", "method"])],
)
def test_building_again_gives_equal_bytes(db, language, sections):
    World(projects=2, networks=2, firms=4).make()
    asked = questions.parse(ALL | {"language": language, "sections": sections})
    first = build.build(asked)
    draw.drawing.cache_clear()  # the second is drawn like the first
    second = build.build(asked)
    assert list(first.contents) == [
        "report.pdf",
        "report.xlsx",
        "report.html",
        "figures.json",
        "figures.csv",
        "page.json",
    ]
    assert {
        name: first.contents[name] == second.contents[name] for name in first.contents
    } == dict.fromkeys(first.contents, True)
    assert first.definitions == second.definitions


def test_every_cited_id_is_defined(db, many):
    found = build.definitions(many.material)
    with translation.override("es"):
        article = page.article(compose(many.material))
    cited = {part.split("/")[0] for part in article.split("/figures/")[1:]}
    assert cited <= set(found)
    assert (
        FigureDefinition.objects.filter(pk__in=cited).count() == 0
    )  # kept only when a report is built
    build.keep_definitions(found)
    assert FigureDefinition.objects.filter(pk__in=cited).count() == len(cited)


def test_staff_files_say_internal_use_on_every_page(many):
    with translation.override("es"):
        pages = pdf_pages(pdf.render(many.document, ADDRESS))
    assert len(pages) > 10
    assert [("Uso interno" in one or "Internal use" in one) for one in pages] == [True] * len(pages)


def test_a_public_report_says_nothing_of_projects_and_hides_small_groups(db):
    World(projects=2, networks=2, firms=1).make()
    code = Observation.objects.order_by("-round").values_list("round", flat=True)[0]
    publish(None, code, by=factories.user("admin", role=Role.ADMINISTRATION, scope="*"))
    asked = questions.parse(
        {
            "title": "Pública",
            "audience": "public",
            "indicators": ["B01", "E02"],
            "group_by": ["typology"],
        }
    )
    built = build.build(asked)
    html = built.contents["report.html"].decode()
    words = " ".join(pdf_pages(built.contents["report.pdf"]))
    assert "n\N{NO-BREAK SPACE}&lt;\N{NO-BREAK SPACE}5" in html
    assert "n < 5" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert [
        word
        for word in ("PIP-01", "PIP-02", "Uso interno", "Internal use", "Texto de")
        if word in html + words
    ] == []


def test_the_pdf_is_tagged_and_has_its_contents(many):
    with translation.override("es"):
        paper = pdf.render(many.document, ADDRESS)
    assert b"/MarkInfo" in paper or b"/StructTreeRoot" in paper
    assert pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(paper)) == 1
    pages = pdf_pages(paper)
    assert f"1 / {len(pages)}" in pages[0]
    assert many.document.record_hash in pages[-1]
