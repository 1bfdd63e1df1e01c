"""Indicators that show sums of the same amounts: sales stand in their own sum, in what firms sell
abroad of them, in what they sell per job. A reader who has all of them subtracts one from another,
so the later ones are judged beside the earlier ones, asked for or not.
"""

from dataclasses import dataclass, field, replace

from monitoring.analysis.rules.rule import AMOUNTS

from .catalogue_rows import Expression, Indicator
from .contributors import Contributors
from .evaluation import Evaluation
from .parsing import PUBLIC_GROUPINGS
from .rules import RULES
from .sources import Source
from .states import Question


@dataclass
class Families:
    """Who stands behind the indicators of one public question, each evaluated once."""

    question: Question
    source: Source
    beside: tuple["Families", ...] = ()
    _found: dict[str, Contributors] = field(default_factory=dict)
    _alone: dict[str, Contributors] = field(default_factory=dict)
    _evaluated: dict[str, Evaluation] = field(default_factory=dict)

    def contributors(self, indicator: Indicator) -> Contributors:
        """Of one indicator, beside those that come before it in its families."""
        if indicator.code not in self._found:
            siblings = [self.contributors(other) for other in self.before(indicator)]
            evaluation = self.evaluation(indicator)
            others = self.alike(indicator)
            alike = [self.by_itself(other) for other in others]
            beside = [table.by_itself(other) for table in self.beside for other in others]
            self._found[indicator.code] = Contributors(evaluation, siblings, alike, beside)
        return self._found[indicator.code]

    def by_itself(self, indicator: Indicator) -> Contributors:
        """Of one indicator, for its sums: nothing is asked of it here."""
        if indicator.code not in self._alone:
            self._alone[indicator.code] = Contributors(self.evaluation(indicator))
        return self._alone[indicator.code]

    def evaluation(self, indicator: Indicator) -> Evaluation:
        if indicator.code not in self._evaluated:
            loaded = Evaluation.load(self.question, indicator, self.source)
            self._evaluated[indicator.code] = loaded
        return self._evaluated[indicator.code]

    @classmethod
    def of(cls, question: Question, source: Source) -> "Families":
        """With the tables that the public has besides: the groupings before this one, in the order
        of `PUBLIC_GROUPINGS`, and all rounds before.
        """
        asked = question.frames.group_by
        before = PUBLIC_GROUPINGS[: PUBLIC_GROUPINGS.index(asked[0])] if asked else ()
        grouped = tuple(cls._grouped(question, source, grouping) for grouping in before)
        return cls(question, source, (*grouped, *cls._rounds_before(question, source)))

    @classmethod
    def of_projects(cls, question: Question, source: Source) -> tuple["Families", "Families"]:
        """The same units twice, of a question by country and project: the countries beside what a
        table by country has besides, and the projects beside the tables of all public groupings.
        """
        before = cls._rounds_before(question, source)
        countries = cls(question, source, before)
        grouped = tuple(cls._grouped(question, source, grouping) for grouping in PUBLIC_GROUPINGS)
        projects = cls(question, source, (*grouped, *before), _evaluated=countries._evaluated)
        return countries, projects

    @classmethod
    def _grouped(cls, question: Question, source: Source, grouping: str) -> "Families":
        frames = replace(question.frames, group_by=(grouping,), _made={})
        return cls(replace(question, frames=frames), source)

    @classmethod
    def _rounds_before(cls, question: Question, source: Source) -> tuple["Families", ...]:
        """All of them: units that were away in the last one may make the difference from another,
        and what they gave at their baseline is the same in each.
        """
        frames = question.frames
        rounds = [code for code in frames.record.all_rounds() if code < frames.round]
        earlier = (replace(frames, round=code, _made={}) for code in rounds)
        return tuple(cls(replace(question, frames=one), source) for one in earlier)

    def before(self, indicator: Indicator) -> list[Indicator]:
        """Those of lower code that add an expression that this one adds."""
        return [other for other in self.alike(indicator) if other.code < indicator.code]

    def alike(self, indicator: Indicator) -> list[Indicator]:
        """The indicators that add an expression that this one adds: itself too, if it adds any."""
        indicators = self.question.catalogue.indicators
        return [other for _, other in sorted(indicators.items()) if added(other) & added(indicator)]


def added(indicator: Indicator) -> set[Expression]:
    """The expressions whose sums the public could read."""
    if RULES[indicator.rule].gives_away != AMOUNTS or not indicator.hides_small_groups:
        return set()
    return {e for e in (indicator.numerator, indicator.denominator) if e is not None}
