"""Every section with nothing, with one row, with many; and that all indicators appear."""

import dataclasses

import pytest
from django.utils import translation

from monitoring.analysis.catalogue import leading_first
from monitoring.reports import page, pdf, workbook
from monitoring.reports.blocks import Chart, Table
from monitoring.reports.compose import compose
from monitoring.reports.material import Figures
from monitoring.reports.sections import BY_KEY, KEYS, SECTIONS
from monitoring.reports.sections.projects import side_by_side


def of_size(rows: str, one, many, **changes):
    """The material of a size; empty: a record without anything that a section could show."""
    material = {"one": one, "many": many, "empty": one}[rows].material
    asked = dataclasses.replace(material.specification, **changes)
    if rows != "empty":
        return dataclasses.replace(material, specification=asked)
    nothing = {
        "figures": Figures(),
        "by_project": None,
        "series": {},
        "attrition": [],
        "completeness": [],
        "baselines": [],
        "narratives": [],
        "projects": [],
        "unapproved": [],
    }
    return dataclasses.replace(
        material, specification=dataclasses.replace(asked, indicators=()), **nothing
    )


@pytest.mark.parametrize("rows", ["empty", "one", "many"])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_each_section_stands_alone_on_page_and_in_the_workbook(rows, language, one, many):
    for section in SECTIONS:
        with translation.override(language):
            document = compose(of_size(rows, one, many, sections=(section.key,), language=language))
            article, book = page.article(document), workbook.render(document)
        (built,) = document.sections
        assert [built.key, built.number, built.lead[0].text.strip() != ""] == [section.key, 1, True]
        assert f'id="s1">1. {built.title}' in article
        assert book[:2] == b"PK"


@pytest.mark.parametrize("rows", ["empty", "one", "many"])
def test_all_sections_stand_on_paper(rows, one, many):
    with translation.override("es"):
        document = compose(of_size(rows, one, many))
        assert pdf.render(document, "http://localhost:8000")[:5] == b"%PDF-"
    assert [section.key for section in document.sections] == list(KEYS)


def test_sections_are_in_the_tuple_once():
    assert len(KEYS) == len(set(KEYS)) == len(SECTIONS) == len(BY_KEY)


def test_with_all_indicators_each_of_the_44_stands_in_a_table(many):
    shown = {
        figure.indicator
        for section in many.document.sections
        for block in section.blocks
        if isinstance(block, Table)
        for _name, figure in block.figures
        if not figure.group and figure.measure == "main"
    }
    assert shown == set(many.material.catalogue.indicators)
    assert len(shown) == 44


def test_charts_and_tables_are_numbered_by_section(many):
    for section in many.document.sections:
        tables = [block.number for block in section.blocks if isinstance(block, Table)]
        charts = [block.number for block in section.blocks if isinstance(block, Chart)]
        assert tables == [f"Tabla {section.number}.{at}." for at in range(1, len(tables) + 1)]
        assert all(number.startswith(f"Figura {section.number}.") for number in charts)


def test_every_theme_opens_with_two_sentences_from_its_own_figure(many):
    for key, code in (
        ("innovation", "B01"),
        ("markets", "C01"),
        ("credit", "D01"),
        ("sales", "E02"),
        ("employment", "F02"),
    ):
        section = next(one for one in many.document.sections if one.key == key)
        runs = section.lead[0].runs
        cited = {run.figure for run in runs if run.figure}
        assert cited == {many.material.figures.get(code).id}
        assert section.lead[0].text.count(". ") >= 1


def test_a_table_without_any_comparison_says_why_once(many):
    overview = next(one for one in many.document.sections if one.key == "portfolio")
    table = next(block for block in overview.blocks if isinstance(block, Table) and block.figures)
    assert len(table.columns) == 4
    assert table.notes[-1].startswith("Sin comparación con la línea de base:") or table.notes[
        -1
    ].startswith("No comparison")


def test_the_sentence_of_the_rules_stands_under_each_table_with_intervals(many):
    for section in many.document.sections:
        for block in section.blocks if section.key != "projects" else ():
            if isinstance(block, Table) and block.figures and len(block.columns) > 4:
                with_interval = any(
                    figure.ci_low is not None or (figure.panel and figure.panel.ci_low is not None)
                    for _name, figure in block.figures
                )
                told = [
                    note
                    for note in block.notes
                    if "errores de declaración" in note or "errors of declaration" in note
                ]
                assert len(told) == int(with_interval)


def test_a_star_that_a_note_explains_stands_in_its_table_and_none_without_a_note(many):
    starred = []
    for section in flagged(many).sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                continue
            stars = [cell for row in block.rows for cell in row.cells if cell.text.endswith("*")]
            notes = [note for note in block.notes if note.startswith("* ")]
            assert bool(stars) == bool(notes), block.title
            if section.key == "projects":
                starred = [cell for row in block.rows if not row.total for cell in row.cells]
                assert sum(cell.text.endswith("*") for cell in starred) == sum(
                    "reconstructed_over_30" in figure.flags and figure.value is not None
                    for _name, figure in block.figures
                )
    assert starred


def flagged(many):
    """The report with three figures of projects whose baselines are mostly reconstructed."""
    material = many.material
    flag = {"flags": ["reconstructed_over_30"], "reconstructed_share": "0.4"}
    by_project = [
        dataclasses.replace(figure, **flag)
        if figure.indicator == "B01" and figure.group
        else figure
        for figure in material.by_project.all
    ]
    figures = [
        dataclasses.replace(figure, **flag) if figure.indicator in ("E02", "H02") else figure
        for figure in material.figures.all
    ]
    with translation.override("es"):
        return compose(
            dataclasses.replace(material, by_project=Figures(by_project), figures=Figures(figures))
        )


def opening(material) -> str:
    with translation.override("es"):
        return BY_KEY["projects"].build(material)[0][0].text


def test_the_section_by_project_counts_only_what_there_is(many):
    material = many.material
    assert opening(material).endswith(
        "ningún proyecto tiene intervalo de su variación: no se dice cuáles suben y cuáles bajan."
    )
    code = leading_first(
        one for one in side_by_side(material.catalogue) if one.leading_order is not None
    )[0].code
    ends = iter([("1", "2"), ("-2", "-1"), ("0.5", "2")])
    figures = []
    for figure in material.by_project.all:
        if figure.indicator == code and figure.measure == "main" and figure.group:
            low, high = next(ends)
            panel = dataclasses.replace(figure.panel, change="1", ci_low=low, ci_high=high)
            figure = dataclasses.replace(figure, panel=panel)
        figures.append(figure)
    told = opening(dataclasses.replace(material, by_project=Figures(figures)))
    assert told.endswith("en 3 proyectos: sube en 2, baja en 1.")
