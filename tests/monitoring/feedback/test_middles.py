"""The middles are those of the oracle: plain Python over the exported files, told to take the median of
each variable by each grouping.
"""

import csv
import shutil
from pathlib import Path

import pytest

from monitoring.analysis import Specification
from monitoring.feedback import chosen, middles
from monitoring.feedback.middles import DOLLARS, SHOWN
from tests import oracle
from tests.monitoring.analysis.records import CATALOGUE_FOLDER

from .test_pairs_of_pages import CATALOGUE, LAST, record, year_of


def medians(folder: Path) -> Path:
    """A catalogue whose indicators are the medians of the variables."""
    folder.mkdir()
    shutil.copy(CATALOGUE_FOLDER / "variables.csv", folder)
    with (CATALOGUE_FOLDER / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    with (folder / "indicators.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        for variable in chosen.of_firms(CATALOGUE):
            unit = DOLLARS if variable.unit == "local_currency" else variable.unit
            row = {"code": variable.code, "level": "firm", "unit": unit, "rule": "median"}
            writer.writerow(row | {"numerator": variable.code, "confidential": "firm"})
    return folder


@pytest.mark.parametrize(("seed", "firms"), [(3, 240), (5, 120)])
def test_each_middle_is_that_of_the_oracle(tmp_path: Path, seed: int, firms: int) -> None:
    folder = record(tmp_path / "record", seed, firms)
    catalogue = medians(tmp_path / "catalogue")
    variables = chosen.of_firms(CATALOGUE)
    year, expected = year_of(folder), {}
    for grouping in SHOWN:
        asked = Specification(
            scope={},
            group_by=(grouping,),
            indicators=tuple(variable.code for variable in variables),
            round=LAST,
            as_of=9,
        )
        t975 = CATALOGUE_FOLDER / "t975.csv"
        for figure in oracle.recompute(folder, catalogue, t975, asked.question())["figures"]:
            if figure["measure"] == "main" and figure["group"]:
                key = (figure["indicator"], f"{grouping}:{figure['group'][grouping]}")
                expected[key] = (figure["value"], figure["n"])
    found = {
        (variable.code, name): (middle.value, middle.n)
        for variable in variables
        for name, middle in middles.of_variable(year, variable).items()
    }
    assert found
    assert found == {key: expected[key] for key in found}
