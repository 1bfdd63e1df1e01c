"""A migration stands alone: what it needs of the portal is copied into it, so that it still does
what it did when the code has changed. The few names that it may import stand here with the reason.
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from monitoring.sheet.checks import basis
from tests.factories import day

ROOT = Path(__file__).resolve().parents[1]
# Module -> why a migration imports it.
ALLOWED = {
    # columns, constraints and defaults, which Django writes into migrations by their names
    "pip_network.folding.columns": "columns that are computed, and what fills them",
    "pip_network.models.outbox": "a constraint of a letter's headers",
    "projects.models.firm": "the default of a firm's code",
    "knowledge.codes": "the default of a work's code",
    "projects.tax_ids": "the column of a tax identification in its normal form",
    # what is in force is installed anew after each migration: an older text would be replaced
    "monitoring.record.guards": "the triggers of the record; passes by tables that are not there",
    # an index that is built anew whenever its form changes: no row of it is kept
    "knowledge.search.engines": "the tables of the library's index",
    # the text of an approval: a format that was once hashed never changes, and one that is copied
    # could say something else than what is verified
    "monitoring.record.chain": "the canonical text and its hash",
    "monitoring.record.defining": "digests, over a literal and numbered list of columns",
    "monitoring.record.facts": "what an approval states, read from the tables of that time",
}


def migrations() -> list[Path]:
    return sorted(ROOT.glob("*/migrations/0*.py"))


def imported(source: str) -> Iterator[str]:
    """Modules that are imported, wherever in the file it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # what a package gives is its modules, or names of its own
            base = "." * node.level + (node.module or "")
            names = [f"{base}.{alias.name}" for alias in node.names]
            yield from (name if name in ALLOWED else base for name in names)


def stands_alone(module: str) -> bool:
    package = module.partition(".")[0]
    return package == "django" or package in sys.stdlib_module_names or module in ALLOWED


def test_migrations_import_nothing_of_the_portal_but_what_is_allowed():
    files = migrations()
    assert len(files) > 40
    found = [
        f"{file.relative_to(ROOT)}: {module}"
        for file in files
        for module in imported(file.read_text("utf-8"))
        if not stands_alone(module)
    ]
    assert found == []


def test_nothing_is_allowed_that_no_migration_imports():
    used = {module for file in migrations() for module in imported(file.read_text("utf-8"))}
    assert set(ALLOWED) - used == set()


@pytest.mark.parametrize(
    ("source", "alone"),
    [
        ("import json\nfrom django.db import models", True),
        ("from monitoring.record import guards", True),
        ("from monitoring.record import approving", False),
        ("from projects.zones import zone_of", False),
        ("def f():\n    import projects.zones", False),
        ("from ..models import Firm", False),
    ],
)
def test_the_walk_sees_each_way_to_import(source, alone):
    assert all(map(stands_alone, imported(source))) is alone


# --- what was copied


@pytest.mark.parametrize(
    ("institution", "countries", "zone"),
    [
        ("BR", ["AR"], "America/Sao_Paulo"),
        ("", ["PE"], "America/Lima"),
        ("", ["PE", "EC"], "UTC"),
        ("", [], "UTC"),
        ("ZZ", ["PE"], "UTC"),
    ],
)
def test_projects_got_the_zone_of_the_country_of_their_institution(institution, countries, zone):
    copy = importlib.import_module("projects.migrations.0007_project_time_zone")
    assert copy.zone_of(institution, countries) == zone


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "rounds"),
    [
        ("2004-01-10", "2007-12-20", {"2005-S2", "2007-S2"}),
        ("2004-07-01", "2006-06-30", {"2005-S2", "2006-S1"}),
        ("2005-03-01", "2005-06-30", {"2005-S1"}),
    ],
)
def test_milestones_were_asked_in_the_rounds_of_the_calendar(starts_on, ends_on, rounds):
    copy = importlib.import_module("monitoring.migrations.0017_milestones_of_moved_calendars")
    assert copy.milestone_rounds(day(starts_on), day(ends_on)) == rounds


@pytest.mark.parametrize(
    ("value", "missing"), [(None, "refused"), ("0.00", ""), ("1500.50", ""), ("-3.00", "")]
)
def test_words_that_answer_no_check_stand_on_what_the_sheet_compares(value, missing):
    copy = importlib.import_module("monitoring.migrations.0014_what_format_1_left_out")
    number = Decimal(value) if value is not None else None
    assert copy.basis_of_value(number, missing) == basis.basis_of_value(number, missing)
