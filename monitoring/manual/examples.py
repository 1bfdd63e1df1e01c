"""The example of an indicator: the values of a small invented world, and what the engine makes of
them, step by step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.analysis import (
    RULES,
    Catalogue,
    CatalogueError,
    Figure,
    MemorySource,
    Specification,
    Trace,
    TraceRow,
    compute,
    definition,
    rows_behind,
)
from monitoring.analysis import Indicator as EngineIndicator
from monitoring.analysis import Variable as EngineVariable
from monitoring.analysis.from_database import indicator_row, variable_row
from monitoring.analysis.rules.rule import AMOUNTS, RANKS
from monitoring.definitions.words import parts
from monitoring.manual.blocks import Block, Facts, Formula, Heading, Note, Table, table
from monitoring.manual.edition import Edition
from monitoring.manual.worlds import world
from monitoring.models import Indicator
from monitoring.reports import text
from monitoring.reports.trace_words import plain, reason_left_out, with_numbers
from monitoring.sheet.display import value_text

DASH = "–"


@dataclass(frozen=True)
class Example:
    """What was invented, what was asked, and the answer."""

    row: Indicator
    catalogue: Catalogue
    source: MemorySource
    question: Specification
    figures: list[Figure]
    trace: Trace

    @property
    def main(self) -> Figure:
        return self.figures[0]

    @property
    def has_baseline(self) -> bool:
        rule = RULES[self.row.rule]
        compares = rule.has_block or rule.over != "R"
        indicator = self.catalogue.indicators[self.row.code]
        return compares and self.catalogue.asked_at_baseline(indicator)


def example(row: Indicator, edition: Edition) -> Example | None:
    """Computed by the engine; None where a draft's row cannot be computed yet."""
    used = [edition.by_code[code] for code in parts(row) if code in edition.by_code]
    try:
        indicator = EngineIndicator.from_row(indicator_row(row))
        catalogue = Catalogue.of(
            [EngineVariable.from_row(variable_row(one)) for one in used],
            [indicator],
            edition.version.number,
        )
        invented = world(indicator, catalogue, {one.code: one for one in used})
        figures = compute(invented.question, invented.source, catalogue)
    except (CatalogueError, KeyError, ValueError, ZeroDivisionError):
        return None
    main = figures[0]
    defined = definition(invented.question.question(), main.indicator, main.measure, main.group)
    trace = rows_behind(defined, invented.source, catalogue)
    return Example(row, catalogue, invented.source, invented.question, figures, trace)


def blocks(row: Indicator, edition: Edition) -> list[Block]:
    """The example as the Manual shows it."""
    made = example(row, edition)
    if made is None:
        return [Note(_("No example"), _("This row of the draft cannot be computed yet."), "warn")]
    shown: list[Block] = [
        Heading(_("Example, invented"), f"{row.code}-example", 2),
        values(made, edition),
    ]
    if any(cell.converted for unit in made.trace.rows for cell in unit.cells):
        shown.append(rates(made))
    return [*shown, Formula(working(made)), Facts(result(made))]


def values(made: Example, edition: Edition) -> Table:
    """Each unit with its values at both ends, what enters the figure, and its part in it."""
    codes = parts(made.row)
    heads = [text_of_level(made.row.level)]
    for code in codes:
        if made.has_baseline:
            heads.append(_("%(name)s, baseline") % {"name": edition.name(code)})
        heads.append(edition.name(code))
    heads.append(_("Part in the figure"))
    rows = [
        [unit.subject[2:], *_entered(made, edition, unit), part_of(made, unit)]
        for unit in made.trace.rows
    ]
    title = _("Invented values of %(count)s units: %(level)s") % {
        "count": len(rows),
        "level": text.units(made.row.level, len(rows)),
    }
    return table(title, heads, rows, numeric=range(1, len(heads) - 1))


def text_of_level(level: str) -> str:
    return {"firm": _("Firm"), "network": _("Network"), "project": _("Project")}[level]


def _entered(made: Example, edition: Edition, unit: TraceRow) -> Iterable[str]:
    now = {cell.variable: cell for cell in unit.cells}
    before = {cell.variable: cell for cell in unit.baseline}
    for code in parts(made.row):
        variable = edition.by_code[code]
        for cells in (before, now) if made.has_baseline else (now,):
            cell = cells.get(code)
            yield value_text(variable, cell.value, cell.missing) if cell else DASH


def part_of(made: Example, unit: TraceRow) -> str:
    """Whether a unit counts, or why it does not."""
    over_panel = RULES[made.row.rule].over == "P"
    if not over_panel and unit.reason:
        return reason_left_out(unit.reason)
    if over_panel and unit.panel_reason:
        return reason_left_out(unit.panel_reason)
    if over_panel:
        return _("compared")
    return _("counts, compared") if unit.in_panel else _("counts")


def rates(made: Example) -> Table:
    """By which the amounts become comparable."""
    used = {cell.period for unit in made.trace.rows for cell in (*unit.cells, *unit.baseline)}
    rows = [
        [rate.period, plain(str(rate.usd_rate)), plain(str(rate.cpi))]
        for rate in made.source.rates()
        if rate.period in used
    ]
    heads = (_("Period"), _("Local units per US$"), _("Price index"))
    return table(_("Invented rates"), heads, rows, numeric=(1, 2))


def counted(made: Example) -> list[TraceRow]:
    """The units of the main value."""
    over_panel = RULES[made.row.rule].over == "P"
    return [unit for unit in made.trace.rows if (unit.in_panel if over_panel else unit.respondent)]


def working(made: Example) -> list[str]:
    """The calculation of the main value with its own numbers."""
    rule, units = RULES[made.row.rule], counted(made)
    lines = []
    if rule.gives_away == RANKS or rule.formula.startswith("Me"):
        lines.append("; ".join(_in_order(units)))
    elif rule.gives_away == AMOUNTS:
        upper, lower = rule.letters
        if rule.is_change or rule.over == "P":
            lines.append(_sum(upper, [unit.base_value for unit in units], _("baseline")))
        lines.append(_sum(upper, [unit.value for unit in units]))
        if rule.has_denominator:
            lines.append(_sum(lower, [unit.denominator for unit in units]))
    else:
        upper, lower = rule.letters
        pairs = [("", [unit.value for unit in units])]
        if rule.over == "P":
            pairs.insert(0, (_("baseline"), [unit.base_value for unit in units]))
        for when, numbers in pairs:
            named = f"{upper} ({when})" if when else upper
            lines.append(f"{named}: {'; '.join(plain(number) or DASH for number in numbers)}")
    if divided := with_numbers(made.main, made.row):
        lines.append(divided)
    return lines


def _sum(letter: str, numbers: list[str | None], when: str = "") -> str:
    known = [number for number in numbers if number is not None]
    total = sum((Decimal(number) for number in known), Decimal(0))
    named = f"Σ {letter} ({when})" if when else f"Σ {letter}"
    return f"{named} = {' + '.join(plain(number) for number in known)} = {plain(str(total))}"


def _in_order(units: list[TraceRow]) -> list[str]:
    """What a median is the middle of: each value, or each part over the other, the least first."""
    found = []
    for unit in units:
        above, below = Decimal(unit.value or 0), Decimal(unit.denominator or 1)
        if below:
            shown = plain(str(above / below))
            is_ratio = unit.denominator is not None and below != 1
            words = f"{plain(unit.value)} / {plain(unit.denominator)} = {shown}"
            found.append((above / below, words if is_ratio else shown))
    return [words for _number, words in sorted(found)]


def result(made: Example) -> list[tuple[str, str]]:
    """The value, what it rests on, its change on the panel, and the other measures."""
    main, row = made.main, made.row
    signed = RULES[row.rule].is_change
    items = [(_("Result"), number(main, row.rule, signed)), (_("Answered"), text.basis(main))]
    panel = main.panel
    if panel is not None and panel.change is not None and not signed:
        ends = _("%(before)s at the baseline, %(now)s now: %(change)s") % {
            "before": text.amount(panel.baseline, main.unit),
            "now": text.amount(panel.value, main.unit),
            "change": text.figure_change(main, row),
        }
        compared = _("%(n)s of %(eligible)s compared") % {
            "n": text.count(panel.n),
            "eligible": text.count(panel.eligible),
        }
        items.append((_("Observed change"), f"{ends} ({compared})"))
    elif panel is not None and panel.reason:
        items.append((_("Observed change"), text.reason(panel.reason, row.rule)))
    items += [
        (text.measure(figure.measure), number(figure, row.rule, signed))
        for figure in made.figures[1:]
    ]
    return items


def number(figure: Figure, rule: str, signed: bool) -> str:
    """A figure with its unit, or why it has none."""
    if figure.value is None:
        return text.reason(figure.reason, rule, figure.measure)
    return text.amount(figure.value, figure.unit, figure.measure, sign=signed)
