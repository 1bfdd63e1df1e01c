"""Firms that may be registered twice: the same tax id, or names alike, within one country. Plain
Python, no database.

Names are compared by their groups of three letters (Dice's coefficient, in whole hundredths). Two
names that reach the threshold share at least one of their rarest groups, so that only pairs which
do are compared and none is missed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pip_network.folding import fold
from projects.tax_ids import tax_key

ALIKE = 75  # hundredths from which two names are alike
ALIKE_IN_SPITE = 92  # ... although their tax ids differ
LEGAL_FORMS = frozenset(
    {
        "sa",
        "sac",
        "saa",
        "saic",
        "sacif",
        "sacifi",
        "sas",
        "sasu",
        "spa",
        "ca",
        "cv",
        "rl",
        "srl",
        "scrl",
        "sc",
        "scc",
        "sh",
        "sl",
        "slu",
        "ltd",
        "ltda",
        "limitada",
        "eirl",
        "eireli",
        "epp",
        "me",
        "inc",
        "corp",
        "co",
        "llc",
        "cia",
        "compania",
        "companhia",
    }
)
LINKS = frozenset({"de", "y", "e"})  # «S.A. de C.V.», «y Cía.», «e Cia.»
NEEDS_LINK = frozenset({"cv", "rl", "cia", "compania", "companhia", "co"})


class FirmFacts(NamedTuple):
    """What comparing needs of a firm."""

    code: str
    country: str
    name: str
    tax_id: str


class Pair(NamedTuple):
    """Two firms, the lower code first.

    `same_tax_id`: it is known and equal; `other_tax_id`: known and different.
    """

    first: str
    second: str
    score: int
    alike: int
    same_tax_id: bool
    other_tax_id: bool


def name_key(text: str) -> str:
    """A name without capitals, accents, signs and legal form: «Panadería La Espiga, S.R.L.» is
    `panaderia la espiga`.
    """
    plain = fold(text).replace(".", " ").replace("&", " y ")
    words = _without_form(_joined(re.findall(r"[^\W_]+", plain)))
    return " ".join(words)


def _joined(words: Sequence[str]) -> list[str]:
    """Single letters in a row are one word: `s r l` is srl."""
    joined: list[str] = []
    was_single = False
    for word in words:
        single = len(word) == 1
        if single and was_single:
            joined[-1] += word
        else:
            joined.append(word)
        was_single = single
    return joined


def _without_form(words: list[str]) -> list[str]:
    """Legal forms at the end go; a name that is nothing else stays."""
    end = len(words)
    while end and words[end - 1] in LEGAL_FORMS:
        link = 1 if words[end - 1] in NEEDS_LINK and end > 1 and words[end - 2] in LINKS else 0
        end -= 1 + link
    return words[:end] if end > 0 else words


def groups(key: str) -> frozenset[str]:
    """The groups of three letters of each word, its ends marked: `sol` gives ` so`, `sol`, `ol `."""
    return frozenset(
        word[at : at + 3]
        for word in (f" {one} " for one in key.split())
        for at in range(len(word) - 2)
    )


def likeness(left: frozenset[str], right: frozenset[str]) -> int:
    """Dice's coefficient in whole hundredths, rounded down."""
    whole = len(left) + len(right)
    return 200 * len(left & right) // whole if whole else 0


def pairs(firms: Iterable[FirmFacts]) -> list[Pair]:
    """All pairs worth a look, most alike first; the same for the same firms, whatever their order."""
    proposed: list[Pair] = []
    by_country: dict[str, list[FirmFacts]] = defaultdict(list)
    for firm in firms:
        by_country[firm.country].append(firm)
    for rows in by_country.values():
        proposed += _within(sorted(rows))
    return sorted(proposed, key=lambda pair: (-pair.score, pair.first, pair.second))


def _within(rows: list[FirmFacts]) -> Iterator[Pair]:
    taxes = [tax_key(row.tax_id) for row in rows]
    names = [groups(name_key(row.name)) for row in rows]
    near = {(first, second) for first, second in _with_common_group(names)}
    by_tax: dict[str, list[int]] = defaultdict(list)
    for place, tax in enumerate(taxes):
        if tax:
            by_tax[tax].append(place)
    near |= {
        (first, second)
        for places in by_tax.values()
        for at, first in enumerate(places)
        for second in places[at + 1 :]
    }
    for first, second in near:
        pair = _judge(
            rows[first],
            rows[second],
            likeness(names[first], names[second]),
            taxes[first],
            taxes[second],
        )
        if pair is not None:
            yield pair


def _judge(
    first: FirmFacts, second: FirmFacts, alike: int, first_tax: str, second_tax: str
) -> Pair | None:
    same, differ = (
        bool(first_tax) and first_tax == second_tax,
        bool(first_tax and second_tax) and first_tax != second_tax,
    )
    if not same and alike < (ALIKE_IN_SPITE if differ else ALIKE):
        return None
    score = min(100, 70 + 3 * alike // 10) if same else alike - (30 if differ else 10)
    lower, higher = sorted((first.code, second.code))
    return Pair(lower, higher, score, alike, same, differ)


def _with_common_group(names: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Places of names that share one of the rarest groups of each: every pair that can reach ALIKE
    is among them.
    """
    frequency = Counter(group for name in names for group in name)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        # Dice >= a means a common part of at least a/(200-a) of the longer name: the rest can be
        # left aside.
        least = -(-len(name) * ALIKE // (200 - ALIKE))
        rare = (
            sorted(name, key=lambda group: (frequency[group], group))[: len(name) - least + 1]
            if name
            else []
        )
        candidates = {other for group in rare for other in holders[group]}
        for other in candidates:
            longer, shorter = sorted((len(name), len(names[other])), reverse=True)
            if 200 * shorter >= ALIKE * (longer + shorter):
                yield other, place
        for group in rare:
            holders[group].append(place)


def like(candidate: FirmFacts, firms: Iterable[FirmFacts], *, most: int = 5) -> list[Pair]:
    """The firms of `firms` that may be `candidate` (code empty), most alike first; `second` of each
    pair is theirs.
    """
    tax, name = tax_key(candidate.tax_id), groups(name_key(candidate.name))
    pairs = []
    for firm in firms:
        if firm.country == candidate.country and firm.code != candidate.code:
            groups_of_firm = groups(name_key(firm.name))
            pair = _judge(
                candidate, firm, likeness(name, groups_of_firm), tax, tax_key(firm.tax_id)
            )
            if pair is not None:
                pairs.append(pair._replace(first=candidate.code, second=firm.code))
    return sorted(pairs, key=lambda pair: (-pair.score, pair.second))[:most]
