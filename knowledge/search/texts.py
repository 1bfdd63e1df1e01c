"""The text of a work, as the search reads it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

TITLE, ABSTRACT, AUTHOR, PUBLISHER, SUBJECT = "title", "abstract", "author", "publisher", "subject"
READ = (TITLE, ABSTRACT, AUTHOR, PUBLISHER)  # as the work itself says it; subjects are our words


class Line(NamedTuple):
    """A line of the record of a work; `language` where it has one."""

    kind: str
    text: str
    language: str = ""


class PageText(NamedTuple):
    """One page of the newest version of a file; `first` begins the file."""

    page: int
    text: str
    first: bool


@dataclass(frozen=True)
class WorkText:
    """Everything of a work that is searched, counted or sorted by."""

    code: str
    lines: tuple[Line, ...]
    pages: tuple[PageText, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    audience: frozenset[str] = frozenset()
