"""The engine against the slow obvious way: the independent oracle recomputes random records to the
digit.
"""

import json
from pathlib import Path
from random import Random

import pytest

from monitoring.analysis import Catalogue, FileSource, Specification, compute, figures_document
from monitoring.analysis.groups import GROUPINGS
from tests import oracle
from tests.monitoring.analysis.records import (
    CATALOGUE_FOLDER,
    ROUNDS,
    TYPOLOGIES,
    Made,
    Writer,
    amend,
)

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)


def differences(folder: Path, spec: Specification) -> list[str]:
    figures = compute(spec, FileSource(folder, spec.as_of), CATALOGUE)
    text = figures_document(spec.question(), figures, record_hash="0" * 64, application="test")
    return oracle.compare(json.loads(text), folder, CATALOGUE_FOLDER, CATALOGUE_FOLDER / "t975.csv")


def random_spec(random: Random) -> Specification:
    public = random.random() < 0.3
    grouping = random.sample(GROUPINGS, random.choice([0, 1, 1, 2, 2]))
    if public:
        grouping = random.sample(
            ["country", "typology", "sector", "size", "owner_sex"], random.choice([0, 1])
        )
    scope: dict[str, tuple[str, ...]] = {}
    if not public and random.random() < 0.5:
        named = {
            "projects": ("P1", "P2"),
            "countries": ("AR", "PE", "regional"),
            "typologies": tuple(sorted(random.sample(TYPOLOGIES, 2))),
            "networks": ("P1N1", "P2N1", "P3N1"),
        }
        scope = {key: named[key] for key in random.sample(sorted(named), random.choice([1, 1, 2]))}
    return Specification(
        scope=scope,
        group_by=tuple(grouping),
        indicators=tuple(sorted(CATALOGUE.indicators)),
        round=random.choice(ROUNDS[1:]),
        as_of=random.choice([4, 5, 6]),
        audience="public" if public else "staff",
        prices=random.choice(["current", "constant"]),
        currency=random.choice(["USD", "USD", "local"]),
    )


@pytest.mark.parametrize("seed", range(6))
def test_engine_and_oracle_agree_on_random_records(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    made = Writer(random, CATALOGUE, missing_rates=random.choice([0, 0.03])).record()
    amend(made, random, 6)
    made.write(tmp_path)
    for _ in range(3):
        spec = random_spec(random)
        assert differences(tmp_path, spec) == [], spec


def test_engine_and_oracle_agree_where_intervals_exist(tmp_path: Path) -> None:
    # Many firms in many networks, so that the whole and some groups have eight clusters or more.
    random = Random(99)
    Writer(random, CATALOGUE, firms=90, missing_rates=0).record().write(tmp_path)
    spec = Specification(
        scope={},
        group_by=("size",),
        indicators=tuple(sorted(CATALOGUE.indicators)),
        round="2005-S2",
        as_of=5,
    )
    figures = compute(spec, FileSource(tmp_path, 5), CATALOGUE)
    methods = {figure.ci_method for figure in figures} | {
        f.panel.ci_method for f in figures if f.panel
    }
    assert methods == {"none", "none_few_clusters", "linearised", "wilson_neff", "woodruff", None}
    assert differences(tmp_path, spec) == []


@pytest.mark.parametrize("seed", range(3))
def test_engine_and_oracle_agree_on_published_projects(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    made = Writer(
        random, CATALOGUE, firms=50, projects=5, missing_rates=random.choice([0, 0.03])
    ).record()
    abroad(made, random)
    amend(made, random, 6)
    made.write(tmp_path)
    spec = Specification(
        scope={"projects": tuple(sorted(random.sample(["P1", "P2", "P3", "P4", "P5"], 3)))},
        group_by=("project",),
        indicators=("B02", "C01", "C05", "D02", "E02", "F02", "G01", "H03", "H04"),
        round=random.choice(ROUNDS[2:]),
        as_of=6,
        audience="public",
        prices=random.choice(["current", "constant"]),
    )
    assert differences(tmp_path, spec) == [], spec


def abroad(made: Made, random: Random) -> None:
    """Some firms of a project are in another country."""
    for subject in sorted({row["subject"] for row in made.observations if row["level"] == "firm"}):
        if random.random() < 0.15:
            country = random.choice(["AR", "PE", "BR"])
            for row in made.observations:
                if row["subject"] == subject:
                    row["country"] = country
