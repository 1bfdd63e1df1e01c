"""What a source answers, and what the page shows of it."""

from collections.abc import Callable
from typing import NamedTuple

from .questions import Question


class Hit(NamedTuple):
    title: str
    url: str
    code: str = ""
    note: str = ""
    language: str = ""  # of the title, where it is not the reader's
    origin: str = ""
    aside: str = ""  # what must be known before it is taken for one of the rest


class Found(NamedTuple):
    count: int
    hits: list[Hit]


class Source(NamedTuple):
    kind: str
    label: str
    shown: Callable[[object], bool]
    find: Callable[[object, Question, int], Found]
    list_url: str = ""  # url name of a list that answers the same question with `?q=`
    list_more: tuple[
        tuple[str, str], ...
    ] = ()  # ... and what else it must be asked for the same rows


class Group(NamedTuple):
    kind: str
    label: str
    count: int
    hits: list[Hit]
    more: str
