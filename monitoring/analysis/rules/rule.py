"""What there is to know of a rule: how it computes, and how it is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import ONE
from monitoring.analysis.catalogue_rows import Indicator

from .result import Answer, Pair, Reading, Result
from .slice import Slice


def plain(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    """One expression: its value."""
    return numerator if not isinstance(numerator, Decimal) else (numerator, ONE)


def both(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    """Two expressions: both must be known; not asked if either is not."""
    if numerator is None or denominator is None:
        return None
    if isinstance(numerator, str):
        return numerator
    return denominator if isinstance(denominator, str) else (numerator, denominator)


def rises(pair: Pair, indicator: Indicator) -> bool:
    """Whether a unit of the panel has more than at its baseline."""
    return pair.x > pair.x0


def stays(pair: Pair, indicator: Indicator) -> bool:
    """Whether it has what it had."""
    return pair.x == pair.x0


def falls(pair: Pair, indicator: Indicator) -> bool:
    """Whether it has less."""
    return pair.x < pair.x0


def above_zero(pair: Pair, indicator: Indicator) -> bool:
    """Whether a unit of the panel counts as a yes now."""
    return pair.x > 0


# What a number of a rule could give away of one unit (rules.md, Who sees what).
AMOUNTS, ANSWERS, RANKS = "amounts", "answers", "ranks"
Text = str | Promise
NEVER_ADDED = _("Never added over rounds.")
LAST_VALUE = _("The last value, never added over rounds.")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the closed list: how it computes, and all that anybody needs to know of it.

    For readers: title and description (its name, what it does), over_time (what becomes of several rounds),
    formula, and in it the letters of numerator and denominator (no second letter: the rule has no
    denominator). Computing: read, from the readings of numerator and denominator to an answer, a
    cause, or None; positive: expressions are read as yes or no (rules.md, Values); yes_no: its
    variables must be answers of yes or no; converts: amounts are converted; over: the units of the
    main value, `R`, `P`, or `baseline` (all units with a baseline, asked at t); adds: a flow may be
    added over rounds; groups_add: the whole is the sum of its groups;
    targets_add: and so is its target, of those of the projects; has_block: whether there are
    a baseline and a change to show; is_change: the main value is itself a change. works_out: what
    the page of a figure works out with its own numbers: the `division`, the `difference` of the two
    ends of the panel, or their `growth` in percent (the ends are then amounts of the variable, not
    percentages); percent: the division is times 100. lost_as: what lost units could change
    (attrition): a `share`, by `is_yes`, an `amount`, or nothing. gives_away: what protects a unit in
    public: its main value adds `amounts`, counts `answers`, or is a rank; counts: the measures that
    count units of the panel, and which ones.
    """

    name: str
    title: Text
    description: Text
    formula: str
    letters: tuple[str, str] = ("x", "")
    over_time: Text = NEVER_ADDED
    meaning: str
    compute: Callable[[Slice], Result]
    measures: tuple[str, ...] = ()
    read: Callable[[Reading, Reading, Indicator], Answer | str | None] = plain
    positive: bool = False
    yes_no: bool = False
    converts: bool = True
    over: str = "R"
    adds: bool = False
    groups_add: bool = False
    targets_add: bool = False
    has_block: bool = True
    is_change: bool = False
    works_out: str = "division"
    percent: bool = False
    lost_as: str = ""
    is_yes: Callable[[Pair, Indicator], bool] = above_zero
    gives_away: str = AMOUNTS
    counts: Mapping[str, Callable[[Pair, Indicator], bool]] = field(default_factory=dict)

    @property
    def has_denominator(self) -> bool:
        return bool(self.letters[1])

    @property
    def has_way(self) -> bool:
        """Is the baseline of its panel an earlier main value, from which one may come to another?"""
        return self.has_block and not self.is_change and self.over != "baseline"

    @property
    def is_growth(self) -> bool:
        """A change in percent: its two ends have the unit of the variable."""
        return self.works_out == "growth"
