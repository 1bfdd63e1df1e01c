"""The six parts of data quality, from counts alone (docs/rules.md, Data quality)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

LONGEST_DELAY = 90  # days: after them timeliness is 0
TOLD = ("change", "for_whom", "example")  # texts that say something which evidence can bear out
EVIDENCE = "evidence"
NAMES = ("completeness", "timeliness", "validity", "plausibility", "baseline", "evidence")


class Part(NamedTuple):
    """`got` of `of`; undefined where there is nothing that it could be of."""

    name: str
    got: Fraction
    of: int

    @property
    def share(self) -> Fraction | None:
        return self.got / self.of if self.of else None


class Counts(NamedTuple):
    """What the parts of one submission are made of. `days_late`: None where nobody handed it in, or
    no day was due.
    """

    core: int = 0
    core_filled: int = 0
    filled: int = 0
    unexplained: int = 0
    judged: int = 0
    doubtful: int = 0
    baselines_due: int = 0
    baselines: int = 0
    texts: int = 0
    texts_shown: int = 0
    days_late: int | None = None


def parts_of(counts: Counts) -> tuple[Part, ...]:
    """The six parts in their order."""
    due = counts.days_late is not None
    return (
        Part("completeness", Fraction(counts.core_filled), counts.core),
        Part("timeliness", timeliness(counts.days_late or 0) * due, int(due)),
        Part("validity", Fraction(counts.filled - counts.unexplained), counts.filled),
        Part("plausibility", Fraction(counts.judged - counts.doubtful), counts.judged),
        Part("baseline", Fraction(counts.baselines), counts.baselines_due),
        Part("evidence", Fraction(counts.texts_shown), counts.texts),
    )


def timeliness(days: int) -> Fraction:
    """1 by the due day, then less each day, never below 0."""
    return 1 - Fraction(min(max(days, 0), LONGEST_DELAY), LONGEST_DELAY)


def together(submissions: Iterable[Iterable[Part]]) -> tuple[Part, ...]:
    """Of several submissions: numerators and denominators added."""
    got, of = dict.fromkeys(NAMES, Fraction(0)), dict.fromkeys(NAMES, 0)
    for parts in submissions:
        for part in parts:
            got[part.name] += part.got
            of[part.name] += part.of
    return tuple(Part(name, got[name], of[name]) for name in NAMES)


def mean(parts: Iterable[Part]) -> Fraction | None:
    """Only where all parts are defined."""
    shares = [part.share for part in parts]
    known = [share for share in shares if share is not None]
    return sum(known, Fraction(0)) / len(known) if known and len(known) == len(shares) else None


def texts_shown(written: Iterable[str], evidenced: Iterable[str]) -> tuple[int, int]:
    """Of the written texts that tell something, how many are borne out: all of them where the text
    about evidence is written; and how many there are.
    """
    written = set(written)
    told = written.intersection(TOLD)
    shown = told if EVIDENCE in written else told.intersection(evidenced)
    return len(shown), len(told)
