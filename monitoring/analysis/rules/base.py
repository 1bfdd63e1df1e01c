"""What a rule receives (a Slice: the units of one figure) and what it gives back (a Result)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import ONE
from monitoring.analysis.catalogue_rows import Indicator
from monitoring.analysis.intervals import NONE, Clusters, Interval

# Why a unit with known cells is no respondent of a figure (the missing codes of the record are the
# other causes).
ZERO_DENOMINATOR = "zero_denominator"
BELOW_MIN_K = "below_min_k"
CONDITION_NOT_MET = "condition_not_met"
NOT_MISSING = frozenset({ZERO_DENOMINATOR, BELOW_MIN_K, CONDITION_NOT_MET})

Answer = tuple[Decimal, Decimal]  # x and its denominator (1 where the rule has none)
Reading = (
    Decimal | str | None
)  # a value, the reason why there is none, or None: not asked of this unit


class Pair(NamedTuple):
    """A unit of the panel: at t, and at its own baseline."""

    x: Decimal
    w: Decimal
    x0: Decimal
    w0: Decimal


class Value(NamedTuple):
    """One measure of a figure, unrounded. value None: undefined, and `reason` says why."""

    value: Decimal | None
    n: int | None = None
    eligible: int | None = None
    reason: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | int | None = None
    interval: Interval = NONE


class Block(NamedTuple):
    """Baseline and change on the panel, unrounded."""

    n: int
    eligible: int
    baseline: Decimal | None
    value: Decimal | None
    change: Decimal | None
    lost: dict[str, int]
    reason: str = ""
    interval: Interval = NONE


class Result(NamedTuple):
    main: Value
    others: dict[str, Value]
    panel: Block | None = None


@dataclass(slots=True)
class Slice:
    """The units of one figure.

    answers: respondents R as (x, denominator); causes: why each other eligible unit is not one;
    pairs: the panel P; panel_eligible and lost: its eligible units and how those not in P were
    lost; clusters: one label per answer, pair_clusters per pair, None where no interval is wanted;
    joined_later: respondents who are not panel-eligible; zero_at_base: units of P whose baseline,
    as entered, is 0; unrated: some amount of R has no rate; pairs_unrated: some of P, at t or at
    baseline; pairs_unrated_now: at t; changed: some pair has ends that cannot be compared.
    """

    indicator: Indicator
    answers: list[Answer] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    clusters: Clusters = None
    pairs: list[Pair] = field(default_factory=list)
    pair_clusters: Clusters = None
    panel_eligible: int = 0
    lost: dict[str, int] = field(default_factory=dict)
    reconstructed: int = 0
    joined_later: int = 0
    zero_at_base: int = 0
    has_baseline: bool = False
    unrated: bool = False
    pairs_unrated: bool = False
    pairs_unrated_now: bool = False
    changed: bool = False
    to_date: Value | None = None

    @property
    def n(self) -> int:
        return len(self.answers)

    @property
    def eligible(self) -> int:
        return len(self.answers) + len(self.causes) - self.count(CONDITION_NOT_MET)

    @property
    def xs(self) -> list[Decimal]:
        return [x for x, _ in self.answers]

    def count(self, cause: str) -> int:
        return self.causes.count(cause)

    def scaled(self, value: Decimal) -> Decimal:
        """Times the indicator's factor (1/12 is a division, not a rounded decimal)."""
        return value * self.indicator.factor.numerator / self.indicator.factor.denominator

    def refusal(self) -> str:
        """Why nothing can be computed over R; empty when it can."""
        return "no_data" if not self.answers else "no_rate" if self.unrated else ""

    def panel_refusal(self, only_now: bool = False) -> str:
        if not self.has_baseline:
            return "not_asked_at_baseline"
        if not self.pairs:
            return "no_data"
        if self.changed:
            return "definition_changed"
        return "no_rate" if (self.pairs_unrated_now if only_now else self.pairs_unrated) else ""

    def over_r(self, compute: Callable[[], Decimal]) -> Value:
        """A measure over R that carries n and eligible of the main row."""
        why = self.refusal()
        return Value(None if why else compute(), self.n, self.eligible, why)

    def over_p(self, compute: Callable[[], Decimal | int], only_now: bool = False) -> Value:
        """A measure over P that carries n and eligible of the panel; `only_now`: it reads the
        values at t alone.
        """
        why = self.panel_refusal(only_now)
        return self.of_panel(None if why else Decimal(compute()), why)

    def of_panel(self, value: Decimal | None, reason: str = "") -> Value:
        """A value with n and eligible of the panel, which an indicator without baseline does not
        have.
        """
        if not self.has_baseline:
            return Value(None, reason="not_asked_at_baseline")
        return Value(value, len(self.pairs), self.panel_eligible, reason)

    def count_in_panel(self, holds: Callable[[Pair], bool]) -> Value:
        return self.over_p(lambda: sum(1 for pair in self.pairs if holds(pair)))

    def block(
        self,
        baseline: Decimal | None,
        value: Decimal | None,
        change: Decimal | None,
        interval: Interval = NONE,
        reason: str = "",
    ) -> Block:
        return Block(
            len(self.pairs),
            self.panel_eligible,
            baseline,
            value,
            change,
            self.lost,
            reason,
            interval,
        )

    def panel(self, compute: Callable[[], Block]) -> Block | None:
        """The panel block: None when the indicator has no baseline (the engine says so in the
        figure).
        """
        why = self.panel_refusal()
        if not self.has_baseline:
            return None
        return self.block(None, None, None, reason=why) if why else compute()


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


def above_zero(pair: Pair, indicator: Indicator) -> bool:
    """Whether a unit of the panel counts as a yes now."""
    return pair.x > 0


Words = str | Promise
NEVER_ADDED = _("Never added over rounds.")
LAST_VALUE = _("The last value, never added over rounds.")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the closed list: how it computes, and all that anybody needs to know of it.

    In words: title and description (its name, what it does), over_time (what becomes of several rounds),
    formula, and in it the letters of numerator and denominator (no second letter: the rule has no
    denominator). Computing: read, from the readings of numerator and denominator to an answer, a
    cause, or None; positive: expressions are read as yes or no (rules.md, Values); yes_no: its
    variables must be answers of yes or no; converts: amounts are converted; over: the units of the
    main value, `R`, `P`, or `baseline` (all units with a baseline, asked at t); adds: a flow may be
    added over rounds; groups_add: the whole is the sum of its groups; has_block: whether there are
    a baseline and a change to show; is_change: the main value is itself a change. works_out: what
    the page of a figure works out with its own numbers: the `division`, the `difference` of the two
    ends of the panel, or their `growth` in percent (the ends are then amounts of the variable, not
    percentages); percent: the division is times 100. lost_as: what lost units could change
    (attrition): a `share`, by `is_yes`, an `amount`, or nothing.
    """

    name: str
    title: Words
    description: Words
    formula: str
    letters: tuple[str, str] = ("x", "")
    over_time: Words = NEVER_ADDED
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
    has_block: bool = True
    is_change: bool = False
    works_out: str = "division"
    percent: bool = False
    lost_as: str = ""
    is_yes: Callable[[Pair, Indicator], bool] = above_zero

    @property
    def has_denominator(self) -> bool:
        return bool(self.letters[1])

    @property
    def is_growth(self) -> bool:
        """A change in percent: its two ends have the unit of the variable."""
        return self.works_out == "growth"
