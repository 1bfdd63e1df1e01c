"""The target of a figure and the way gone to it: by the rule, and as the oracle has it."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.analysis import (
    Catalogue,
    Figure,
    FileSource,
    Panel,
    Specification,
    compute,
    figures_document,
)
from monitoring.analysis.targets import progress, way
from tests import oracle
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, ROUNDS, Writer

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
# Each semester, each year, at milestones; added and not; with money and without.
INDICATORS = ("A01", "A02", "B02", "C01", "C02", "E01", "F03", "H03", "Z01")
ADDED = {"A02", "B02", "C02", "E01", "Z01"}
LAST = "2005-S2"


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> Path:
    """Three projects, all of whose indicators have targets that say where they belong."""
    folder = tmp_path_factory.mktemp("record")
    writer = Writer(Random(7), CATALOGUE, firms=12, missing_rates=0)
    made = writer.record()
    made.targets = [
        {
            "project": project,
            "indicator": code,
            "round": at,
            "value": str(number * 1000 + place),
            "approved_in": 2,
        }
        for number, project in enumerate(("P1", "P2", "P3"), 1)
        for code in INDICATORS
        for place, at in enumerate(ROUNDS)
    ]
    return made.write(folder)


def figures(folder: Path, as_of: int = 6, **asked) -> dict[tuple[str, str], Figure]:
    spec = Specification(
        **{"scope": {}, "group_by": (), "indicators": INDICATORS, "round": LAST} | asked,
        as_of=as_of,
    )
    found = compute(spec, FileSource(folder, as_of), CATALOGUE)
    assert all(figure.target is None for figure in found if figure.measure != "main")
    return {
        (figure.indicator, json.dumps(figure.group)): figure
        for figure in found
        if figure.measure == "main"
    }


def change(folder: Path, to: Path, edit) -> Path:
    """The same record with other rows of targets.csv."""
    for file in folder.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    lines = (to / "targets.csv").read_text().splitlines()
    (to / "targets.csv").write_text("\n".join(edit(lines)) + "\n")
    return to


def test_a_project_has_its_own_target_as_a_group_and_as_a_scope(record):
    for code in ("C01", "Z01"):
        own = figures(record, group_by=("project",))[code, '{"project": "P2"}']
        alone = figures(record, scope={"projects": ("P2",)})[code, "{}"]
        assert (own.target, alone.target, own.aimed) == ("2004", "2004", (1, 1))


def test_the_whole_of_several_adds_where_the_rule_adds(record):
    found = figures(record)
    assert {code for (code, _group), one in found.items() if one.target} <= ADDED
    assert found["Z01", "{}"].target == str(6000 + 12)
    assert found["Z01", "{}"].aimed == (3, 3)
    assert found["C01", "{}"].aimed == (0, 0)
    two = figures(record, scope={"projects": ("P1", "P3")})
    assert two["Z01", "{}"].target == str(4000 + 8)


def test_one_project_without_a_target_and_the_whole_has_none(record, tmp_path):
    one_less = change(
        record, tmp_path, lambda lines: [x for x in lines if not x.startswith("P2,Z01,2005-S2")]
    )
    whole = figures(one_less)["Z01", "{}"]
    assert (whole.target, whole.aimed) == (None, (2, 3))
    assert figures(one_less, scope={"projects": ("P1", "P3")})["Z01", "{}"].target == "4008"


def test_a_withdrawn_target_is_none(record, tmp_path):
    def withdraw(lines):
        return [x.replace(",2004,", ",,") if x.startswith("P2,Z01,2005-S2") else x for x in lines]

    assert figures(change(record, tmp_path, withdraw))["Z01", "{}"].target is None


def test_other_groups_have_none(record):
    for grouping in ("country", "typology", "sector", "network"):
        found = figures(record, group_by=(grouping,))
        assert all(one.target is None for (_code, group), one in found.items() if group != "{}")
    both = figures(record, group_by=("project", "typology"))
    assert all(one.target is None for (_c, group), one in both.items() if group.count(":") == 2)
    assert any(one.target for (_c, group), one in both.items() if '"project"' in group)


@pytest.mark.parametrize(
    ("asked", "with_money"),
    [({}, True), ({"prices": "constant"}, False), ({"currency": "local"}, False)],
)
def test_targets_in_money_stand_beside_current_dollars_alone(record, asked, with_money):
    found = figures(record, scope={"projects": ("P1",)}, **asked)
    assert (found["C02", "{}"].target is not None) == with_money
    assert (found["E01", "{}"].target is not None) == with_money
    assert found["F03", "{}"].target == found["H03", "{}"].target == "1004"


def test_the_target_is_that_of_t(record):
    """A report for a first semester reads annual values of the year before."""
    found = figures(record, scope={"projects": ("P1",)}, round="2005-S1")
    assert found["C01", "{}"].target == "1002"  # of 2004-S2
    assert found["Z01", "{}"].target == "1003"  # of 2005-S1


def test_a_record_from_before_there_were_targets_has_none(record, tmp_path):
    before = figures(record, as_of=1, group_by=("project",), round="2004-S1")
    assert before
    assert all(one.target is None for one in before.values())
    change(record, tmp_path, lambda lines: lines)
    (tmp_path / "targets.csv").unlink()
    spec = Specification(
        scope={}, group_by=("project",), indicators=INDICATORS, round="2004-S1", as_of=1
    )
    texts = {
        figures_document(
            spec.question(),
            compute(spec, FileSource(folder, 1), CATALOGUE),
            record_hash="",
            application="1",
        )
        for folder in (record, tmp_path)
    }
    assert len(texts) == 1  # equal to the byte
    assert '"target":null' in texts.pop()


def test_what_is_hidden_is_not_told_by_its_target(record):
    """The target is the project's plan and stays; nothing can be worked out with it."""
    found = figures(
        record, scope={"projects": ("P1", "P2")}, group_by=("project",), audience="public"
    )
    hidden = [one for one in found.values() if one.suppressed]
    assert hidden
    for one in hidden:
        assert (one.value, one.panel) == (None, None)
        assert progress(one, CATALOGUE.indicators[one.indicator].rule) is None
    assert all("aimed" not in one.as_dict() for one in found.values())


@pytest.mark.parametrize(
    ("rule", "baseline", "value", "target", "gone"),
    [
        ("share_positive", "20", "30", "40", 50),
        ("share_positive", "40", "30", "20", 50),  # less is meant
        ("share_positive", "20", "10", "40", -50),
        ("share_positive", "20", "50", "40", 150),
        ("sum", "0", "5", "10", 50),
        ("sum", "10", "5", "10", None),  # nothing to go
        ("sum", None, "5", "10", None),
        ("sum", "0", None, "10", None),
        ("sum", "0", "5", None, None),
        ("panel_change_pct", "1000", "5", "10", None),  # its baseline is an amount
        ("panel_change_abs", "1000", "5", "10", None),
        ("survival", "100", "80", "90", None),
        ("share_among", None, "5", "10", None),
    ],
)
def test_the_way_gone(rule, baseline, value, target, gone):
    assert way(rule, baseline, value, target) == gone
    figure = Figure("", "X", "main", "firm", {}, "2005", LAST, "percent", value, target=target)
    assert progress(replace(figure, panel=Panel(baseline=baseline)), rule) == gone


WORLDS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 10_000),
        "projects": st.integers(2, 3),
        "group_by": st.sampled_from(
            [(), ("project",), ("country",), ("project", "typology"), ("network",)]
        ),
        "scope": st.sampled_from(
            [{}, {"projects": ("P1",)}, {"projects": ("P1", "P2")}, {"countries": ("AR",)}]
        ),
        "round": st.sampled_from(ROUNDS[1:]),
        "prices": st.sampled_from(["current", "constant"]),
        "currency": st.sampled_from(["USD", "local"]),
        "as_of": st.sampled_from([1, 3, 6]),
    }
)


@settings(max_examples=25)
@given(WORLDS)
def test_the_oracle_has_the_same_targets(world):
    made = Writer(
        Random(world["seed"]), CATALOGUE, firms=3, projects=world["projects"], most_networks=1
    ).record()
    asked = {name: world[name] for name in ("scope", "group_by", "round", "prices", "currency")}
    spec = Specification(indicators=INDICATORS, as_of=world["as_of"], **asked)
    with TemporaryDirectory() as name:
        folder = made.write(Path(name))
        found = compute(spec, FileSource(folder, spec.as_of), CATALOGUE)
        text = figures_document(spec.question(), found, record_hash="", application="test")
        t975 = CATALOGUE_FOLDER / "t975.csv"
        assert oracle.compare(json.loads(text), folder, CATALOGUE_FOLDER, t975) == []
    assert all(Decimal(one.target).is_finite() for one in found if one.target is not None)
