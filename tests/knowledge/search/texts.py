"""Works for the index alone: texts without rows of the library."""

from collections.abc import Iterable

from knowledge.search import shelf
from knowledge.search.answers import Answer
from knowledge.search.index import locked_head, write
from knowledge.search.questions import read
from knowledge.search.texts import ABSTRACT, AUTHOR, PUBLISHER, TITLE, Line, PageText, WorkText

PUBLIC = frozenset({"public"})


def work(
    code: str,
    title: str = "Obra",
    *,
    pages: Iterable[str] = (),
    abstract: str = "",
    author: str = "",
    publisher: str = "",
    language: str = "es",
    audience: Iterable[str] = ("public",),
    year: int | None = 2005,
    **facts: object,
) -> WorkText:
    """One title, and whatever else is said."""
    lines = [
        Line(TITLE, title, language),
        Line(ABSTRACT, abstract, language),
        Line(AUTHOR, author),
        Line(PUBLISHER, publisher),
    ]
    return WorkText(
        code,
        tuple(line for line in lines if line.text),
        tuple(PageText(number, text, number == 1) for number, text in enumerate(pages, 1)),
        {
            "language": [language],
            "type": ["report"],
            "year": year,
            "titles": {language: title.lower()},
            "original": language,
            **facts,
        },
        frozenset(audience),
    )


def put(*texts: WorkText) -> None:
    for text in texts:
        write(text, locked_head().seq)


def answer(typed: str, keys: Iterable[str] = PUBLIC, **chosen: str) -> Answer:
    return Answer(read(typed), frozenset(keys), chosen)


def codes(typed: str, keys: Iterable[str] = PUBLIC, *, sort: str = "relevance", **chosen) -> list:
    return answer(typed, keys, **chosen).page(0, 1000, sort=sort, language="es").codes


def found(typed: str, keys: Iterable[str] = PUBLIC, **chosen: str) -> set[str]:
    """The codes, and that their number is the total."""
    asked = answer(typed, keys, **chosen)
    page = asked.page(0, 1000, sort="relevance", language="es")
    assert asked.total == len(page.codes) == len(set(page.codes))
    return set(page.codes)


def again() -> None:
    """As another process reads it."""
    shelf.forget()
