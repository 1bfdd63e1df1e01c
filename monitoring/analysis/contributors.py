"""Who stands behind the public numbers of one indicator, group by group: what `suppression` asks
about, so that no firm could be told from a number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from monitoring.analysis.rules.result import Answer, Pair
from monitoring.analysis.rules.rule import AMOUNTS, ANSWERS, RANKS

from .arithmetic import ONE
from .catalogue_rows import Expression
from .evaluation import Evaluation
from .figures import Figure
from .groups import Group
from .sides import (
    UNPUBLISHED,
    Given,
    Giver,
    Side,
    Sides,
    Test,
    amounts,
    difference,
    few,
    few_ranked,
    one_or_two,
    silent,
    told_from_round,
    yes_and_no,
)

RANKED = frozenset({"median", "p25", "p75"})
OF_PANEL = frozenset({"gained", "lost"})  # of rules whose other measures are over R
NOW, BEFORE, TO_DATE = "now", "before", "to_date"
Number = tuple[tuple[Expression | None, str], Given]
WHOLE: Group = ()
OVERLAPPING = ("typology",)  # a unit may count in several of its groups
PARTS = ("main", "panel", "total", TO_DATE)  # of one figure, in the order in which they are judged


class Contributors:
    """Who stands behind the numbers of one indicator, group by group."""

    def __init__(
        self,
        evaluation: Evaluation,
        siblings: Sequence["Contributors"] = (),
        alike: Sequence["Contributors"] = (),
        beside: Sequence["Contributors"] = (),
    ) -> None:
        """`siblings`: the indicators before this one that show sums of the same amounts; `alike`:
        all that do, with this one; `beside`: these in the groupings before this one and in the
        rounds before.
        """
        self.evaluation, self.rule = evaluation, evaluation.rule
        self.siblings, self.alike, self.beside = siblings, alike, beside
        self._numbers: dict[Group, dict[str, list[Number]]] = {}
        self.few: Test = few_ranked if self.rule.gives_away == RANKS else few

    def of(self, figure: Figure) -> Sides | None:
        """Of one measure; None where there is nobody: not asked, or rounds that cannot be added."""
        group: Group = tuple(figure.group.items())
        if figure.measure == TO_DATE:
            if figure.value is None:
                return None
            return (*self.added_rounds(group), *self.differences(group, TO_DATE))
        if figure.n is None:
            return None
        if self.over_panel(figure.measure):
            pairs = self.pairs(group)
            return (self.units(pairs, figure.measure), *self.of_pairs(figure, pairs))
        answers = self.answers(group)
        return (self.units(answers, figure.measure), *self.of_answers(figure, answers))

    def of_block(self, figure: Figure) -> Sides | None:
        """Of the panel of a main figure: at t and at the baseline."""
        block = figure.panel
        if block is None or block.n is None:
            return None
        group: Group = tuple(figure.group.items())
        pairs = self.pairs(group)
        known = block.value is not None or block.baseline is not None
        if not known:
            return (self.units(pairs, "main"),)
        sides = (self.units(pairs, "main"), *self.both_ends(pairs))
        return (*sides, *self.differences(group, "panel"))

    def over_panel(self, measure: str) -> bool:
        return measure in OF_PANEL or (self.rule.over == "P" and measure != "total")

    # Units

    def giver(self, unit: int, at: int = 0) -> Giver:
        return (self.evaluation.question.frames.record.keys[unit][1], unit, at)

    def answers(self, group: Group) -> dict[Giver, Answer]:
        now = self.evaluation.now
        states = ((unit, now[unit]) for unit in self.evaluation.units(group))
        return {self.giver(unit): state for unit, state in states if isinstance(state, tuple)}

    def pairs(self, group: Group) -> dict[Giver, Pair]:
        pairs = self.evaluation.pairs
        return {
            self.giver(unit): pairs[unit]
            for unit in self.evaluation.panel_units(group)
            if unit in pairs
        }

    # Sides

    def units(self, givers: Iterable[Giver], measure: str) -> Side:
        return Side(dict.fromkeys(givers, ONE), few_ranked if measure in RANKED else self.few)

    def of_answers(self, figure: Figure, answers: Mapping[Giver, Answer]) -> Sides:
        unknown = figure.value is None and figure.numerator is None
        if figure.measure not in ("main", "total") or unknown:
            return ()
        if self.rule.gives_away == ANSWERS:
            return yes_and_no({giver: x > 0 for giver, (x, _) in answers.items()})
        if self.rule.gives_away == RANKS:
            return ()
        columns = (0, 1) if self.rule.has_denominator else (0,)
        added = amounts({giver: answer[at] for giver, answer in answers.items()} for at in columns)
        return added + self.differences(tuple(figure.group.items()), figure.measure)

    def of_pairs(self, figure: Figure, pairs: Mapping[Giver, Pair]) -> Sides:
        if figure.value is None and figure.numerator is None:
            return ()
        holds = self.rule.counts.get(figure.measure)
        indicator = self.evaluation.indicator
        if holds:
            counted = (giver for giver, pair in pairs.items() if holds(pair, indicator))
            return (Side(dict.fromkeys(counted, ONE), one_or_two),)
        if figure.measure != "main":
            return ()
        if self.rule.gives_away == ANSWERS:
            is_yes = self.rule.is_yes
            return yes_and_no({giver: is_yes(pair, indicator) for giver, pair in pairs.items()})
        group: Group = tuple(figure.group.items())
        return self.both_ends(pairs) + self.differences(group, figure.measure)

    def both_ends(self, pairs: Mapping[Giver, Pair]) -> Sides:
        """At t and at the baseline, numerator and denominator."""
        if self.rule.gives_away == RANKS:
            return ()
        if self.rule.gives_away == ANSWERS:
            now = yes_and_no({giver: pair.x > 0 for giver, pair in pairs.items()})
            return now + yes_and_no({giver: pair.x0 > 0 for giver, pair in pairs.items()})
        columns = ("x", "x0", "w", "w0") if self.rule.has_denominator else ("x", "x0")
        return amounts(
            {giver: getattr(pair, column) for giver, pair in pairs.items()} for column in columns
        )

    def added_rounds(self, group: Group) -> Sides:
        """Of `to_date`: what each unit gave in all rounds, and in each."""
        rounds = [self.given_in(group, at) for at in range(self.rounds)]
        given = self.given_to_date(group)
        each = (Side(of_round, told_from_round) for of_round in rounds)
        return (self.units(given, TO_DATE), *amounts([given]), *each)

    def given_to_date(self, group: Group) -> Given:
        """What each unit gave in each round up to t."""
        rounds = (self.given_in(group, at) for at in range(self.rounds))
        return Given(pair for of_round in rounds for pair in of_round.items())

    @property
    def rounds(self) -> int:
        return len(self.evaluation.earlier)

    def of_round(self, figure: Figure, at: int) -> Sides | None:
        """Of one of the rounds that are added; None where nobody answered in it."""
        given = self.given_in(tuple(figure.group.items()), at)
        return (self.units(given, TO_DATE), *amounts([given])) if given else None

    def given_in(self, group: Group, at: int) -> dict[Giver, Decimal]:
        snapshot, states, _cells = self.evaluation.earlier[at]
        found = (
            (unit, states.get(unit))
            for unit in snapshot.frame.units(group)
            if unit in snapshot.eligible
        )
        return {self.giver(unit, at): state[0] for unit, state in found if isinstance(state, tuple)}

    # Two numbers about the same amounts

    def differences(self, group: Group, part: str) -> Sides:
        """What a reader has who subtracts from a part of a figure (one of `PARTS`) what parts
        before it, and the indicators before it, show of the same amounts.
        """
        before = [number for other in self.siblings for number in other.published(group)]
        own = self.numbers(group)
        before += [number for name in PARTS[: PARTS.index(part)] for number in own.get(name, [])]
        within = (
            difference(given, other)
            for of, given in own.get(part, [])
            for same, other in before
            if of == same
        )
        return (*within, *self.against_others(group, part))

    def against_others(self, group: Group, part: str) -> Iterator[Side]:
        """Sums of the same amounts elsewhere: of the whole, of any group of the groupings before, of
        the same group in the rounds before.
        """
        overlapping = self.evaluation.question.frames.group_by == OVERLAPPING
        for of, given in self.numbers(group).get(part, []):
            for table in self.alike:
                for found in table.sums_of(of, [WHOLE]):
                    yield beside(given, found, asked=bool(group))
            if overlapping:
                others = [same for same in self.evaluation.groups() if same and same != group]
                for table in (self, *self.siblings):
                    for found in table.sums_of(of, others):
                        yield beside(given, found, asked=bool(group))
            for table in self.beside:
                if table.when_asked == self.when_asked:
                    for found in table.sums_of(of, filter(None, table.evaluation.groups())):
                        yield beside(given, found, asked=bool(group))
                else:
                    for found in table.sums_of(of, [group]):
                        yield beside(given, found, parts=True)

    def sums_of(
        self, of: tuple[Expression | None, str], groups: Iterable[Group]
    ) -> list[tuple[Given, ...]]:
        """Each sum of an expression at one end that this table shows, in these groups."""
        by_group = [
            [given for same, given in self.published(group) if same == of] for group in groups
        ]
        return list(zip(*by_group, strict=True))

    @property
    def when_asked(self) -> str:
        return self.evaluation.question.frames.round

    def published(self, group: Group) -> list[Number]:
        return [number for part in self.numbers(group).values() for number in part]

    def numbers(self, group: Group) -> dict[str, list[Number]]:
        """By part of the figure of a group: which expression it adds, when, and who gave what."""
        if group not in self._numbers:
            self._numbers[group] = self._add_up(group) if self.rule.gives_away == AMOUNTS else {}
        return self._numbers[group]

    def _add_up(self, group: Group) -> dict[str, list[Number]]:
        top, bottom = self.evaluation.indicator.numerator, self.evaluation.indicator.denominator
        pairs, answers = self.pairs(group), self.answers(group)
        whole: list[Number] = [((top, NOW), Given((giver, x) for giver, (x, _) in answers.items()))]
        ends: list[Number] = [
            ((top, NOW), Given((giver, pair.x) for giver, pair in pairs.items())),
            ((top, BEFORE), Given((giver, pair.x0) for giver, pair in pairs.items())),
        ]
        if self.rule.over == "P":
            return (
                {"main": ends, "total": whole} if "total" in self.rule.measures else {"main": ends}
            )
        if TO_DATE in self.rule.measures:
            rounds: list[Number] = [((top, TO_DATE), self.given_to_date(group))]
            return {"main": whole, "panel": ends, TO_DATE: rounds}
        if not self.rule.has_denominator:
            return {"main": whole, "panel": ends}
        below = Given((giver, w) for giver, (_, w) in answers.items())
        return {"main": [*whole, ((bottom, NOW), below)]}


def beside(given: Given, found: tuple[Given, ...], asked: bool = True, parts: bool = False) -> Side:
    """A sum beside one of another table, group by group; where a rate is missing neither shows."""
    if any(one.unrated for one in (given, *found)):
        return UNPUBLISHED
    return Side(given, silent, found, asked, parts)
