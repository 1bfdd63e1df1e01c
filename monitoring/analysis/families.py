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

    def contributors(self, indicator: Indicator) -> Contributors:
        """Of one indicator, beside those that come before it in its families."""
        if indicator.code not in self._found:
            siblings = [self.contributors(other) for other in self.before(indicator)]
            evaluation = Evaluation.load(self.question, indicator, self.source)
            beside = [other.contributors(indicator) for other in self.beside if added(indicator)]
            self._found[indicator.code] = Contributors(evaluation, siblings, beside)
        return self._found[indicator.code]

    @classmethod
    def of(cls, question: Question, source: Source) -> "Families":
        """With the tables that the public has besides: the groupings before this one, in the order
        of `PUBLIC_GROUPINGS`, and the round before.
        """
        frames = question.frames
        asked = frames.group_by[0] if frames.group_by else ""
        before = PUBLIC_GROUPINGS[: PUBLIC_GROUPINGS.index(asked)] if asked else ()
        tables = [replace(frames, group_by=(grouping,), _made={}) for grouping in before]
        rounds = [code for code in frames.record.all_rounds() if code < frames.round]
        if rounds:
            tables.append(replace(frames, round=rounds[-1], _made={}))
        return cls(
            question,
            source,
            tuple(cls(replace(question, frames=table), source) for table in tables),
        )

    def before(self, indicator: Indicator) -> list[Indicator]:
        """The indicators of lower code that add an expression that this one adds."""
        indicators = self.question.catalogue.indicators
        return [
            other
            for code, other in sorted(indicators.items())
            if code < indicator.code and added(other) & added(indicator)
        ]


def added(indicator: Indicator) -> set[Expression]:
    """The expressions whose sums the public could read."""
    if RULES[indicator.rule].gives_away != AMOUNTS or not indicator.hides_small_groups:
        return set()
    return {e for e in (indicator.numerator, indicator.denominator) if e is not None}
