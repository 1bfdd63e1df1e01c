"""What the product asks of an indicator stands in the catalogue: no code of the product names one."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
# The demonstration invents values of each indicator's variables; a migration keeps what the code
# said once.
EXEMPT = {"data", "demo", "migrations"}
EXAMPLES = {"site/search.html"}  # what somebody may type into the search
CODE = re.compile(r"\b[A-Z][0-9]{2,3}\b")


def known_codes() -> set[str]:
    with (ROOT / "monitoring/data/indicators.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"] for row in csv.DictReader(lines)}


def named_in(source: str, codes: set[str]) -> Iterator[tuple[int, str]]:
    """(line, code) of each text of a module that is the code of an indicator, alone or in a list."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = re.split(r"[\s;,|]+", node.value)
            if all(CODE.fullmatch(part) for part in parts if part):
                yield from ((node.lineno, part) for part in parts if part in codes)


def test_no_module_names_an_indicator():
    codes = known_codes()
    found = [
        f"{file.relative_to(ROOT)}:{line}: {code}"
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        if not EXEMPT & set(file.relative_to(ROOT).parts)
        for line, code in named_in(file.read_text(encoding="utf-8"), codes)
    ]
    assert found == []


def test_no_template_names_an_indicator():
    codes = known_codes()
    found = [
        f"{file.relative_to(ROOT)}: {code}"
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if str(file.relative_to(ROOT / "templates")) not in EXAMPLES
        for code in CODE.findall(file.read_text(encoding="utf-8"))
        if code in codes
    ]
    assert found == []


def test_what_is_looked_for_is_found():
    codes = known_codes()
    source = 'LEADING = ("E02", "X02")\nCOLUMNS = "B01;C01"\nHELP = "As E02."\n'
    assert sorted(named_in(source, codes)) == [(1, "E02"), (2, "B01"), (2, "C01")]
