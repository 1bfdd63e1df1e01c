"""The cells of one indicator, read once for every unit: an answer, or why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from monitoring.analysis.rules.result import Answer
from monitoring.analysis.rules.rule import plain

from .arithmetic import ONE
from .catalogue import Catalogue
from .catalogue_rows import CONSTANT, MONEY, Expression, Indicator
from .expressions import amounts, column, positives
from .frames import MILESTONE, Frames, Moment, Snapshot, asked_rounds, milestones, moment
from .money import LOCAL, Converter
from .record import Cell, Cells
from .rules import RULES
from .rules.rule import Rule
from .sources import BASELINE, Source

State = Mapping[int, Answer | str]  # by unit: an answer, or why there is none; not asked: absent
ByVariable = dict[str, Mapping[int, Cell]]


@dataclass
class Question:
    """What all indicators of one specification share."""

    frames: Frames
    catalogue: Catalogue
    converter: Converter
    intervals: bool = True


@dataclass
class States:
    """Cells of one indicator, read as states of each unit at t and at baseline."""

    question: Question
    indicator: Indicator
    cells: Cells = field(repr=False)

    @classmethod
    def load(cls, question: Question, indicator: Indicator, source: Source) -> Self:
        """Read the cells of one indicator in one pass: t, baselines, earlier rounds only where they
        are needed.
        """
        record = question.frames.record
        states = cls(question, indicator, {})
        rounds = record.rounds(indicator.level, question.frames.round)
        if states.frequency == MILESTONE or states.adds:
            chosen = asked_rounds(states.frequency, rounds)
        else:
            chosen = moment(states.frequency, question.frames.round).rounds()
        states.cells = record.cells(source, indicator.variables, chosen)
        return states

    # What is asked, and when

    @cached_property
    def rule(self) -> Rule:
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
        states: dict[int, Answer | str] = {}
        for unit, part in upper.items():
            state = read(part, lower.get(unit), indicator)
            if state is not None:
                states[unit] = state
        return states

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

    @cached_property
    def in_own_currency(self) -> list[str]:
        """The variables whose amounts stay in the currency in which they were entered."""
        if self.question.converter.currency != LOCAL:
            return []
        return [code for code in self.indicator.variables if self.conversion(code) is not None]

    def currencies(self, units: Iterable[int], *columns: ByVariable) -> frozenset[str]:
        """Of the amounts of these units that are not converted into one currency."""
        cells = [cells[code] for cells in columns for code in self.in_own_currency]
        if not cells:
            return frozenset()
        return frozenset(
            by_unit[unit][3]
            for unit in units
            for by_unit in cells
            if unit in by_unit and by_unit[unit][0] is not None
        )
