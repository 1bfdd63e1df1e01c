"""Every template can be read, leads somewhere, and stands one element to a line."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[1] / "templates"
TEMPLATES = sorted(str(file.relative_to(ROOT)) for file in ROOT.rglob("*.html"))
WIDTH = 120
# The cells of a sheet are up to a thousand: white space between them would outweigh what they hold.
WIDE = {"monitoring/entry/_grid.html": 1}
BESIDE = re.compile(
    r"</(?:div|section|p|ul|ol|dl|table|thead|tbody|tr|form|h[1-6])> *<(?:div|section|p|ul|ol|dl|table|tr|form|h[1-6])\b"
)


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name):
    assert get_template(name).origin.name == str(ROOT / name)


def test_every_name_of_an_address_is_one():
    resolver = get_resolver()
    known = {name for name in resolver.reverse_dict if isinstance(name, str)}
    for space, (_prefix, inner) in resolver.namespace_dict.items():
        known |= {f"{space}:{name}" for name in inner.reverse_dict if isinstance(name, str)}
    used = {
        (found, name)
        for name in TEMPLATES
        for found in re.findall(r"""\{% url ['"]([^'"]+)['"]""", (ROOT / name).read_text("utf-8"))
    }
    assert {"home", "admin:index"} <= {found for found, _name in used}
    assert [pair for pair in sorted(used) if pair[0] not in known] == []


def test_lines_are_short_and_hold_one_element():
    wide = {name: sum(len(line) > WIDTH for line in lines(name)) for name in TEMPLATES}
    assert {name: count for name, count in wide.items() if count} == WIDE
    assert [name for name in TEMPLATES if any(BESIDE.search(line) for line in lines(name))] == []


def test_lines_are_indented_by_two():
    assert [name for name in TEMPLATES if any(line.startswith("\t") for line in lines(name))] == []
    indents = {
        name: [len(line) - len(line.lstrip(" ")) for line in lines(name)] for name in TEMPLATES
    }
    assert [name for name, found in indents.items() if any(indent % 2 for indent in found)] == []
