"""What a rule receives: a Slice, the units of one figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from monitoring.analysis.catalogue_rows import Indicator
from monitoring.analysis.intervals import NONE, Clusters, Interval

from .result import Answer, Block, Pair, Value

# Why a unit with known cells is no respondent of a figure (the missing codes of the record are the
# other causes).
ZERO_DENOMINATOR = "zero_denominator"
BELOW_MIN_K = "below_min_k"
CONDITION_NOT_MET = "condition_not_met"
NOT_MISSING = frozenset({ZERO_DENOMINATOR, BELOW_MIN_K, CONDITION_NOT_MET})


@dataclass(slots=True)
class Slice:
    """The units of one figure.

    answers: respondents R as (x, denominator); causes: why each other eligible unit is not one;
    pairs: the panel P; panel_eligible and lost: its eligible units and how those not in P were
    lost; clusters: one label per answer, pair_clusters per pair, None where no interval is wanted;
    joined_later: respondents who are not panel-eligible; zero_at_base: units of P whose baseline,
    as entered, is 0; unrated: some amount of R has no rate; pairs_unrated: some of P, at t or at
    baseline; pairs_unrated_now: at t; changed: some pair has ends that cannot be compared.
    currencies: of the amounts of R, where they are not converted into one; pair_currencies of those
    of P, at t and at baseline; pair_currencies_now at t.
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
    currencies: frozenset[str] = frozenset()
    pair_currencies: frozenset[str] = frozenset()
    pair_currencies_now: frozenset[str] = frozenset()
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
        if not self.answers:
            return "no_data"
        if len(self.currencies) > 1:
            return "definition_changed"
        return "no_rate" if self.unrated else ""

    def panel_refusal(self, only_now: bool = False) -> str:
        if not self.has_baseline:
            return "not_asked_at_baseline"
        if not self.pairs:
            return "no_data"
        currencies = self.pair_currencies_now if only_now else self.pair_currencies
        if self.changed or len(currencies) > 1:
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

    def counted_in_panel(
        self, counts: Mapping[str, Callable[[Pair, Indicator], bool]]
    ) -> dict[str, Value]:
        """By measure: the units of P of which something holds."""
        return {measure: self._count(holds) for measure, holds in counts.items()}

    def _count(self, holds: Callable[[Pair, Indicator], bool]) -> Value:
        return self.over_p(lambda: sum(1 for pair in self.pairs if holds(pair, self.indicator)))

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
