"""What lower floors learn from above: every place that a module names is filled in one file.

The source itself is walked: a place that the wiring forgets, or one filled elsewhere, fails here.
"""

import ast
import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from knowledge.text import extraction
from monitoring.analysis.periods import first_day
from monitoring.portfolio import refreshing
from monitoring.reports import order
from pip_network.celery import app
from pip_network.jobs import outbox
from pip_network.running.wired import NotWired, Place
from projects import frozen

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
WIRING = ROOT / "pip_network/site/wiring.py"


def sources() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts), ast.parse(file.read_text("utf-8"))


def places(tree: ast.Module) -> list[str]:
    """The names that a module gives to places, wherever in it they are made."""
    return [
        getattr(node.target if isinstance(node, ast.AnnAssign) else node.targets[0], "id", "?")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", getattr(node.value.func, "attr", "")) == "Place"
    ]


def filled(tree: ast.Module) -> list[str]:
    """The places of `name.PLACE.fill(...)`."""
    return [
        ast.unparse(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "fill"
    ]


def test_every_place_is_filled_by_the_wiring_and_none_elsewhere():
    named = {(name, place) for name, tree in sources() for place in places(tree)}
    assert len(named) >= 5
    assert [
        name for name, place in named if import_module(name).__dict__[place].value is None
    ] == []
    by_wiring = filled(ast.parse(WIRING.read_text("utf-8")))
    assert len(by_wiring) == len(set(by_wiring)) == len(named)
    assert {name for name, tree in sources() if filled(tree)} == {"pip_network.site.wiring"}


@pytest.mark.parametrize(
    ("source", "named", "given"),
    [
        ('X: Place[int] = Place("x")', ["X"], []),
        ('X = Place("x")', ["X"], []),
        ('def f():\n    X = wired.Place("x")', ["X"], []),
        ("health.QUESTIONS.fill({})", [], ["health.QUESTIONS"]),
        ("X = other()\nX.empty()", [], []),
    ],
)
def test_the_walk_sees_what_is_named_and_what_is_filled(source, named, given):
    assert (places(ast.parse(source)), filled(ast.parse(source))) == (named, given)


def test_a_place_that_is_not_filled_fails_and_says_which():
    place: Place[dict] = Place("the numbers")
    with pytest.raises(NotWired, match="^the numbers: pip_network/site/wiring.py has not filled"):
        place()
    place.fill({})
    assert place() == {}


def test_nothing_is_undone_in_the_registry_when_the_record_cannot_be_asked(monkeypatch):
    look = frozen.Frozen("PIP-01", "2005-S2", dt.date(2005, 12, 31), "", frozenset(), 7)
    answers = frozen.Record(
        lambda _code: [look],
        lambda _code: [],
        lambda _code: [],
        lambda _code: set(),
        lambda _code: set(),
        first_day,
    )
    monkeypatch.setattr(frozen.RECORD, "value", answers)
    assert (frozen.of_firm("F1"), frozen.of_network("N1"), frozen.being_entered("F1")) == (
        [look],
        [],
        [],
    )
    monkeypatch.setattr(frozen.RECORD, "value", None)
    for question in (frozen.of_firm, frozen.of_network, frozen.being_entered, frozen.amounts_of):
        with pytest.raises(NotWired):
            question("F1")


def test_every_task_of_the_timetable_and_every_kind_of_job_is_a_task(settings):
    scheduled = {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled == {
        "pip_network.tasks.sweep",
        "knowledge.tasks.sweep_library",
        "monitoring.tasks.sweep_monitoring",
        outbox.TASK,
    }
    app.loader.import_default_modules()
    assert {*scheduled, order.KIND, refreshing.KIND, extraction.KIND} - set(app.tasks) == set()
