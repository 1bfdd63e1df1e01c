"""What somebody can work out who has the published files of all groupings and of all rounds, and is
a firm that knows its own values.

Nothing of the portal: the files say what is shown, and the record (read by the oracle) says only
whether a guess is right. The attacker subtracts: groups from their total, the panel from those that
answered, one indicator from another about the same variable, one group from a group of another
grouping, published projects from their countries, one round from what was added up to it. What is
left, less what the attacker gave itself, is a guess at the largest of the others; it succeeds
within ten percent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from tests import oracle
from tests.oracle import Unit, Working, canonical

ADDING = {"sum", "panel_sum", "mean", "ratio", "panel_change_abs", "panel_change_pct"}
Giver = tuple[str, str, str]  # subject, project, round or "" for a baseline
CLOSE = Decimal("0.1")


@dataclass(frozen=True)
class Known:
    """A published sum: its digits, and (to judge a guess) who gave what to it."""

    name: str
    number: Decimal
    given: dict[Giver, Decimal] = field(compare=False)

    def less(self, *others: Known) -> Known:
        return added((self,), others)


def added(plus: Iterable[Known], minus: Iterable[Known] = ()) -> Known:
    """Some numbers less some others."""
    plus, minus = list(plus), list(minus)
    times: dict[Giver, int] = defaultdict(int)
    values: dict[Giver, Decimal] = {}
    number = Decimal(0)
    for sign, known in (*((1, one) for one in plus), *((-1, one) for one in minus)):
        number += sign * known.number
        for giver, value in known.given.items():
            times[giver] += sign
            values[giver] = value
    left = {giver: n * values[giver] for giver, n in times.items() if n}
    names = " + ".join(one.name for one in plus), *(one.name for one in minus)
    return Known(" - ".join(names), number, left)


class Found(NamedTuple):
    """A firm whose amount was told, by whom (empty: by anybody), and how."""

    how: str
    firm: str
    by: str
    amount: Decimal
    guess: Decimal


def guesses(known: Known) -> Iterator[Found]:
    """The firms that one other can tell from a number, or anybody: nothing else in it is more than
    a tenth of theirs. Where amounts cancel out nobody knows that a guess is near.
    """
    gave: dict[str, Decimal] = defaultdict(Decimal)
    for (subject, *_), value in known.given.items():
        gave[subject] += value
    largest = sorted(((abs(v), v, s) for s, v in gave.items() if v), reverse=True)[:3]
    everything = sum((abs(value) for value in gave.values()), Decimal(0))
    for size, _, firm in largest:
        for other, own, by in [(Decimal(0), Decimal(0), ""), *largest]:
            if by != firm and everything - size - other < CLOSE * size:
                yield Found(known.name, firm, by, size, abs(known.number - own))
                break


class Attacker:
    """Reads published documents of one record."""

    def __init__(self, record: Path, catalogue: Path, t975: Path) -> None:
        self.folder, self.catalogue = record, oracle.Catalogue(catalogue)
        self.intervals = oracle.Intervals(t975)
        self.records: dict[int, oracle.Record] = {}
        # what is about the same amounts, then by the partition that it belongs to
        self.pools: dict[str, dict[str, dict[str, Known]]] = defaultdict(lambda: defaultdict(dict))

    def read(self, document: dict[str, Any]) -> None:
        """Take note of every sum that a published document shows."""
        spec = document["spec"]
        if spec["as_of"] not in self.records:
            self.records[spec["as_of"]] = oracle.Record(self.folder, spec["as_of"])
        shown = {
            (f["indicator"], f["measure"], canonical(f["group"])): f
            for f in document["figures"]
            if not f["suppressed"]
        }
        for code in spec["indicators"]:
            indicator = self.catalogue.indicators[code]
            if indicator.rule in ADDING and indicator.protected:
                self._read(
                    oracle.Question(self.records[spec["as_of"]], indicator, self.catalogue, spec),
                    shown,
                )

    def _read(self, question: oracle.Question, shown: dict[tuple[str, str, str], dict]) -> None:
        for group in question.groups():
            working = Working(question, group, self.intervals)
            key = canonical(group.key)
            for measure in ("main", "total", "to_date"):
                figure = shown.get((question.indicator.code, measure, key))
                if figure is None:
                    continue
                for column, terms, number, units in sums(figure, working):
                    self._keep(question, column, key, terms, number, units)

    def _keep(
        self,
        question: oracle.Question,
        column: str,
        group: str,
        terms: object,
        number: str,
        units: list[tuple[Giver, oracle.Reading]],
    ) -> None:
        given = {giver: reading.number() for giver, reading in units}
        grouping = "+".join(question.spec["group_by"])
        name = f"{question.indicator.code} {column} {question.round} {group}"
        table = f"{question.indicator.code} {column} {question.round} {grouping}"
        self.pools[str(terms)][table][group] = Known(name, Decimal(number), given)

    def attack(self) -> list[Found]:
        return [found for known in self.derived() for found in guesses(known)]

    def derived(self) -> Iterator[Known]:
        for pool in self.pools.values():
            everything = [known for table in pool.values() for known in table.values()]
            yield from everything
            for table in pool.values():
                groups = [known for key, known in table.items() if key != "{}"]
                if "{}" in table and groups:
                    yield table["{}"].less(*groups)
            yield from of_countries(pool)
            different = list(
                {canonical(sorted(map(list, k.given))): k for k in everything}.values()
            )
            for one, two in combinations(different, 2):
                more, less = (one, two) if len(one.given) > len(two.given) else (two, one)
                if contains(more, less):
                    yield more.less(less)
            yield from rounds(pool)


def contains(more: Known, less: Known) -> bool:
    """Whether one number has all that another has: of what is left the reader knows the sign."""
    return less.given.items() <= more.given.items()


def of_countries(pool: dict[str, dict[str, Known]]) -> Iterator[Known]:
    """Countries less the projects published of them: one by one, those that a project joins, and
    what the countries leave of the total.
    """
    for name, table in pool.items():
        if not name.endswith(" country"):
            continue
        projects = list(pool.get(f"{name.removesuffix('country')}project", {}).values())
        countries = {key: known for key, known in table.items() if key != "{}"}
        reach = [{k for k, c in countries.items() if c.given.keys() & p.given} for p in projects]
        joined = [[key] for key in countries]
        for one in reach:
            wider = set(one)
            while more := {k for other in reach if other & wider for k in other} - wider:
                wider |= more
            joined.append(sorted(wider))
        for keys in joined:
            inside = [p for p, at in zip(projects, reach, strict=True) if at and at <= set(keys)]
            if inside and keys:
                yield added((countries[key] for key in keys), inside)
        if "{}" in table:
            rest = table["{}"].less(*countries.values())
            hidden = [p for p in projects if p.given.keys() <= rest.given.keys()]
            if hidden:
                yield rest.less(*hidden)
            yield table["{}"].less(*projects)


def rounds(pool: dict[str, dict[str, Known]]) -> Iterator[Known]:
    """What was added up to a round, less every round that is shown by itself."""
    by_group: dict[str, list[tuple[str, Known]]] = defaultdict(list)
    for table, groups in pool.items():
        for key, known in groups.items():
            by_group[key].append((table.split()[1], known))
    for found in by_group.values():
        added = [known for column, known in found if column == "to_date"]
        single = {tuple(sorted({g[2] for g in k.given})): k for c, k in found if c == "main"}
        for late in added:
            inside = [k for k in single.values() if k.given.keys() <= late.given.keys()]
            yield late.less(*inside)
            for early in added:
                if early.given.keys() < late.given.keys():
                    between = [k for k in inside if not k.given.keys() & early.given.keys()]
                    yield late.less(early)
                    yield late.less(early, *between)


def sums(figure: dict[str, Any], working: Working) -> Iterable[tuple[str, object, str, list]]:
    """(column, what is added, published digits, what each unit gave) of one shown figure."""
    indicator = working.indicator
    now, base = [p.now for p in working.panel], [p.base for p in working.panel]
    x, y = indicator.numerator, indicator.denominator
    over_panel = indicator.rule in oracle.OVER_PANEL
    measure, panel = figure["measure"], figure["panel"] or {}
    if measure == "to_date":
        found = [("to_date", x, figure["value"], read(working.group.earlier))]
    elif measure == "total" or indicator.rule == "sum":
        found = [("main", x, figure["value"], read(working.respondents))]
    elif indicator.rule in ("mean", "ratio"):
        r = working.respondents
        found = [("numerator", x, figure["numerator"], read(r))]
        if indicator.rule == "ratio":
            found.append(("denominator", y, figure["denominator"], read(r, lower=True)))
    else:
        found = [("panel", x, figure["value"], read(now))] if indicator.rule == "panel_sum" else []
    if measure == "main" and (over_panel or indicator.rule == "sum"):
        found.append(("now", x, panel.get("value"), read(now)))
        found.append(("base", x, panel.get("baseline"), read(base)))
    return [row for row in found if row[2] is not None]


def read(units: Iterable[Unit], lower: bool = False) -> list[tuple[Giver, oracle.Reading]]:
    found = (((u.subject, u.project, u.round), u.y if lower else u.x) for u in units)
    return [(giver, reading) for giver, reading in found if reading is not None]
