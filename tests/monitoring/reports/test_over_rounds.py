"""A line over the rounds says where it stops being about the same projects."""

import dataclasses
import json

import pytest
from django.utils import translation

from monitoring.analysis import approved_rounds_from_database
from monitoring.calendar.rounds import ensure_rounds
from monitoring.models import RecordHead
from monitoring.portfolio import refreshing, sparkline
from monitoring.portfolio.kept_figures import indicators
from monitoring.portfolio.page import over_rounds, trends
from monitoring.reports import gathering, questions
from monitoring.reports.composer import round_choices
from monitoring.reports.over_rounds import alike, apart, moments
from monitoring.reports.sections.drawings.rounds import line
from pip_network.site.home.pages import latest_approval
from projects.models import Project
from tests.monitoring.reports.world import AT, World

ROUNDS = ("2004-S2", "2005-S1", "2005-S2")
CODE = "H02"  # of networks, asked each semester, drawn over the rounds


@pytest.fixture
def world(db) -> World:
    """Three projects, whole over three rounds; the first of them in a fourth."""
    made = World(projects=3, networks=2, firms=2).make()
    ensure_rounds("2006-S1", "2006-S1")
    project = Project.objects.get(code="PIP-01")
    networks = list(project.networks.order_by("code"))
    made.round(project, networks, [], "AR", "2006-S1", first=False, growth=3)
    return made


def material(**given):
    with translation.override("es"):
        return gathering.gather(questions.parse({"indicators": [CODE], **given}))


def test_all_name_the_same_round(world):
    head = RecordHead.objects.get().number
    assert approved_rounds_from_database().newest(head) == "2005-S2"
    assert questions.parse({}).round == "2005-S2"
    assert latest_approval()["round"] == "2005-S2"
    assert refreshing.refresh(at=AT).round == "2005-S2"
    Project.objects.exclude(code="PIP-01").filter(code="PIP-02").update(ends_on="2005-12-31")
    assert questions.parse({}).round == "2006-S1"  # one of two is half
    assert latest_approval()["round"] == refreshing.refresh(at=AT).round == "2006-S1"


def test_the_composer_says_how_many_projects_each_round_has(world):
    with translation.override("es"):
        assert [label for _code, label in round_choices(None)] == [
            "La más reciente aprobada en al menos la mitad de los proyectos a los que pregunta",
            "2006-S1 · 1 de 3 proyectos aprobados",
            "2005-S2 · 3 de 3 proyectos aprobados",
            "2005-S1 · 3 de 3 proyectos aprobados",
            "2004-S2 · 3 de 3 proyectos aprobados",
        ]
        assert [code for code, _label in round_choices(["PIP-02"])] == [
            "",
            "2005-S2",
            "2005-S1",
            "2004-S2",
        ]
        assert round_choices(["PIP-01"])[1][1] == "2006-S1 · 1 de 1 proyecto aprobado"


def drawn(chart) -> list[tuple]:
    return [
        (point["label"], point["run"], point["apart"])
        for point in chart.wide["data"]["values"]
        if not point["baseline"]
    ]


def test_the_line_breaks_and_the_title_compares_nothing_where_the_projects_differ(world):
    with translation.override("es"):
        whole, one = (line(material(round=code), CODE) for code in ("2005-S2", "2006-S1"))
    assert drawn(whole) == [(code, 0, False) for code in ROUNDS]
    assert drawn(one) == [*drawn(whole), ("2006-S1", 1, True)]
    assert [" en 2004-S2, " in chart.title for chart in (whole, one)] == [True, False]
    assert one.title.endswith(" en 2006-S1")
    told = (
        "Cuadrado abierto y línea cortada: no son los mismos proyectos que en el punto anterior. "
        "Proyectos: 2004-S2: 3, 2005-S1: 3, 2005-S2: 3, 2006-S1: 1."
    )
    assert [told in chart.label for chart in (whole, one)] == [False, True]
    assert [any(told in run.text for run in chart.source) for chart in (whole, one)] == [
        False,
        True,
    ]
    for layer in one.wide["layer"]:
        if layer.get("mark", {}).get("type") in ("line", "area"):
            assert layer["encoding"]["detail"]["field"] == "run"


def test_a_scope_of_one_project_has_one_line(world):
    with translation.override("es"):
        chart = line(material(round="2006-S1", scope={"projects": ["PIP-01"]}), CODE)
    assert drawn(chart) == [(code, 0, False) for code in (*ROUNDS, "2006-S1")]
    assert " en 2004-S2, " in chart.title


def test_an_annual_figure_stands_on_the_round_of_its_year_and_a_milestone_on_all_before(world):
    found = material(round="2006-S1", indicators=["E02"])
    figure = found.figures.get("E02")
    assert figure.period == "2005"
    (moment,) = moments([dataclasses.replace(figure, value="1")], found.projects_by_round)
    assert sorted(moment.projects) == ["PIP-01", "PIP-02", "PIP-03"]
    semester = dataclasses.replace(figure, value="1", period="2006-S1")
    (moment,) = moments([semester], found.projects_by_round)
    assert sorted(moment.projects) == ["PIP-01"]
    milestone = dataclasses.replace(semester, flags=["mixed_periods"])
    (moment,) = moments([milestone], found.projects_by_round)
    assert sorted(moment.projects) == ["PIP-01", "PIP-02", "PIP-03"]


def test_the_last_is_compared_with_those_alike_wherever_they_stand(world):
    found = material(round="2005-S2")
    series = [found.series[code].get(CODE) for code in ROUNDS[:2]] + [found.figures.get(CODE)]
    here = moments(series, {ROUNDS[0]: "ab", ROUNDS[1]: "a", ROUNDS[2]: "ba"})
    assert [moment.run for moment in here] == [0, 1, 2]
    assert [moment.figure.period for moment in alike(here)] == [ROUNDS[0], ROUNDS[2]]
    assert apart(moments(series, dict.fromkeys(ROUNDS, "ab"))) == ""


def test_the_trends_of_the_portfolio_break_alike(world):
    Project.objects.filter(code="PIP-02").update(ends_on="2005-12-31")
    kept = refreshing.refresh(at=AT)
    rows = list(indicators(kept.catalogue).select_related("unit"))
    with translation.override("es"):
        shown = {row["indicator"].code: row for row in trends(kept, rows)}
    for code, row in shown.items():
        last = row["spark"].marks[-1]
        apart_now = last.label == "2006-S1"
        assert [last.apart, "Cuadrado abierto" in row["sentence"]] == [apart_now] * 2, code
        assert row["spark"].path.count("M") == 1 + apart_now
    assert {row["spark"].marks[-1].apart for row in shown.values()} == {True, False}
    assert json.loads(json.dumps(kept.facts["projects_by_round"]))["2006-S1"] == ["PIP-01"]
    for mark in (True, False):
        one = next(row for row in shown.values() if row["spark"].marks[-1].apart is mark)
        assert isinstance(one["spark"], sparkline.Spark)
        assert len(one["spark"].drawn) == (len(one["spark"].marks) if mark else 1)
    assert over_rounds(kept, CODE)
