"""What a specification may say: each refusal has a twin that is accepted with one thing changed."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.analysis import (
    Catalogue,
    Place,
    Specification,
    SpecificationError,
    Universe,
    parse_specification,
)
from monitoring.analysis.universe import Published
from tests.monitoring.analysis.records import CATALOGUE_FOLDER

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
UNIVERSE = Universe(
    places=frozenset(
        {
            Place("P1", "AR", "cluster", "N1", "ARS"),
            Place("P1", "AR", "redes_empresariales", "N2", "ARS"),
            Place("P2", "PE", "cluster", "N3", "PEN"),
        }
    ),
    rounds={"2004-S2": 1, "2005-S1": 4, "2005-S2": 9},
    head=9,
    codes={"projects": {"P3"}},
    published={"2004-S2": Published(1), "2005-S2": Published(9, frozenset({"P1"}))},
)


def parse(**given: Any) -> Specification:
    return parse_specification(given, UNIVERSE, CATALOGUE)


def refusals(given: Any) -> list[tuple[str, str]]:
    with pytest.raises(SpecificationError) as caught:
        parse_specification(given, UNIVERSE, CATALOGUE)
    return [(problem.path, problem.message % problem.values) for problem in caught.value.problems]


def test_defaults_are_filled_and_everything_is_resolved() -> None:
    found = parse()
    assert found.stored() == {
        "version": 1,
        "title": "",
        "language": "es",
        "audience": "staff",
        "scope": {},
        "group_by": [],
        "indicators": sorted(code for code, i in CATALOGUE.indicators.items() if i.core),
        "baseline": "own",
        "round": "2005-S2",
        "prices": "current",
        "currency": "USD",
        "as_of": 9,
        "sections": [
            "cover",
            "portfolio",
            "innovation",
            "sales",
            "association",
            "projects",
            "attrition",
            "narratives",
            "method",
        ],
    }
    assert found.question() == {
        k: v for k, v in found.stored().items() if k not in ("title", "language", "sections")
    }
    assert len(found.indicators) == 30
    assert len(parse(indicators="all").indicators) == 44
    # A stored specification is a specification, and says the same again.
    assert parse_specification(json.dumps(found.stored()), UNIVERSE, CATALOGUE) == found


def test_lists_are_sorted_without_repeats_and_the_round_is_the_latest_then() -> None:
    found = parse(scope={"projects": ["P2", "P1", "P2"]}, indicators=["E01", "C01", "E01"], as_of=8)
    assert found.scope == {"projects": ("P1", "P2")}
    assert found.indicators == ("C01", "E01")
    assert found.round == "2005-S1"
    assert parse(group_by=["size", "country"]).group_by == ("size", "country")
    assert parse(sections=["method", "cover"]).sections == ("cover", "method")
    assert parse(scope={"projects": ["P3"]}).scope == {"projects": ("P3",)}


REFUSED_AND_TWIN = [
    ({"colour": "red"}, "$.colour", {"title": "red"}),
    ({"version": 2}, "$.version", {"version": 1}),
    ({"version": True}, "$.version", {"version": 1}),
    ({"title": 5}, "$.title", {"title": "5"}),
    ({"title": "x" * 10_000}, "$.title", {"title": "x" * 200}),
    ({"title": "a\x00b"}, "$.title", {"title": "a b \u00e1"}),
    ({"language": "fr"}, "$.language", {"language": "pt"}),
    ({"audience": "press"}, "$.audience", {"audience": "public"}),
    ({"scope": []}, "$.scope", {"scope": {}}),
    ({"scope": {"firms": ["F1"]}}, "$.scope.firms", {"scope": {"networks": ["N1"]}}),
    ({"scope": {"projects": []}}, "$.scope.projects", {"scope": {"projects": ["P1"]}}),
    ({"scope": {"projects": "P1"}}, "$.scope.projects", {"scope": {"projects": ["P1"]}}),
    (
        {"scope": {"projects": ["P1", "PX"]}},
        "$.scope.projects[1]",
        {"scope": {"projects": ["P1", "P2"]}},
    ),
    ({"scope": {"countries": [7]}}, "$.scope.countries[0]", {"scope": {"countries": ["AR"]}}),
    ({"group_by": "size"}, "$.group_by", {"group_by": ["size"]}),
    ({"group_by": ["colour"]}, "$.group_by[0]", {"group_by": ["owner_sex"]}),
    ({"group_by": ["size", "sector", "project"]}, "$.group_by", {"group_by": ["size", "sector"]}),
    ({"group_by": ["size", "size"]}, "$.group_by", {"group_by": ["size", "network_age"]}),
    ({"indicators": []}, "$.indicators", {"indicators": ["E01"]}),
    ({"indicators": "some"}, "$.indicators", {"indicators": "all"}),
    ({"indicators": ["E01", "E99"]}, "$.indicators[1]", {"indicators": ["E01", "E02"]}),
    ({"baseline": "project"}, "$.baseline", {"baseline": "own"}),
    ({"round": "2005-S3"}, "$.round", {"round": "2005-S1"}),
    ({"round": "2006-S1"}, "$.round", {"round": "2005-S2"}),
    ({"round": "2005-S2", "as_of": 8}, "$.round", {"round": "2005-S2", "as_of": 9}),
    ({"prices": "real"}, "$.prices", {"prices": "constant"}),
    ({"currency": "EUR"}, "$.currency", {"currency": "USD"}),
    ({"currency": "local"}, "$.currency", {"currency": "local", "scope": {"countries": ["AR"]}}),
    ({"sections": ["cover", "poem"]}, "$.sections[1]", {"sections": ["cover", "method"]}),
    ({"as_of": 10}, "$.as_of", {"as_of": 9}),
    ({"as_of": 0}, "$.as_of", {"as_of": 1}),
    ({"as_of": "9"}, "$.as_of", {"as_of": 9}),
    ({"as_of": True}, "$.as_of", {"as_of": 1}),
    (
        {"audience": "public", "scope": {"projects": ["P1"]}},
        "$.scope.projects",
        {"scope": {"projects": ["P1"]}},
    ),
    (
        {"audience": "public", "group_by": ["network"]},
        "$.group_by[0]",
        {"audience": "public", "group_by": ["sector"]},
    ),
    (
        {"audience": "public", "group_by": ["project"], "round": "2004-S2"},
        "$.group_by[0]",
        {"audience": "public", "group_by": ["project"], "round": "2005-S2"},
    ),
    (
        {"audience": "public", "group_by": ["project"], "scope": {"projects": ["P1", "P2"]}},
        "$.scope.projects[1]",
        {"audience": "public", "group_by": ["project"], "scope": {"projects": ["P1"]}},
    ),
    (
        {"audience": "public", "group_by": ["sector"], "scope": {"projects": ["P1"]}},
        "$.scope.projects",
        {"audience": "public", "group_by": ["project"], "scope": {"projects": ["P1"]}},
    ),
    (
        {"audience": "public", "round": "2005-S1"},
        "$.round",
        {"audience": "public", "round": "2004-S2"},
    ),
    (
        {"audience": "public", "round": "2004-S2", "as_of": 9},
        "$.as_of",
        {"audience": "public", "round": "2004-S2", "as_of": 1},
    ),
    (
        {"audience": "public", "group_by": ["size", "sector"]},
        "$.group_by",
        {"audience": "public", "group_by": ["size"]},
    ),
    (
        {"audience": "public", "group_by": ["project"], "currency": "local"},
        "$.currency",
        {"group_by": ["project"], "scope": {"projects": ["P1"]}, "currency": "local"},
    ),
    (
        {"scope": {"projects": None}},
        "$.scope.projects",
        {"scope": {"projects": ["P1"]}},
    ),
    (
        {"audience": "public", "group_by": ["project"], "scope": {"projects": [["P1"]]}},
        "$.scope.projects[0]",
        {"audience": "public", "group_by": ["project"], "scope": {"projects": ["P1"]}},
    ),
]


@pytest.mark.parametrize(("refused", "path", "twin"), REFUSED_AND_TWIN)
def test_refused_with_its_path_and_accepted_with_one_thing_changed(
    refused: dict, path: str, twin: dict
) -> None:
    assert [found for found, _ in refusals(refused)] == [path]
    assert parse(**twin).version == 1


def test_all_problems_are_told_at_once_in_words() -> None:
    assert refusals({"prices": "real", "scope": {"projects": ["X"]}, "extra": 1}) == [
        ("$.extra", "Unknown key."),
        ("$.scope.projects[0]", "Unknown code: X."),
        ("$.prices", "One of these is expected: current, constant."),
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{", "$"),
        ("[]", "$"),
        ("null", "$"),
        ('{"title": "a", "title": "b"}', "$.title"),
        ("[" * 9999, "$"),
    ],
)
def test_text_that_is_no_object(text: str, path: str) -> None:
    assert [found for found, _ in refusals(text)] == [path]
    assert parse_specification('{"title": "a"}', UNIVERSE, CATALOGUE).title == "a"


def test_nothing_approved_yet() -> None:
    with pytest.raises(SpecificationError) as caught:
        parse_specification({}, Universe(), CATALOGUE)
    assert [problem.path for problem in caught.value.problems] == ["$.as_of", "$.round"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(parse().stored())), JSON, max_size=4))
def test_anything_is_either_accepted_or_refused_with_paths(given: dict[str, Any]) -> None:
    try:
        found = parse_specification(given, UNIVERSE, CATALOGUE)
    except SpecificationError as refused:
        wrong = [problem for problem in refused.problems if not problem.path.startswith("$")]
        again = found = None
    else:
        wrong, again = [], parse_specification(found.stored(), UNIVERSE, CATALOGUE)
    assert wrong == []
    assert again == found


def test_a_public_question_is_about_what_is_published() -> None:
    found = parse(audience="public")
    assert (found.round, found.as_of, found.scope) == ("2005-S2", 9, {})
    assert parse(audience="public", round="2004-S2").as_of == 1
    by_project = parse(audience="public", group_by=["project"])
    assert by_project.stored()["scope"] == {"projects": ["P1"]}
    assert parse_specification(by_project.stored(), UNIVERSE, CATALOGUE) == by_project


def test_a_published_project_is_shown_in_local_currency_where_all_have_the_same() -> None:
    """It is judged beside the amounts of all projects: those of several currencies add to nothing."""
    asked = {"audience": "public", "group_by": ["project"], "currency": "local"}
    assert [path for path, _words in refusals(asked)] == ["$.currency"]
    pesos = frozenset(place for place in UNIVERSE.places if place.currency == "ARS")
    found = parse_specification(asked, replace(UNIVERSE, places=pesos), CATALOGUE)
    assert (found.currency, found.scope) == ("local", {"projects": ("P1",)})


def test_where_nothing_is_published_a_public_question_is_refused_and_one_of_staff_is_not() -> None:
    nothing = replace(UNIVERSE, published={})
    with pytest.raises(SpecificationError) as refusal:
        parse_specification({"audience": "public"}, nothing, CATALOGUE)
    assert [problem.path for problem in refusal.value.problems] == ["$.audience"]
    assert parse_specification({"audience": "staff"}, nothing, CATALOGUE).as_of == 9
