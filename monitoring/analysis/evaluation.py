"""One indicator evaluated for every unit, once: its panel and its groups; `slices` then cuts out
the units of one figure.
"""

from decimal import Decimal
from functools import cached_property

from monitoring.analysis.rules.result import Answer, Pair
from monitoring.analysis.rules.slice import NOT_MISSING

from .arithmetic import ONE
from .frames import Moment, Snapshot, asked_rounds
from .groups import WHOLE, Group
from .periods import first_day, last_day
from .record import Cell
from .sources import CLOSED, LEFT, NOT_APPLICABLE, NOT_COLLECTED
from .states import ByVariable, State, States

ABSENT: Cell = (None, NOT_APPLICABLE, "", "", "", 0)  # read like a part that does not apply
CERTAIN: Answer | str = (ONE, ONE)  # the baseline of a rule that follows every unit that has one


class Evaluation(States):
    """What figures need of the states: who is compared, who is lost and why, which groups there
    are.
    """

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
        pairs: dict[int, Pair] = {}
        for unit in self.panel_eligible:
            now = self.now.get(unit)
            before = CERTAIN if self.rule.over == "baseline" else self.before[unit]
            if isinstance(now, tuple) and isinstance(before, tuple):
                pairs[unit] = Pair(*now, *before)
        return pairs

    @cached_property
    def losses(self) -> dict[int, str]:
        causes = ((unit, self.loss(unit)) for unit in self.panel_eligible)
        return {unit: cause for unit, cause in causes if cause is not None}

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

    # Targets

    def projects(self, group: Group) -> list[str]:
        """Those with an eligible unit in one figure."""
        units = self.panel_units(group) if self.rule.over == "P" else self.units(group)
        keys = self.question.frames.record.keys
        return sorted({keys[unit][0] for unit in units})

    def target_of(self, project: str) -> Decimal | None:
        """What a project means this indicator to be at its t."""
        at = self.when.round_of(project)
        return self.question.frames.record.targets.get((project, self.indicator.code, at or ""))

    # Rounds added

    @cached_property
    def earlier_rounds(self) -> list[str]:
        rounds = self.question.frames.record.rounds(self.indicator.level, self.when.common)
        return asked_rounds(self.frequency, rounds)

    @cached_property
    def earlier(self) -> list[tuple[Snapshot, State, ByVariable]]:
        """Snapshot, states and cells of each asked round up to t."""
        frames, level = self.question.frames, self.indicator.level
        moments = [Moment(code, annual=self.when.annual) for code in self.earlier_rounds]
        rounds = [(when, self.cells_at(when)) for when in moments]
        return [
            (
                frames.at(level, when),
                self.now if when == self.when else self.states(cells),
                cells,
            )
            for when, cells in rounds
        ]
