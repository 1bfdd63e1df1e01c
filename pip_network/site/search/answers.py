"""What a source answers, and what the page shows of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pip_network.web.signed_in import Reader

from .questions import Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Hit:
    """One thing that answers the question, with the way to its page."""

    title: str
    url: str
    code: str = ""
    note: str = ""
    language: str = ""  # of the title, where it is not the reader's
    origin: str = ""
    aside: str = ""  # what must be known before it is taken for one of the rest


@dataclass(frozen=True)
class Answer:
    """How many there are, and the first of them."""

    count: int
    hits: list[Hit]


Find = Callable[[Reader, Question, int], Answer]


@dataclass(frozen=True)
class Source:
    """Something that is searched. `find` gets the reader, the question and how many hits at most."""

    kind: str
    label: "StrOrPromise"
    shown: Callable[[Reader], bool]
    find: Find
    list_url: str = ""  # url name of a list that answers the same question with `?q=`
    list_more: tuple[tuple[str, str], ...] = ()  # what else it must be asked for the same rows
    of_library: bool = False  # that list is the library's, which knows other terms and beginnings


@dataclass(frozen=True)
class Group:
    """The hits of one source, as the page shows them; `more` is where all of them are."""

    kind: str
    label: str
    count: int
    hits: list[Hit]
    more: str
