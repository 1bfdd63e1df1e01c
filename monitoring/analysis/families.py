"""Indicators that show sums of the same amounts: sales stand in their own sum, in what firms sell
abroad of them, in what they sell per job. A reader who has all of them subtracts one from another,
so the later ones are judged beside the earlier ones, asked for or not.
"""

from dataclasses import dataclass, field

from monitoring.analysis.rules.rule import AMOUNTS

from .catalogue_rows import Expression, Indicator
from .contributors import Contributors
from .evaluation import Evaluation
from .rules import RULES
from .sources import Source
from .states import Question


@dataclass
class Families:
    """Who stands behind the indicators of one public question, each evaluated once."""

    question: Question
    source: Source
    _found: dict[str, Contributors] = field(default_factory=dict)

    def contributors(self, indicator: Indicator) -> Contributors:
        """Of one indicator, beside those that come before it in its families."""
        if indicator.code not in self._found:
            siblings = [self.contributors(other) for other in self.before(indicator)]
            evaluation = Evaluation.load(self.question, indicator, self.source)
            self._found[indicator.code] = Contributors(evaluation, siblings)
        return self._found[indicator.code]

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
