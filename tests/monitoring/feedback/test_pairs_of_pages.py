"""Pairs of pages, all pages of a project, and pages of two publications, recover nobody; without the
guard somebody is recovered.
"""

from collections.abc import Collection, Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from monitoring.analysis import Catalogue, FileSource
from monitoring.feedback import chosen, middles
from monitoring.feedback.middles import PUBLIC, SHOWN, Year
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, ROUNDS, Writer

from .reader import Read, Readers

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
LAST = ROUNDS[-1]


def year_of(folder: Path, number: int = 9) -> Year:
    return Year(FileSource(folder, number), CATALOGUE, LAST, number)


def record(folder: Path, seed: int, firms: int, networks: int = 5) -> Path:
    made = Writer(
        Random(seed), CATALOGUE, firms=firms, projects=4, most_networks=networks, missing_rates=0
    )
    folder.mkdir(exist_ok=True)
    return made.record().write(folder)


def pages(year: Year, variable, guarded: bool = True, before: Collection[Year] = ()) -> list[Read]:
    """The middles of one variable as pages show them, and those that the public has."""
    shown = middles.of_variable(year, variable, list(before))
    found = []
    for grouping in SHOWN:
        for group, given in year.groups(variable, (grouping,)):
            if not group:
                continue
            name = f"{grouping}:{group[0][1]}"
            if name in shown or (not guarded and given):
                found.append(Read(name, [(firm, row.value[0]) for firm, row in given.items()]))
    for group, given in year.groups(variable, PUBLIC):
        if len(given) >= 10:
            found.append(
                Read(str(group), [(firm, row.value[0]) for firm, row in given.items()], True)
            )
    return found


def readers(year: Year) -> Iterator[set[str]]:
    """Each pair of firms of one network, some of two, and the people of each project."""
    by_project: dict[str, set[str]] = {}
    for project, subject in year.record.keys:
        if subject.startswith("F:"):
            by_project.setdefault(project, set()).add(subject)
    yield from by_project.values()
    firms = sorted(set().union(*by_project.values()))
    yield from (set(pair) for pair in Random(1).sample(list(combinations(firms, 2)), 12))


def told(year: Year, found: list[Read]) -> set[str]:
    return set().union(*(Readers(found, who).recovered() for who in readers(year)))


@pytest.mark.parametrize(("seed", "firms"), [(1, 90), (2, 160)])
def test_pages_laid_together_recover_nobody_and_without_the_guard_somebody(
    tmp_path: Path, seed: int, firms: int
) -> None:
    year = year_of(record(tmp_path, seed, firms))
    variables = chosen.of_firms(CATALOGUE)
    for variable in variables:
        assert told(year, pages(year, variable)) == set()
    unguarded = (pages(year, variable, guarded=False) for variable in variables)
    assert any(Readers(found, who).recovered() for found in unguarded for who in readers(year))


def test_something_is_shown_of_every_grouping(tmp_path: Path) -> None:
    """Nobody is recovered from an empty page either."""
    year = year_of(record(tmp_path, 3, 400, networks=3))
    groupings = {
        name.partition(":")[0]
        for variable in chosen.of_firms(CATALOGUE)
        for name in middles.of_variable(year, variable)
    }
    assert groupings == set(SHOWN)


def test_an_amendment_of_one_firm_is_not_read_off_two_publications(tmp_path: Path) -> None:
    """A group that differs by one value from what was published before is hidden; the same group
    unchanged is not.
    """
    folder = record(tmp_path / "one", 3, 240)
    before = year_of(folder)
    variable = chosen.of_firms(CATALOGUE)[0]
    unchanged = middles.of_variable(year_of(folder), variable, [before])
    assert unchanged == middles.of_variable(before, variable)
    name = next(name for name in unchanged if name.startswith("network:"))
    code = name.partition(":")[2]
    firm = next(iter(dict(before.groups(variable, ("network",)))[(("network", code),)]))
    rows = (folder / "measurements.csv").read_text("utf-8").splitlines()
    head = rows[0].split(",")
    at = {column: head.index(column) for column in head}
    for number, row in enumerate(rows):
        cells = row.split(",")
        if (
            cells[at["subject"]] == firm
            and cells[at["variable"]] == variable.code
            and cells[at["round"]] == LAST
            and cells[at["kind"]] == "regular"
            and cells[at["value"]]
        ):
            cells[at["value"]] = str(int(float(cells[at["value"]])) + 12345)
            rows[number] = ",".join(cells)
    (folder / "measurements.csv").write_text("\n".join(rows) + "\n", "utf-8")
    after = year_of(folder)
    assert name in middles.of_variable(after, variable)
    assert name not in middles.of_variable(after, variable, [before])
