"""A work as CSL-JSON: the one description from which all citations and formats are made.

What the record does not know is left out: nothing is guessed.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from knowledge.choices import AuthorRole, WorkType
from knowledge.models import Author, Expression, Work

Item = dict[str, Any]

TYPES = {
    WorkType.BOOK: "book",
    WorkType.ARTICLE: "article-journal",
    WorkType.PAPER: "report",
    WorkType.REPORT: "report",
    WorkType.EVALUATION: "report",
    WorkType.CASE_STUDY: "report",
    WorkType.GUIDE: "book",
    WorkType.PRESENTATION: "paper-conference",
}


def csl(work: Work, language: str) -> Item:
    """`work` for a reader of `language`: in it if the work can be read in it, else as it was
    written.
    """
    cited = cited_in(work, language)
    item = {
        "id": work.code,
        "type": TYPES[WorkType(work.type)],
        "title": plain(cited.title) if cited else work.code,
        "author": named(work.authors.all(), AuthorRole.AUTHOR),
        "editor": named(work.authors.all(), AuthorRole.EDITOR),
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        # Of an article the record holds the journal, of all others who published it.
        "container-title" if work.type == WorkType.ARTICLE else "publisher": plain(work.publisher),
        "language": cited.language if cited else "",
        "abstract": plain(cited.abstract) if cited else "",
        "DOI": plain(work.doi),
        "URL": address_of(work),
    }
    return {name: value for name, value in item.items() if value}


def cited_in(work: Work, language: str) -> Expression | None:
    """A title that only the network translated is not what the work is cited by."""
    rows = {one.language: one for one in work.expressions.all() if one.is_read}
    return rows.get(language) or work.original or next(iter(rows.values()), None)


def named(authors: Iterable[Author], role: str) -> list[dict[str, str]]:
    """People by family and given name, bodies under their whole name."""
    return [
        {"literal": plain(one.literal)}
        if one.literal
        else {
            name: text
            for name, text in (("family", plain(one.family)), ("given", plain(one.given)))
            if text
        }
        for one in authors
        if one.role == role
    ]


def address_of(work: Work) -> str:
    """Where the portal answers for the work for ever."""
    return f"{settings.PUBLIC_URL}{work.get_absolute_url()}"


def plain(text: str) -> str:
    """In one line and without control characters and non-characters, which no format can carry."""
    kept = "".join(
        letter
        for letter in text
        if letter.isspace()
        or (unicodedata.category(letter) not in ("Cc", "Cs") and letter not in "\ufffe\uffff")
    )
    return " ".join(kept.split())
