"""Formats of citations, by the names in their addresses."""

import json
from collections.abc import Callable
from typing import NamedTuple

from .bibtex import bibtex
from .csl import Item
from .ris import ris


class Notation(NamedTuple):
    """A format of citations: what readers call it, its type and extension, what writes one work,
    what puts several together.
    """

    label: str
    content_type: str
    extension: str
    write: Callable[[Item], str]
    together: Callable[[list[Item]], str] | None = None

    def write_all(self, items: list[Item]) -> str:
        return self.together(items) if self.together else "\n".join(map(self.write, items))


def csl_json(item: Item) -> str:
    return csl_json_of([item])


def csl_json_of(items: list[Item]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


NOTATIONS = {
    "ris": Notation("RIS", "application/x-research-info-systems", "ris", ris),
    "bibtex": Notation("BibTeX", "application/x-bibtex", "bib", bibtex),
    "csl-json": Notation(
        "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json, csl_json_of
    ),
}
