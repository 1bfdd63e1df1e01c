"""Sentences are computed by rules, and never claim more than the figures say, in three languages."""

import csv
import dataclasses
from pathlib import Path

import pytest
from django.utils import translation

from monitoring.analysis import Catalogue, Figure, Panel
from monitoring.reports import text, wording
from monitoring.reports.blocks import Callout, Chart, Flow, Paragraph, Quote, Table
from monitoring.reports.compose import compose
from monitoring.reports.sections import tables
from monitoring.reports.wording import Verdict

DATA = Path(__file__).parents[3] / "monitoring" / "data"
PARTS = Path(__file__).parents[3] / "locale" / "parts"
SPEAK_OF_FIGURES = (
    "analysis",
    "catalogue",
    "monitoring",
    "portfolio",
    "reports",
    "shared",
)


def about(language: str = "en", **changes) -> wording.Subject:
    """What sentences need of the share of firms that innovate, as the catalogue has it."""
    indicator = Catalogue.from_csv(DATA).indicators["B01"]
    with (DATA / "indicators_translations.csv").open(encoding="utf-8", newline="") as lines:
        said = next(row for row in csv.DictReader(lines) if row["code"] == "B01")
    own = indicator.sentence["es"] if language == "es" else said[f"sentence_{language}"]
    plain = wording.Subject("Name", own, False, "percent", "", "US$")
    return plain._replace(**changes)


def figure(**changes) -> Figure:
    plain = {
        "id": "a" * 16,
        "indicator": "B01",
        "measure": "main",
        "level": "firm",
        "group": {},
        "period": "2005",
        "round": "2005-S2",
        "unit": "percent",
        "value": "55.25",
        "n": 842,
        "eligible": 905,
        "coverage": "0.930387",
        "ci_low": "51.0",
        "ci_high": "59.049",
        "ci_method": "wilson_neff",
        "panel": panel(),
    }
    return Figure(**plain | changes)


def panel(**changes) -> Panel:
    plain = {
        "n": 742,
        "eligible": 905,
        "coverage": "0.82",
        "baseline": "31",
        "value": "54.5",
        "change": "23.5",
        "ci_low": "19.5",
        "ci_high": "27.5",
        "ci_method": "linearised",
    }
    return Panel(**plain | changes)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("0.000001", "5", Verdict.UP),
        ("0", "5", Verdict.UNCLEAR),
        ("-5", "5", Verdict.UNCLEAR),
        ("-5", "0", Verdict.UNCLEAR),
        ("-5", "-0.000001", Verdict.DOWN),
        (None, None, Verdict.NONE),
    ],
)
def test_a_verdict_needs_an_interval_without_zero(low, high, found):
    assert wording.verdict(panel(ci_low=low, ci_high=high)) is found


def test_no_block_or_no_change_gives_no_verdict():
    assert wording.verdict(None) is Verdict.NONE
    assert wording.verdict(panel(change=None)) is Verdict.NONE


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "es",
            "En 2005, el 55,2 % de las empresas que respondieron declaró al menos una innovación "
            "de producto o de proceso "
            "(n = 842 de 905; intervalo de 95 %: 51,0 a 59,0).",
            "En la comparación de 742 empresas sube de 31,0 % en la línea de base a 54,5 "
            "%: +23,5 "
            "puntos (intervalo de 95 %: 19,5 a 27,5).",
        ),
        (
            "pt",
            "Em 2005, 55,2% das empresas que responderam declararam ao menos uma inovação de "
            "produto ou de processo "
            "(n = 842 de 905; intervalo de 95%: 51,0 a 59,0).",
            "Na comparação de 742 empresas sobe de 31,0% na linha de base para 54,5%: "
            "+23,5 pontos "
            "(intervalo de 95%: 19,5 a 27,5).",
        ),
        (
            "en",
            "In 2005, 55.2% of the firms that answered introduced at least one product or process "
            "innovation "
            "(n = 842 of 905; 95% interval: 51.0 to 59.0).",
            "Among the 742 firms compared it rises from 31.0% at the baseline to 54.5%: +23.5 "
            "points (95% interval: 19.5 to 27.5).",
        ),
    ],
)
def test_the_two_sentences_of_a_section(language, first, second):
    with translation.override(language):
        innovating = about(language, change=text.change("23.5", "percent"))
        said = [
            wording.first_sentence(figure(), innovating).text,
            wording.second_sentence(figure(), innovating).text,
        ]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == [first, second]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"ci_low": "-27.5", "ci_high": "-19.5", "change": "-23.5", "value": "7.5"},
            "it falls from 31.0% at the baseline to 7.5%: −23.5 points",
        ),
        (
            {"ci_low": "-2", "ci_high": "4", "change": "1"},
            "there is no clear change: 31.0% at the baseline, 54.5% now, +1.0 points",
        ),
        (
            {"ci_low": None, "ci_high": None},
            "it was 31.0% at the baseline and is 54.5%; there is no interval.",
        ),
    ],
)
def test_falls_unclear_and_no_interval(change, words):
    with translation.override("en"):
        found = panel(**change)
        told = about(change=text.change(found.change, "percent"))
        said = wording.second_sentence(figure(panel=found), told).text
    assert words in said.replace("\N{NO-BREAK SPACE}", " ")


def test_reasons_stand_where_there_is_no_number():
    with translation.override("en"):
        hidden = figure(value=None, suppressed=True, reason="few_units", panel=None, n=None)
        assert (
            wording.first_sentence(hidden, about()).text
            == "There is no figure for “Name” in 2005: n\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}5."
        )
        assert wording.second_sentence(hidden, about()) is None
        never = figure(panel=Panel(reason="not_asked_at_baseline"))
        assert (
            wording.second_sentence(never, about()).text
            == "There is no comparison with the baseline: not asked at the baseline."
        )


@pytest.mark.parametrize(
    ("rule", "measure", "least"),
    [
        ("sum", "main", 5),
        ("sum", "median", 10),
        ("ratio", "p25", 10),
        ("median", "main", 10),
        ("median_ratio", "main", 10),
        ("survival", "main", 5),
        ("", "main", 5),
    ],
)
def test_a_rank_is_hidden_below_ten_and_says_so(rule, measure, least):
    few = f"n\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}{least}"
    assert text.reason("few_units", rule, measure) == few
    assert text.hidden("few_units", rule, measure) == few
    with translation.override("en"):
        assert text.hidden("dominance", rule, measure) == "withheld"
        assert text.reason("secondary", rule, measure).startswith("not published")


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_tables_say_which_number_was_too_small_and_no_other(language, many):
    material = many.material
    hidden = next(f for f in material.figures.all if f.measure == "median")
    shown = {}
    with translation.override(language):
        for reason in ("few_units", "dominance"):
            one = dataclasses.replace(hidden, value=None, suppressed=True, reason=reason, n=None)
            cells = (tables.value(material, one), tables.basis(material, one))
            shown[reason] = [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in cells]
    assert shown["few_units"] == ["n < 10", "n < 10"]
    assert not [words for words in shown["dominance"] if "<" in words]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_no_sentence_that_the_portal_writes_claims_a_cause(language, many):
    """Everything but the texts of the projects, which are their own words."""
    asked = dataclasses.replace(many.material.specification, language=language)
    with translation.override(language):
        document = compose(dataclasses.replace(many.material, specification=asked))
    found = {
        words: claims
        for words in written(document)
        if (claims := wording.causal_words(words, language))
    }
    assert found == {}


def written(document):
    for section in document.sections:
        yield str(section.title)
        yield from (paragraph.text for paragraph in section.lead)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Callout):
                yield from (block.title, block.text)
            elif isinstance(block, Chart):
                yield from (
                    block.title,
                    block.subtitle,
                    block.label,
                    "".join(run.text for run in block.source),
                )
            elif isinstance(block, Flow):
                yield from (block.title, *(step.label for step in block.steps))
            elif isinstance(block, Table):
                yield from (block.title, *block.notes, *(column.label for column in block.columns))
                yield from (cell.text for row in block.rows for cell in row.cells)
            else:
                assert isinstance(block, Quote) or block.kind in ("facts", "heading")


def test_no_translation_that_speaks_of_figures_claims_a_cause():
    rows = []
    for part in SPEAK_OF_FIGURES:
        with (PARTS / f"{part}.csv").open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    found = {
        row[language]: claims
        for row in rows
        for language in ("en", "es", "pt")
        if (claims := wording.causal_words(row[language], language))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("es", "El programa tuvo un impacto significativo"),
        ("es", "Las ventas subieron gracias a la red"),
        ("es", "El crédito causó más empleo"),
        ("pt", "O projeto gerou emprego devido ao crédito"),
        ("pt", "Um efeito significativo"),
        ("en", "The project caused a significant rise"),
        ("en", "Sales rose because of the network, which led to jobs"),
    ],
)
def test_the_guard_finds_claims(language, claim):
    assert wording.causal_words(claim, language) != []


def test_numbers_are_rounded_half_even_from_the_exact_text():
    with translation.override("es"):
        assert [
            text.amount(value, "percent") for value in ("0.25", "0.35", "0.05", "-0.04", "1234.56")
        ] == [
            "0,2\N{NO-BREAK SPACE}%",
            "0,4\N{NO-BREAK SPACE}%",
            "0,0\N{NO-BREAK SPACE}%",
            "0,0\N{NO-BREAK SPACE}%",
            "1.234,6\N{NO-BREAK SPACE}%",
        ]
        assert text.change("-0.04", "percent") == "0,0\N{NO-BREAK SPACE}puntos"
        assert (
            text.amount("-1500.5", "usd", sign=True) == "\N{MINUS SIGN}US$\N{NO-BREAK SPACE}1.500"
        )
        assert text.interval("1.25", None, "percent") == ""
