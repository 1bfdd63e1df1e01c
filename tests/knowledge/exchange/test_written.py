"""RIS and BibTeX, read back by programs of others."""

import re
from typing import ClassVar

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from pybtex.database import parse_string

from knowledge.exchange.bibtex import bibtex
from knowledge.exchange.ris import ris

from .items import HOSTILE, items

BODY = {"literal": f"Nexus Associates, Inc. and {HOSTILE}"}
PERSON = {"family": f"del Castillo {HOSTILE}", "given": "J. and M., Jr."}
ALL = {
    "id": "K1",
    "type": "book",
    "title": HOSTILE,
    "author": [PERSON, BODY, {"family": "Sin Nombre"}],
    "editor": [{"family": "Dini", "given": "M."}],
    "issued": {"date-parts": [[2006]]},
    "publisher": HOSTILE,
    "language": "pt",
    "abstract": HOSTILE,
}
BARE = {"id": "K7", "type": "report", "title": "Guía"}


def people(item, role):
    return [
        name.get("literal") or ", ".join(name[part] for part in ("family", "given") if part in name)
        for name in item.get(role, ())
    ]


def year(item):
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else None


class RisReader(rispy.RisParser):
    """The reader as it is, told that ED is an editor: it knows the tag of series editors only."""

    DEFAULT_MAPPING: ClassVar = {**rispy.RisParser.DEFAULT_MAPPING, "ED": "editors"}
    DEFAULT_LIST_TAGS: ClassVar = [*rispy.RisParser.DEFAULT_LIST_TAGS, "ED"]


def agrees_in_ris(item):
    (back,) = rispy.loads(ris(item), implementation=RisReader)
    assert back["title"] == item["title"]
    assert back["id"] == item["id"]
    assert back.get("authors", []) == people(item, "author")
    assert back.get("editors", []) == people(item, "editor")
    assert back.get("year") == year(item)
    for name in ("publisher", "language", "abstract"):
        assert back.get(name) == item.get(name)


@pytest.mark.parametrize("item", [ALL, BARE])
def test_ris_reads_back(item):
    agrees_in_ris(item)


@settings(max_examples=40)
@given(items)
def test_any_ris_reads_back(item):
    agrees_in_ris(item)


# What TeX prints for its own commands.
PRINTED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
}
COMMAND = re.compile(r"\\(?:([a-z]+)\{\}|([%&$#_]))|([{}])|([\\%&$#_^~<>])")


def decoded(text: str) -> str:
    """As TeX prints it: groups have no braces, and nothing of its own stands bare."""

    def printed(found: re.Match[str]) -> str:
        command, letter, _brace, bare = found.groups()
        assert not bare, text
        return PRINTED[command] if command else letter or ""

    return COMMAND.sub(printed, text)


def agrees_in_bibtex(item):
    library = bibtexparser.parse_string(bibtex(item))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == item["id"]
    for name in ("title", "language", "abstract"):
        said = entry.fields_dict[name].value if name in entry.fields_dict else None
        assert (None if said is None else decoded(said)) == item.get(name)
    said = entry.fields_dict["year"].value if "year" in entry.fields_dict else None
    assert said == year(item)
    for role in ("author", "editor"):
        said = entry.fields_dict[role].value if role in entry.fields_dict else ""
        assert decoded(said) == " and ".join(people(item, role))


@pytest.mark.parametrize("item", [ALL, BARE])
def test_bibtex_reads_back(item):
    agrees_in_bibtex(item)


@settings(max_examples=40)
@given(items)
def test_any_bibtex_reads_back(item):
    agrees_in_bibtex(item)


def by_pybtex(person) -> str:
    parts = [
        " ".join([*person.prelast_names, *person.last_names]),
        " ".join(person.lineage_names),
        " ".join([*person.first_names, *person.middle_names]),
    ]
    return ", ".join(decoded(part) for part in parts if part)


def agrees_in_pybtex(item):
    entries = parse_string(bibtex(item), "bibtex").entries
    assert list(entries) == [item["id"]]
    entry = entries[item["id"]]
    assert decoded(entry.fields["title"]) == item["title"]
    assert entry.fields.get("year") == year(item)
    for role in ("author", "editor"):
        said = [by_pybtex(person) for person in entry.persons.get(role, ())]
        assert said == people(item, role)


@pytest.mark.parametrize("item", [ALL, BARE])
def test_a_second_reader_agrees(item):
    agrees_in_pybtex(item)


@settings(max_examples=40)
@given(items)
def test_a_second_reader_agrees_on_any(item):
    agrees_in_pybtex(item)
