"""One indicator evaluated for every unit, once; `slices` then cuts the units of one figure out of
it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .catalogue import CONSTANT, MONEY, Catalogue, Expression, Indicator
from .expressions import amounts, column, positives
from .frames import MILESTONE, Frames, Moment, Snapshot, asked_rounds, milestones, moment
from .groups import WHOLE, Group
from .money import Converter
from .periods import first_day, last_day
from .record import Cell, Cells
from .rules import RULES
from .rules.base import NOT_MISSING, ONE, Answer, Pair, plain
from .sources import BASELINE, CLOSED, LEFT, NOT_APPLICABLE, NOT_COLLECTED, Source

State = Mapping[int, Answer | str]  # by unit: an answer, or why there is none; not asked: absent
ByVariable = dict[str, Mapping[int, Cell]]
ABSENT: Cell = (None, NOT_APPLICABLE, "", "", "", 0)  # read like a part that does not apply
CERTAIN: Answer | str = (ONE, ONE)  # the baseline of a rule that follows every unit that has one


@dataclass
class Question:
    """What all indicators of one specification share."""

    frames: Frames
    catalogue: Catalogue
    converter: Converter
    intervals: bool = True


@dataclass
class Evaluation:
    """Cells of one indicator, as states of each unit at t and at baseline."""

    question: Question
    indicator: Indicator
    cells: Cells = field(repr=False)

    @classmethod
    def load(cls, question: Question, indicator: Indicator, source: Source) -> "Evaluation":
        """Read the cells of one indicator in one pass: t, baselines, earlier rounds only where they
        are needed.
        """
        record = question.frames.record
        found = cls(question, indicator, {})
        rounds = record.rounds(indicator.level, question.frames.round)
        if found.frequency == MILESTONE or found.adds:
            wanted = asked_rounds(found.frequency, rounds)
        else:
            wanted = moment(found.frequency, question.frames.round).rounds()
        found.cells = record.cells(source, indicator.variables, wanted)
        return found

    # What is asked, and when

    @cached_property
    def rule(self):
        return RULES[self.indicator.rule]

    @cached_property
    def frequency(self) -> str:
        return self.question.catalogue.frequency(self.indicator)

    @cached_property
    def adds(self) -> bool:
        """Whether rounds may be added (`to_date`)."""
        variables = self.question.catalogue.variables
        return (
            self.rule.adds
            and self.indicator.not_summed_over != "rounds"
            and all(variables[code].stock_or_flow == "flow" for code in self.indicator.variables)
        )

    @cached_property
    def has_baseline(self) -> bool:
        return self.question.catalogue.asked_at_baseline(self.indicator)

    @cached_property
    def when(self) -> Moment:
        frames = self.question.frames
        if self.frequency == MILESTONE:
            return milestones(frames.record, self.cells, self.indicator.variables[0], frames.round)
        return moment(self.frequency, frames.round)

    @cached_property
    def at_t(self) -> Snapshot:
        return self.question.frames.at(self.indicator.level, self.when)

    # States

    @cached_property
    def now(self) -> State:
        return self.states(self.cells_now)

    @cached_property
    def cells_now(self) -> ByVariable:
        return self.cells_at(self.when)

    @cached_property
    def before(self) -> State:
        return self.states(self.baseline_cells) if self.has_baseline else {}

    @cached_property
    def baseline_cells(self) -> ByVariable:
        return {code: self.cells.get((code, BASELINE), {}) for code in self.indicator.variables}

    def cells_at(self, when: Moment) -> ByVariable:
        """Cells of each variable at a moment (of each project's own round for milestones)."""
        if when.common:
            return {
                code: self.cells.get((code, when.common), {}) for code in self.indicator.variables
            }
        keys = self.question.frames.record.keys
        return {
            code: {
                unit: cell
                for at in when.rounds()
                for unit, cell in self.cells.get((code, at), {}).items()
                if when.round_of(keys[unit][0]) == at
            }
            for code in self.indicator.variables
        }

    def states(self, cells: ByVariable) -> State:
        upper = self._read(self.indicator.numerator, cells)
        if self.rule.read is plain:
            return {
                unit: part if isinstance(part, str) else (part, ONE)
                for unit, part in upper.items()
                if part is not None
            }
        lower = self._read(self.indicator.denominator, cells) if self.indicator.denominator else {}
        read, indicator = self.rule.read, self.indicator
        found: dict[int, Answer | str] = {}
        for unit, part in upper.items():
            state = read(part, lower.get(unit), indicator)
            if state is not None:
                found[unit] = state
        return found

    def _read(self, expression: Expression, cells: ByVariable):
        columns = [column(cells[code], self.conversion(code)) for code in expression.variables]
        return (positives if self.rule.positive else amounts)(expression, columns)

    def conversion(self, code: str) -> Converter | None:
        if not self.rule.converts or self.question.catalogue.variables[code].unit != MONEY:
            return None
        converter = self.question.converter
        return converter.at(CONSTANT) if self.indicator.always_constant else converter

    @cached_property
    def converted(self) -> bool:
        return any(self.conversion(code) is not None for code in self.indicator.variables)

    # Panel

    @cached_property
    def panel_eligible(self) -> frozenset[int]:
        """Units whose baseline of this indicator is due and comes before t; of `survival`: all
        asked at t.
        """
        if self.rule.over == "baseline":
            return frozenset(unit for unit in self.at_t.base.observation if unit in self.now)
        return frozenset(
            unit
            for unit in self.at_t.joined
            if unit in self.before
            and (unit in self.now or self.unasked(unit))
            and self.comes_before(unit)
        )

    def unasked(self, unit: int) -> str | None:
        """The cause of loss of a unit that is observed at t without a row of a part; None where a
        part does not apply.

        A numerator or denominator without any row is `not_collected`; of several causes the first
        stands.
        """
        causes = []
        for expression in filter(None, (self.indicator.numerator, self.indicator.denominator)):
            columns = (self.cells_now[code] for code in expression.variables)
            missing = [cells[unit][1] for cells in columns if unit in cells]
            if missing and all(code == NOT_APPLICABLE for code in missing):
                return None
            causes += (
                [code for code in missing if code and code != NOT_APPLICABLE]
                if missing
                else [NOT_COLLECTED]
            )
        return causes[0] if causes else None

    def comes_before(self, unit: int) -> bool:
        """Whether the baseline period of every part that applies ends before t begins."""
        start = first_day(self.when.period_of(self.question.frames.record.keys[unit][0]))
        for cells in self.baseline_cells.values():
            _, missing, period, *_ = cells.get(unit, ABSENT)
            if missing != NOT_APPLICABLE and last_day(period) >= start:
                return False
        return True

    def loss(self, unit: int) -> str | None:
        """Why a panel-eligible unit is not in P (a key of panel.lost); None when it is, or when
        that is no loss.
        """
        now = self.now[unit] if unit in self.now else self.unasked(unit)
        before = CERTAIN if self.rule.over == "baseline" else self.before[unit]
        if isinstance(now, tuple) and isinstance(before, tuple):
            return None
        if now in NOT_MISSING or before in NOT_MISSING:
            return None
        membership = self.at_t.now[unit].membership
        if membership == LEFT:
            return LEFT
        if not isinstance(now, tuple):
            return "closed_unknown" if membership == CLOSED else str(now)
        return str(before)

    @cached_property
    def pairs(self) -> dict[int, Pair]:
        """The panel P."""
        found: dict[int, Pair] = {}
        for unit in self.panel_eligible:
            now = self.now.get(unit)
            before = CERTAIN if self.rule.over == "baseline" else self.before[unit]
            if isinstance(now, tuple) and isinstance(before, tuple):
                found[unit] = Pair(*now, *before)
        return found

    @cached_property
    def losses(self) -> dict[int, str]:
        found = ((unit, self.loss(unit)) for unit in self.panel_eligible)
        return {unit: cause for unit, cause in found if cause is not None}

    @cached_property
    def broken(self) -> frozenset[int]:
        """Units of P with a variable that was entered under another catalogue version at each end."""
        later = self.cells_now
        return frozenset(
            unit
            for unit in self.pairs
            for code, earlier in self.baseline_cells.items()
            if unit in later[code] and unit in earlier and later[code][unit][4] != earlier[unit][4]
        )

    # Figures

    @cached_property
    def asked(self) -> frozenset[int]:
        """E before grouping: members in scope whose cell applies."""
        if self.rule.over == "baseline":
            return self.panel_eligible
        return frozenset(unit for unit in self.at_t.eligible if unit in self.now)

    def units(self, group: Group) -> list[int]:
        """E(t) of one figure."""
        frame = self.at_t.base if self.rule.over == "baseline" else self.at_t.frame
        asked = self.asked
        return [unit for unit in frame.units(group) if unit in asked]

    def panel_units(self, group: Group) -> list[int]:
        eligible = self.panel_eligible
        return [unit for unit in self.at_t.base.units(group) if unit in eligible]

    def groups(self) -> list[Group]:
        """Groups that are emitted: the whole, and each with an eligible or panel-eligible unit."""
        candidates = dict.fromkeys((*self.at_t.frame.groups, *self.at_t.base.groups))
        return [WHOLE] + [
            g for g in candidates if g != WHOLE and (self.units(g) or self.panel_units(g))
        ]

    # Rounds added

    @cached_property
    def earlier_rounds(self) -> list[str]:
        rounds = self.question.frames.record.rounds(self.indicator.level, self.when.common)
        return asked_rounds(self.frequency, rounds)

    @cached_property
    def earlier(self) -> list[tuple[Snapshot, State]]:
        """Snapshot and states of each asked round up to t."""
        frames, level = self.question.frames, self.indicator.level
        moments = [Moment(code, annual=self.when.annual) for code in self.earlier_rounds]
        return [
            (
                frames.at(level, when),
                self.now if when == self.when else self.states(self.cells_at(when)),
            )
            for when in moments
        ]
