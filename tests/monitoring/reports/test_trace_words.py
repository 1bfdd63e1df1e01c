"""The two lists of a trace add up, and say one thing in one word."""

from random import Random

import pytest
from django.utils import translation

from monitoring.analysis import (
    RULES,
    Catalogue,
    Figure,
    FileSource,
    Specification,
    compute,
    definition,
    rows_behind,
)
from monitoring.choices import Missing
from monitoring.reports import text, trace_words
from monitoring.reports.blocks import FlowStep
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, Writer, amend

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
INDICATORS = tuple(sorted(CATALOGUE.indicators))[::3]


@pytest.fixture(scope="module")
def traced(tmp_path_factory) -> list[tuple[Figure, trace_words.Trace]]:
    """Main figures of the whole and of each group over a record with every kind of loss."""
    random = Random(3)
    made = Writer(random, CATALOGUE).record()
    amend(made, random, 6)
    source = FileSource(made.write(tmp_path_factory.mktemp("record")), 6)
    asked = Specification(
        scope={}, group_by=("typology",), indicators=INDICATORS, round="2005-S2", as_of=6
    )
    question = asked.question()
    return [
        (
            figure,
            rows_behind(
                definition(question, figure.indicator, figure.measure, figure.group),
                source,
                CATALOGUE,
            ),
        )
        for figure in compute(asked, source, CATALOGUE)
        if figure.measure == "main" and (not figure.group or figure.indicator in INDICATORS[:3])
    ]


def left(steps: list[FlowStep]) -> list[int]:
    """What stays after the losses above each step that is none."""
    at, found = steps[0].count, []
    for step in steps[1:]:
        if step.loss:
            at -= step.count
            assert step.start == at
        else:
            found.append(at)
    return found


def test_both_lists_begin_with_all_units_and_add_up(traced):
    compared = 0
    for figure, trace in traced:
        answers = trace_words.answers(trace)
        assert bool(answers) == (RULES[trace.indicator.rule].over != "P")
        if answers:
            answered = sum(row.respondent for row in trace.rows)
            assert answers[0].count == len(trace.rows)
            assert left(answers) == [answers[-1].count] == [answered]
            assert figure.n in (answered, None)
        comparison = trace_words.comparison(figure, trace)
        if not comparison:
            continue
        compared += 1
        assert comparison[0].count == len(trace.rows)
        assert left(comparison) == [step.count for step in comparison[1:] if not step.loss]
        assert left(comparison) == [figure.panel.eligible, figure.panel.n]
    assert compared > 5


def test_no_reason_stands_twice_in_a_list(traced):
    seen = set()
    for language in ("es", "pt", "en"):
        with translation.override(language):
            for figure, trace in traced:
                answers = [step.label for step in trace_words.answers(trace) if step.loss]
                assert len(answers) == len(set(answers))
                compared = trace_words.comparison(figure, trace)
                due = next((at for at, step in enumerate(compared) if at and not step.loss), 0)
                for part in (compared[1:due], compared[due + 1 :]):
                    told = [step.label for step in part if step.loss]
                    assert len(told) == len(set(told))
                    seen |= {*told, *answers}
    assert len(seen) > 10


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_trace_uses_the_words_of_reports(language):
    with translation.override(language):
        for code in ("left", "closed_unknown", *Missing.values):
            if code != Missing.NOT_APPLICABLE:
                assert trace_words.reason_left_out(code) == text.missing(code)
        assert trace_words.reason_left_out("numerator:refused") == text.missing("refused")


def test_every_code_of_a_trace_has_words(traced):
    codes = {
        code
        for _figure, trace in traced
        for row in trace.rows
        for code in (row.reason, row.panel_reason)
    }
    assert {code for code in codes - {""} if not trace_words.reason_left_out(code)} == set()
