"""The attacker finds nobody in what is published, and finds somebody as soon as the protection is
the one that counted units alone, or projects are shown as their own people see them.
"""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.analysis import Catalogue, FileSource, Specification, compute, figures_document
from tests.attacker import Attacker
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, ROUNDS, Made, Writer

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
GROUPINGS = ("", "country", "typology", "sector", "size", "owner_sex")
INDICATORS = ("B02", "D02", "E01", "E02", "F02", "G01")
PROJECTS = ("P1", "P2", "P3", "P4")
T975 = CATALOGUE_FOLDER / "t975.csv"


def published(
    folder: Path,
    rounds: tuple[str, ...],
    audience: str = "public",
    groupings: tuple[str, ...] = GROUPINGS,
) -> list[dict]:
    """The files of all groupings and these rounds."""
    documents = []
    for code in rounds:
        for grouping in groupings:
            named = {"projects": PROJECTS} if grouping == "project" else {}
            spec = Specification(
                scope=named,
                group_by=(grouping,) if grouping else (),
                indicators=INDICATORS,
                round=code,
                as_of=5,
                audience=audience,
            )
            figures = compute(spec, FileSource(folder, 5), CATALOGUE, intervals=False)
            text = figures_document(spec.question(), figures, record_hash="", application="")
            documents.append(json.loads(text))
    return documents


def attack(folder: Path, documents: list[dict]) -> list:
    attacker = Attacker(folder, CATALOGUE_FOLDER, T975)
    for document in documents:
        attacker.read(document)
    return attacker.attack()


def by_counting(document: dict) -> dict:
    """The old rule: fewer than five units are hidden, and one more where one is hidden alone."""
    for code, measure in {(f["indicator"], f["measure"]) for f in document["figures"]}:
        rows = [f for f in document["figures"] if (f["indicator"], f["measure"]) == (code, measure)]
        for row in rows:
            row["suppressed"] = row["n"] is not None and row["n"] < 5
        hidden = [row for row in rows if row["suppressed"]]
        groups = [row for row in rows if row["group"] and not row["suppressed"]]
        if len(hidden) == 1 and groups:
            min(groups, key=lambda row: row["n"] or 0)["suppressed"] = True
    return document


def record(seed: int, firms: int, projects: int = 3) -> Made:
    made = Writer(Random(seed), CATALOGUE, firms=firms, projects=projects, missing_rates=0)
    return made.record()


@settings(max_examples=2, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), firms=st.integers(20, 60))
def test_of_small_records_nobody_is_told(seed: int, firms: int) -> None:
    with TemporaryDirectory() as name:
        folder = record(seed, firms).write(Path(name))
        assert attack(folder, published(folder, ROUNDS[-1:])) == []


def test_what_rounds_add_up_to_tells_nobody_across_tables(tmp_path: Path) -> None:
    """In this record a typology less a project told one firm of the two that it left."""
    folder = record(39, 60, projects=4).write(tmp_path)
    documents = published(folder, ROUNDS[-1:], groupings=("typology", "project"))
    to_date = [f for d in documents for f in d["figures"] if f["measure"] == "to_date"]
    assert any(not figure["suppressed"] for figure in to_date)
    assert attack(folder, documents) == []


def test_the_old_rule_told_somebody(tmp_path: Path) -> None:
    folder = record(4, 50).write(tmp_path)
    documents = published(folder, ROUNDS[-1:], audience="staff")
    found = attack(folder, [by_counting(document) for document in documents])
    assert len({one.firm for one in found}) > 10
    assert attack(folder, published(folder, ROUNDS[-1:])) == []


def test_of_published_projects_nobody_is_told_and_as_staff_see_them_somebody_is(
    tmp_path: Path,
) -> None:
    folder = record(6, 60, projects=4).write(tmp_path)
    documents = published(folder, ROUNDS[-1:], groupings=("", "country"))
    shown = published(folder, ROUNDS[-1:], groupings=("project",))
    assert any(not figure["suppressed"] for figure in shown[0]["figures"])
    assert attack(folder, [*documents, *shown]) == []
    theirs = published(folder, ROUNDS[-1:], audience="staff", groupings=("project",))
    for figure in theirs[0]["figures"]:
        figure["suppressed"] = figure["n"] is not None and figure["n"] < 5
    assert attack(folder, [*documents, *theirs]) != []
