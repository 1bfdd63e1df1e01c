"""The attacker finds nobody in what is published, and finds somebody as soon as the protection is
the one that counted units alone.
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
T975 = CATALOGUE_FOLDER / "t975.csv"


def published(folder: Path, rounds: tuple[str, ...], audience: str = "public") -> list[dict]:
    """The files of all groupings and these rounds."""
    documents = []
    for code in rounds:
        for grouping in GROUPINGS:
            spec = Specification(
                scope={},
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


def record(seed: int, firms: int) -> Made:
    return Writer(Random(seed), CATALOGUE, firms=firms, missing_rates=0).record()


@settings(max_examples=2, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), firms=st.integers(20, 60))
def test_of_small_records_nobody_is_told(seed: int, firms: int) -> None:
    with TemporaryDirectory() as name:
        folder = record(seed, firms).write(Path(name))
        assert attack(folder, published(folder, ROUNDS[-1:])) == []


def test_the_old_rule_told_somebody(tmp_path: Path) -> None:
    folder = record(4, 50).write(tmp_path)
    documents = published(folder, ROUNDS[-1:], audience="staff")
    found = attack(folder, [by_counting(document) for document in documents])
    assert len({one.firm for one in found}) > 10
    assert attack(folder, published(folder, ROUNDS[-1:])) == []
