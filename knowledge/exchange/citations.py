"""A work as APA and ISO 690 cite it, made by citeproc from the styles of the CSL project."""

import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .csl import Item

STYLES = Path(__file__).parent / "styles"
LOCALES = {"es": "es-ES", "pt": "pt-BR", "en": "en-US"}
ISO_690 = {"es": "es", "pt": "pt-br", "en": "en"}

# Citeproc writes italics between these two letters, which no text may hold; what stands between is
# escaped afterwards, so that the text of a record is never markup.
ITALIC, UPRIGHT = "\ue000", "\ue001"
WITHOUT = str.maketrans("", "", ITALIC + UPRIGHT)


class Cited(NamedTuple):
    style: str
    text: SafeString


class Marks:
    """What citeproc asks of a format: italics are marked, all other looks are left out."""

    preformat: Callable[[str], str] = str
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802 - citeproc's name
        return f"{ITALIC}{text}{UPRIGHT}"

    Oblique = Italic


def citations(item: Item, language: str) -> list[Cited]:
    """`item` in both styles, in the words of `language`."""
    return [*_made(json.dumps(item), language)]


@lru_cache(maxsize=4000)
def _made(item: str, language: str) -> tuple[Cited, ...]:
    """Kept by all that it is made from: it takes citeproc some tenths of a second."""
    data = citable(json.loads(item))
    names = {"APA": "apa", "ISO 690": f"iso690-author-date-{ISO_690[language]}"}
    return tuple(
        Cited(label, rendered(data, style(name, LOCALES[language])))
        for label, name in names.items()
    )


@cache
def style(name: str, locale: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(STYLES / f"{name}.csl"), locale=locale, validate=False)


def citable(item: Item) -> Item:
    """As the styles need it. What is no article is cited as a book: reports and papers in
    proceedings would be asked for numbers, series and places that no record has.
    """
    item = {name: value for name, value in item.items() if name != "abstract"}
    if item["type"] != "article-journal":
        item["type"] = "book"
    elif "author" in item:
        item.pop("editor", None)  # whom the styles take for an editor of the journal
    return _without_marks(item)


def _without_marks(value: Item) -> Item:
    text = json.dumps(value, ensure_ascii=False).translate(WITHOUT)
    return json.loads(text)


def rendered(item: Item, how: CitationStylesStyle) -> SafeString:
    source = CiteProcJSON([item])
    bibliography = CitationStylesBibliography(how, source, Marks)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (entry,) = bibliography.bibliography()
    text = " ".join("".join(map(str, entry)).split(" ")).strip()
    marked = escape(text).replace(ITALIC, "<i>").replace(UPRIGHT, "</i>")
    return mark_safe(marked)  # noqa: S308 - escaped above
