"""A new rule is one file and one line of RULES: pages, forms, reports, traces and files then know
it.
"""

import csv

import pytest
from django.urls import reverse
from django.utils import translation

from monitoring.analysis import RULES, definition
from monitoring.analysis.rules.result import Result
from monitoring.analysis.rules.rule import Rule
from monitoring.analysis.rules.slice import Slice
from monitoring.catalogue import draft_rows, drafts
from monitoring.catalogue.admin.fields import CLOSED
from monitoring.models import Indicator, Measurement, Unit
from monitoring.record.catalogue_export import export_catalogue
from monitoring.reports import gathering, questions
from monitoring.reports.blocks import Table
from monitoring.reports.compose import compose
from monitoring.reports.figure_definitions import keep_definitions
from pip_network.web.errors import Invalid
from tests.factories import PROCESS, catalogue, moment
from tests.monitoring.reports.world import World, person

BY = {"by": PROCESS, "at": moment("2004-01-15")}


# --- the file


def greatest(s: Slice) -> Result:
    return Result(s.over_r(lambda: max(s.xs)), {})


RULE = Rule(
    name="greatest",
    title="El mayor",
    description="El mayor valor de las unidades que respondieron.",
    formula="max(x)",
    meaning="`greatest`: the greatest x over the respondents.",
    compute=greatest,
    has_block=False,
)


# --- and the line


@pytest.fixture
def ruled(monkeypatch):
    monkeypatch.setitem(RULES, RULE.name, RULE)


def draft_with(rule: str) -> None:
    catalogue()
    drafts.start_draft(**BY)
    draft_rows.add_row(
        table=Indicator,
        code="B09",
        level="firm",
        theme="innovation",
        classification="outcome",
        unit=Unit.objects.get(pk="innovations"),
        core=False,
        direction="up",
        rule=rule,
        numerator="innov_product",
        name_es="La más innovadora",
        definition_es="El mayor número de innovaciones de producto.",
        **BY,
    )


@pytest.fixture
def record(db, ruled) -> World:
    """A record that was entered with a catalogue in which an indicator has the rule."""
    draft_with("greatest")
    drafts.publish_draft(number=2, reason="Una regla nueva", **BY)
    return World(projects=2, networks=2, firms=3, version=2).make()


def test_without_its_line_there_is_no_such_rule(db):
    with pytest.raises(Invalid) as refusal:
        draft_with("greatest")
    assert refusal.value.place == "rule"


def test_with_its_line_it_may_be_drafted_and_chosen(db, ruled):
    draft_with("greatest")
    assert CLOSED["rule"]()[-1] == ("greatest", "El mayor")


def test_the_pages_of_the_catalogue_say_it(client, record):
    method = client.get(reverse("method")).content.decode()
    assert (RULE.description in method, RULE.formula in method) == (True, True)
    page = client.get(reverse("indicator", args=["B09"]))
    assert [page.context[name] for name in ("rule_name", "rule", "formula", "over_time")] == [
        RULE.title,
        RULE.description,
        "max(x), x = innov_product",
        "Nunca se suma entre rondas.",
    ]


def test_a_report_offers_it_computes_it_and_says_how(client, record):
    client.force_login(person("especialista@example.org", "Ana", "specialist", "*"))
    groups = client.get(reverse("report-new")).context["form"].fields["codes"].choices
    assert "B09" in {code for _theme, rows in groups for code, _name in rows}

    asked = questions.parse({"title": "T", "indicators": ["B09"], "round": "2005-S2"})
    with translation.override("es"):
        material = gathering.gather(asked)
        document = compose(material)
    entered = Measurement.objects.filter(
        variable_code="innov_product", round="2005-S2", value__isnull=False
    )
    most = max(entered.values_list("value", flat=True))
    assert material.figures.get("B09").value == str(int(most))
    method = next(section for section in document.sections if section.key == "method")
    told = next(block for block in method.blocks if isinstance(block, Table))
    assert [cell.text for row in told.rows for cell in row.cells] == [
        "La más innovadora",
        RULE.description,
    ]


def test_its_figure_opens_to_its_rows(client, record):
    client.force_login(person("especialista@example.org", "Ana", "specialist", "*"))
    asked = questions.parse({"title": "T", "indicators": ["B09"], "round": "2005-S2"})
    figure = gathering.gather(asked).figures.get("B09")
    question = asked.question()
    keep_definitions(
        {figure.id: definition(question, figure.indicator, figure.measure, figure.group)}
    )
    told = client.get(reverse("figure", args=[figure.id])).context["told"]
    assert (str(told["rule"]), told["formula"]) == (RULE.description, "max(x), x = innov_product")


def test_the_files_of_the_catalogue_carry_it(record, tmp_path):
    export_catalogue(tmp_path, 2)
    with (tmp_path / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        row = next(row for row in csv.DictReader(lines) if row["code"] == "B09")
    assert (row["rule"], row["numerator"]) == ("greatest", "innov_product")
