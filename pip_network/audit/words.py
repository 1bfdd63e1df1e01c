"""What stands in the trail, in words: each room gives its own (`audit_words.py`), and the roof puts
them together (pip_network/site/wiring.py).

A verb without words fails tests/pip_network/audit/test_verbs.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise

from pip_network.running.wired import Place

Text = str | Promise


class Said(NamedTuple):
    """How a name in the trail is called, and its value read."""

    label: Text
    value: Callable[[Any], str]


def nothing_else(_name: str) -> Said | None:
    return None


class Kind(NamedTuple):
    """A kind of object: its word, its model (for the names of fields), the addresses to try with
    what follows the key, and what it says in rows of other tables.
    """

    word: Text
    model: type[models.Model]
    pages: tuple[tuple[str, str], ...] = ()  # (url name, name of its parameter)
    elsewhere: Callable[[str], Said | None] = nothing_else


class Part(NamedTuple):
    """What stands below an object of some kind, such as the semester of a project
    (`P:PIP-01/2005-S2`): its page, and the names of its two parameters.
    """

    page: str
    of_whole: str
    of_part: str


@dataclass(frozen=True)
class Words:
    """The words of one room, or of all together."""

    # The noun of a verb (what stands before the point) is its group on the audit page.
    groups: dict[str, Text] = field(default_factory=dict)
    verbs: dict[str, Text] = field(default_factory=dict)
    # By the prefix of their keys (`P` in `P:PIP-01`).
    kinds: dict[str, Kind] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    # What is there only once, by its whole key.
    wholes: dict[str, Text] = field(default_factory=dict)
    # By verb: the closed list that its reason is a code of.
    reasons: dict[str, type[models.TextChoices]] = field(default_factory=dict)
    # Who acts when no person does.
    processes: dict[str, Text] = field(default_factory=dict)


WORDS: Place[Words] = Place("the words of the audit trail")


def together(*rooms: Words) -> Words:
    """The words of all rooms as one. Raises ValueError when two rooms say the same key."""
    return Words(
        **{
            each.name: _merged(each.name, (getattr(room, each.name) for room in rooms))
            for each in fields(Words)
        }
    )


def _merged(name: str, tables: Iterable[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in tables:
        if twice := merged.keys() & table.keys():
            raise ValueError(f"Two rooms give {name} of the trail: {', '.join(sorted(twice))}")
        merged |= table
    return merged


def of_verb(verb: str) -> Text:
    return WORDS().verbs.get(verb, verb)


def verbs_of(group: str) -> list[str]:
    return [verb for verb in WORDS().verbs if verb.partition(".")[0] == group]
