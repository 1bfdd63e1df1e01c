"""What `make coverage` makes of what ran (tests/watching.py)."""

import pytest

from pip_network.running.serve import developer


def summary(*, missing_lines: int = 0, missing_branches: int = 0) -> dict[str, int]:
    return {
        "covered_lines": 8 - missing_lines,
        "missing_lines": missing_lines,
        "covered_branches": 2 - missing_branches,
        "missing_branches": missing_branches,
    }


@pytest.mark.parametrize(
    ("missed", "percent"),
    [({}, 100), ({"missing_lines": 2}, 80), ({"missing_branches": 1}, 90)],
)
def test_lines_and_branches_count_alike(missed, percent):
    assert developer._percent([summary(**missed)]) == percent


def test_no_file_at_all_is_nothing_run():
    assert developer._percent([]) == 0


@pytest.mark.parametrize(("missing_branches", "reached"), [(0, True), (1, False)])
def test_one_branch_that_did_not_run_is_below_the_floor(monkeypatch, missing_branches, reached):
    floors = {"everything": (("*",), 50), "workflow": (("*/workflow.py",), 100)}
    monkeypatch.setattr(developer, "COVERED", floors)
    files = {
        "monitoring/submission/workflow.py": summary(missing_branches=missing_branches),
        "monitoring/numbers.py": summary(missing_lines=8),
    }
    assert developer._floors_reached(files) is reached
