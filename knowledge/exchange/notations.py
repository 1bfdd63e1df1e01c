"""Formats of citations, by the names in their addresses."""

import json
from collections.abc import Callable
from typing import NamedTuple

from .bibtex import bibtex
from .csl import Item
from .ris import ris


class Notation(NamedTuple):
    """A format of citations: what readers call it, its type and extension, what writes it."""

    label: str
    content_type: str
    extension: str
    write: Callable[[Item], str]


def csl_json(item: Item) -> str:
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


NOTATIONS = {
    "ris": Notation("RIS", "application/x-research-info-systems", "ris", ris),
    "bibtex": Notation("BibTeX", "application/x-bibtex", "bib", bibtex),
    "csl-json": Notation("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json),
}
