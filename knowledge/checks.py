"""Named checks: what is missing, doubtful or doubled in a work or a lesson, told in the same words to
who writes it and to who keeps it. None of them forbids anything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise

from pip_network.folding import fold

MISSING, DOUBTFUL, DOUBLED = "missing", "doubtful", "doubled"
ALIKE = 0.85  # of two titles
LOOKED_AT = 200


@dataclass(frozen=True)
class Check:
    name: str
    kind: str
    sentence: str | Promise
    holds: Callable[[Any], bool] = lambda _thing: False


@dataclass(frozen=True)
class Finding:
    check: Check
    others: Sequence[Any] = ()  # works or lessons that it is about


def findings(thing: Any, checks: Iterable[Check], doubled: Finding) -> list[Finding]:
    """What the checks find in a thing, and what may be the same."""
    found = [Finding(check) for check in checks if check.holds(thing)]
    return [*found, doubled] if doubled.others else found


def same(one: str, other: str) -> bool:
    """Are two titles alike?"""
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= ALIKE
