"""The page of one firm or one network: all that is said on it, for the screen and for paper alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.analysis.catalogue_rows import MONEY, Variable
from monitoring.analysis.groups import UNKNOWN
from monitoring.analysis.periods import annual_round
from monitoring.analysis.sources import Observation
from monitoring.reports import names

from . import words
from .middles import SHOWN, Middles
from .own import Own, Value
from .receivers import Receiver

BARS = 5  # rounds that are drawn, beside the baseline


@dataclass(frozen=True)
class Bar:
    """One period of a chart: `share` of the tallest, from 0 to 1."""

    label: str
    shown: str
    share: float
    baseline: bool = False

    @property
    def width(self) -> int:
        """Of the chart on the screen, in percent."""
        return round(100 * self.share)


@dataclass(frozen=True)
class Beside:
    """One column of the comparison: the firm's own value or the middle of a group."""

    label: str
    shown: str
    note: str = ""
    own: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One variable."""

    name: str
    period: str = ""
    shown: str = ""
    told: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Page:
    """All lines of one receiver, or the sentence that stands in their place."""

    code: str
    name: str
    is_firm: bool
    facts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.lines


@dataclass
class Writer:
    """Writes the pages of one project: what is shared has been computed before."""

    own: Own
    middles: Middles
    of_firms: Sequence[Variable]
    of_networks: Sequence[Variable]
    language: str
    unit_names: dict[str, str] = field(default_factory=dict)

    def page(self, receiver: Receiver) -> Page:
        facts = (receiver.under,) if receiver.under else ()
        observed = self.own.observed(receiver.subject)
        if observed is None or not self.given(receiver):
            return Page(
                receiver.code, receiver.name, receiver.is_firm, facts, (words.no_round_yet(),)
            )
        lines = tuple(self.lines(receiver))
        return Page(
            receiver.code,
            receiver.name,
            receiver.is_firm,
            facts + tuple(self.facts(receiver, observed)),
            tuple(self.notices(receiver, observed)),
            lines,
            tuple(self.notes(lines)),
        )

    def given(self, receiver: Receiver) -> bool:
        """Whether anything that it gave has been approved, be it its baseline alone."""
        subject = receiver.subject
        variables = self.of_firms if receiver.is_firm else self.of_networks
        return any(
            self.own.values(subject, variable.code) or self.own.baseline(subject, variable.code)
            for variable in variables
        )

    def facts(self, receiver: Receiver, observed: Observation) -> Iterator[str]:
        if not receiver.is_firm:
            return
        for grouping, code in (("sector", observed.sector), ("size", observed.size)):
            if code and code != UNKNOWN:
                yield str(names.labels(grouping).get(code, code))

    def notices(self, receiver: Receiver, observed: Observation) -> Iterator[str]:
        if standing := words.standing(observed.membership, receiver.is_firm):
            yield standing
        baseline = self.own.baseline_of(receiver.subject)
        if baseline is None:
            yield words.no_baseline()
        elif baseline.reconstructed:
            yield words.reconstructed()

    def notes(self, lines: Sequence[Line]) -> Iterator[str]:
        beside = [column for line in lines for column in line.beside]
        if not self.middles.are_published:
            yield words.not_published()
        elif beside:
            yield words.is_no_ranking()
            if any(column.hidden for column in beside):
                yield words.why_hidden()
            yield words.groups_of(self.middles.round, self.middles.as_of)

    # Lines

    def lines(self, receiver: Receiver) -> Iterator[Line]:
        if receiver.is_firm:
            for variable in self.of_firms:
                yield self.line(receiver.subject, variable)
            return
        for variable in self.of_networks:
            line = self.line(receiver.subject, variable)
            if line.shown or line.told:
                yield line
        if self.middles.are_published:
            for variable in self.of_firms:
                column = self.column(variable, "network", receiver.code, _("Middle of its firms"))
                yield Line(self.name(variable), self.year, beside=(column,))

    def line(self, subject: str, variable: Variable) -> Line:
        values = self.own.values(subject, variable.code)
        base = self.own.baseline(subject, variable.code)
        now = values[-1] if values else None
        if now is None:
            return self.baseline_alone(variable, base)
        known = now.amount is not None
        told = self.told(variable, base, now)
        return Line(
            self.name(variable),
            self.when(variable, now.period),
            self.said(now, variable) if known else "",
            tuple(filter(None, told)),
            tuple(self.bars(variable, base, values)),
            tuple(self.beside(subject, variable, now)),
        )

    def baseline_alone(self, variable: Variable, base: Value | None) -> Line:
        """Of a firm that no year has been asked of yet."""
        if base is None or base.amount is None:
            return Line(self.name(variable), told=(_("Not asked yet."),))
        told = _("Its baseline. The first year after it will be compared with it.")
        shown = self.said(base, variable)
        return Line(self.name(variable), self.when(variable, base.period), shown, (told,))

    def told(self, variable: Variable, base: Value | None, now: Value | None) -> tuple[str, ...]:
        if now is not None and now.amount is None:
            return (words.missing(now.missing, now.period),)
        if not variable.asked_at_baseline:
            return ()
        change = self.own.change(variable, base, now)
        since = base.period if base else ""
        return (words.change(change.value, change.reason, variable, since, self.unit(variable)),)

    def bars(
        self, variable: Variable, base: Value | None, values: Sequence[Value]
    ) -> Iterator[Bar]:
        """None of amounts in two currencies, and none of a single value."""
        drawn = [(value, value.amount, False) for value in values[-BARS:]]
        if base is not None:
            drawn.insert(0, (base, base.amount, True))
        known = [(v, amount, baseline) for v, amount, baseline in drawn if amount is not None]
        if len(known) < 2 or len({value.currency for value, *_rest in known}) > 1:
            return
        tallest = max(abs(amount) for _value, amount, _baseline in known)
        for value, amount, baseline in known:
            share = float(abs(amount) / tallest) if tallest else 0.0
            number = words.amount(amount, variable, "", "").strip()
            yield Bar(value.period, number, round(share, 4), baseline)

    def beside(self, subject: str, variable: Variable, now: Value | None) -> Iterator[Beside]:
        """Its own value beside the middle of its groups, all of the same year."""
        observed = self.own.at_year(subject, "firm") if subject.startswith("F:") else None
        if observed is None or now is None or not self.middles.are_published:
            return
        if now.period != self.year or now.amount is None:
            return
        if variable.unit == MONEY:
            dollars = self.own.in_dollars(now)
            if dollars is None:
                return
            shown = words.middle(dollars, variable, "")
        else:
            shown = self.said(now, variable)
        yield Beside(_("This firm"), shown, own=True)
        groups = {
            "network": next((row.network for row in observed.networks), UNKNOWN),
            "sector": observed.sector or UNKNOWN,
            "size": observed.size or UNKNOWN,
        }
        labels = {
            "network": _("Middle of its network"),
            "sector": _("Middle of its sector"),
            "size": _("Middle of its size"),
        }
        for grouping in SHOWN:
            if groups[grouping] != UNKNOWN:
                yield self.column(variable, grouping, groups[grouping], labels[grouping])

    def column(self, variable: Variable, grouping: str, code: str, label: str) -> Beside:
        middle = self.middles.of(variable.code, grouping, code)
        if middle.value is None or middle.n is None:
            return Beside(label, _("Not shown"), hidden=True)
        shown = words.middle(middle.value, variable, self.unit(variable))
        return Beside(label, shown, words.firms(middle.n))

    # Words

    @property
    def year(self) -> str:
        return annual_round(self.own.round)[:4]

    def name(self, variable: Variable) -> str:
        return variable.name[self.language]

    def unit(self, variable: Variable) -> str:
        """Beside a number; one in several words, or in the plural, stands beside the period."""
        return "" if self.is_aside(variable) else self.unit_names.get(variable.unit, "")

    def is_aside(self, variable: Variable) -> bool:
        name = self.unit_names.get(variable.unit, "")
        return variable.unit != MONEY and (" " in name or variable.value_type == "count")

    def when(self, variable: Variable, period: str) -> str:
        aside = self.unit_names.get(variable.unit, "") if self.is_aside(variable) else ""
        return ", ".join(filter(None, (aside, period)))

    def said(self, value: Value, variable: Variable) -> str:
        return words.amount(
            value.amount or Decimal(0), variable, value.currency, self.unit(variable)
        )
