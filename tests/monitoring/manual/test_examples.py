"""The examples of the Manual: computed by the engine from invented values, and by the independent
oracle from the same values on files, to the same digits.
"""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from monitoring.analysis import figures_document
from monitoring.analysis.rules import RULES
from monitoring.manual import examples, worlds
from monitoring.manual.edition import Edition
from monitoring.models import CatalogueVersion, Indicator
from monitoring.record.catalogue_export import export_catalogue
from tests import oracle
from tests.factories import CATALOGUE
from tests.monitoring.analysis.records import Made

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db) -> Edition:
    return Edition(CatalogueVersion.objects.get(number=1))


@pytest.fixture
def made(edition) -> list[examples.Example]:
    found = [examples.example(row, edition) for row in edition.indicators]
    assert None not in found
    return found


def on_files(example: examples.Example) -> Made:
    """The invented record as the files that anybody recomputes figures from."""
    record, source = Made(), example.source
    for number, seen in enumerate(source.observations(), 1):
        facts = seen._asdict()
        networks = facts.pop("networks")
        facts["reconstructed"] = int(facts["reconstructed"])
        record.observations.append({"observation": number, "catalogue": 1, **facts})
        record.observation_networks += [
            {"observation": number, "approved_in": 1, **network._asdict()} for network in networks
        ]
    level = example.row.level
    for number, cell in enumerate(source.measurements(example.catalogue.variables), 1):
        facts = cell._asdict()
        facts["value"] = "" if cell.value is None else str(cell.value)
        record.measurements.append({"measurement": number, "level": level, **facts})
    record.rates += [rate._asdict() for rate in source.rates()]
    return record


def test_the_oracle_finds_every_example(made, tmp_path):
    export_catalogue(tmp_path / "catalogue")
    assert len(made) == 44
    for example in made:
        folder = tmp_path / example.row.code
        folder.mkdir()
        on_files(example).write(folder)
        text = figures_document(
            example.question.question(), example.figures, record_hash="", application=""
        )
        document = json.loads(text)
        assert (
            oracle.compare(document, folder, tmp_path / "catalogue", CATALOGUE / "t975.csv") == []
        )


def test_the_oracle_finds_one_changed_digit(made, tmp_path):
    export_catalogue(tmp_path / "catalogue")
    example = made[0]
    on_files(example).write(tmp_path)
    changed = [replace(example.main, value=f"{example.main.value}1"), *example.figures[1:]]
    text = figures_document(example.question.question(), changed, record_hash="", application="")
    found = oracle.compare(
        json.loads(text), tmp_path, tmp_path / "catalogue", CATALOGUE / "t975.csv"
    )
    assert len(found) == 1


def test_every_example_has_a_value_and_somebody_who_did_not_answer(made):
    assert [one.row.code for one in made if one.main.value is None] == []
    assert [one.row.code for one in made if len(one.trace.rows) != len(worlds.LETTERS)] == []
    for one in made:
        silent = [row for row in one.trace.rows if row.subject.endswith(worlds.NO_ANSWER)]
        assert [row.respondent for row in silent] == [False]


def test_a_comparison_leaves_out_who_has_no_baseline(made):
    compared = [one for one in made if one.has_baseline and RULES[one.row.rule].over == "P"]
    assert len(compared) > 5
    for one in compared:
        late = [row for row in one.trace.rows if row.subject.endswith(worlds.NO_BASELINE)]
        assert [row.in_panel for row in late] == [False]


def test_no_invented_value_breaks_the_limits_of_its_variable(made, edition):
    for one in made:
        for cell in one.source.measurements(one.catalogue.variables):
            row = edition.by_code[cell.variable]
            if cell.value is not None and cell.value != 0:
                assert row.minimum is None or cell.value >= row.minimum
                assert row.maximum is None or cell.value <= row.maximum


def test_an_example_is_the_same_each_time(made, edition):
    again = examples.example(edition.indicators[0], edition)
    assert again.figures == made[0].figures


def test_the_sum_stands_with_its_parts(made):
    by_code = {one.row.code: one for one in made}
    row = next(r for r in Indicator.objects.filter(catalogue=1, rule="sum").order_by("position"))
    lines = examples.working(by_code[row.code])
    parts = lines[0].split(" = ")[1].split(" + ")
    assert sum(Decimal(part.replace(".", "").replace(",", ".")) for part in parts) == Decimal(
        by_code[row.code].main.value
    )


def test_a_row_that_cannot_be_computed_has_no_example(edition):
    row = edition.indicators[0]
    assert examples.example(row, edition) is not None
    row.numerator = "nobody_has_this"
    assert examples.example(row, edition) is None
