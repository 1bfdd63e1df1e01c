"""Tables of figures: one line of words a figure for readers, every number of it for the workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.reports import names, target_words, text
from monitoring.reports.blocks import Cell, Column, Row, Table
from monitoring.reports.material import Material
from pip_network.web.formats import NBSP


def by_indicator(material: Material, figures: Sequence[Figure], title: str) -> Table:
    """One line an indicator, for the whole scope."""
    pairs = [(material.name(figure.indicator), figure) for figure in figures]
    rows = [(heading(material, figure), figure) for figure in figures]
    return table(material, title, _("Indicator"), rows, notes(figures), folded=False, pairs=pairs)


def table(
    material: Material,
    title: str,
    first: str,
    rows: Sequence[tuple[Cell, Figure]],
    footnotes: list[str],
    *,
    folded: bool,
    pairs: Sequence[tuple[str, Figure]],
) -> Table:
    """The columns of the panel stand only where some figure has one; otherwise one note says why
    none has.
    """
    heads = [
        Column(first, numeric=False),
        Column(_("Period"), numeric=False),
        Column(_("Value (95%\N{NO-BREAK SPACE}interval)")),
        Column(_("n of eligible (coverage)")),
    ]
    compared = [
        figure for _head, figure in rows if figure.panel and figure.panel.change is not None
    ]
    if compared:
        heads += [
            Column(_("Baseline")),
            Column(_("Change (95%\N{NO-BREAK SPACE}interval)")),
            Column(_("Reconstructed")),
        ]
        footnotes = [*footnotes, *star_note([figure for _head, figure in rows])]
    else:
        why = list(
            dict.fromkeys(_reason_without_change(material, figure) for _head, figure in rows)
        )
        footnotes = [
            *footnotes,
            _("No comparison with the baseline: {reasons}.").format(reasons="; ".join(why)),
        ]
    aims = any(target_words.has_words(figure) for _head, figure in rows)
    if aims:
        heads.append(Column(_("Target")))
    lines = [
        line(
            material,
            figure,
            head,
            total=head.text == material.names.group({}),
            panel=bool(compared),
            aims=aims,
        )
        for head, figure in rows
    ]
    return Table(title, heads, lines, footnotes, folded=folded, figures=pairs)


def by_group(material: Material, code: str, figures: Sequence[Figure], folded: bool) -> Table:
    """One line a group of one indicator, the whole scope last."""
    label = " · ".join(names.grouping(key) for key in _keys(figures))
    title = f"{code} {material.name(code)} ({material.unit(figures[0])})"
    rows = [(Cell(material.names.group(figure.group)), figure) for figure in figures]
    footnotes = notes(figures)
    if {"typology", "network"} & {key for figure in figures for key in figure.group}:
        footnotes.append(
            _("A unit counts in each of its groups: the rows do not add up to the total.")
        )
    pairs = [(material.names.group(figure.group), figure) for figure in figures]
    return table(material, title, label, rows, footnotes, folded=folded, pairs=pairs)


def measures(material: Material, figures: Sequence[Figure], title: str) -> Table | None:
    """The other measures of the whole scope: medians, quartiles, counts."""
    if not figures:
        return None
    rows = [
        Row(
            (
                Cell(
                    text.measure(figure.measure),
                    small=f"{figure.indicator} {material.name(figure.indicator)}",
                ),
                Cell(figure.period),
                value(material, figure),
                basis(material, figure),
            )
        )
        for figure in figures
    ]
    heads = [
        Column(_("Measure"), numeric=False),
        Column(_("Period"), numeric=False),
        Column(_("Value")),
        Column(_("n of eligible (coverage)")),
    ]
    pairs = [(material.name(figure.indicator), figure) for figure in figures]
    return Table(title, heads, rows, folded=True, figures=pairs)


def heading(material: Material, figure: Figure) -> Cell:
    return Cell(
        material.name(figure.indicator), small=f"{figure.indicator} · {material.unit(figure)}"
    )


def line(
    material: Material, figure: Figure, head: Cell, *, total: bool, panel: bool, aims: bool
) -> Row:
    cells = [head, Cell(figure.period), value(material, figure), basis(material, figure)]
    if panel:
        cells += [baseline(material, figure), changed(material, figure), reconstructed(figure)]
    if aims:
        cells.append(aim(material, figure))
    return Row(tuple(cells), total)


def value(material: Material, figure: Figure) -> Cell:
    """The main number with its interval below, or why there is none."""
    if figure.suppressed:
        return Cell(
            text.reason(figure.reason, rule_of(material, figure), figure.measure),
            figure=figure.id,
            kind="hidden" if figure.reason == "few_units" else "none",
        )
    if figure.value is None:
        return Cell(text.reason(figure.reason), figure=figure.id, kind="none")
    signed = material.signed(figure.indicator) and figure.measure in ("main", "median")
    amount = text.amount(
        figure.value,
        figure.unit,
        figure.measure,
        sign=signed,
        currency=material.sign(figure.indicator),
    )
    return Cell(
        amount, figure.value, figure.id, text.interval(figure.ci_low, figure.ci_high, figure.unit)
    )


def aim(material: Material, figure: Figure) -> Cell:
    """The target with the way gone below; of how many projects there is one where the whole has
    none.
    """
    indicator = material.catalogue.indicators[figure.indicator]
    words = target_words.beside(figure, indicator)
    if figure.target is None:
        return Cell(words or _("no target"), kind="value" if words else "none")
    currency = material.sign(figure.indicator)
    return Cell(target_words.target(figure, indicator, currency), figure.target, figure.id, words)


def rule_of(material: Material, figure: Figure) -> str:
    return material.catalogue.indicators[figure.indicator].rule


def basis(material: Material, figure: Figure) -> Cell:
    if figure.suppressed:
        said = text.hidden(figure.reason, rule_of(material, figure), figure.measure)
        return Cell(said, kind="hidden")
    return (
        Cell(text.basis(figure), None if figure.n is None else str(figure.n))
        if figure.n is not None
        else Cell(_("does not apply"), kind="none")
    )


def baseline(material: Material, figure: Figure) -> Cell:
    panel = figure.panel
    if panel is None or panel.baseline is None:
        return Cell(_reason_without_change(material, figure), kind="none")
    return Cell(
        material.amount(panel.baseline, figure),
        panel.baseline,
        small=f"n = {text.count(panel.n)}".replace(" ", "\N{NO-BREAK SPACE}"),
    )


def changed(material: Material, figure: Figure) -> Cell:
    panel = figure.panel
    if panel is None or panel.change is None:
        return Cell(_reason_without_change(material, figure), kind="none")
    low_high = text.interval(panel.ci_low, panel.ci_high, figure.unit)
    return Cell(
        material.change(figure),
        panel.change,
        figure.id,
        low_high or _("no interval"),
    )


def reconstructed(figure: Figure) -> Cell:
    if figure.reconstructed_share is None:
        return Cell(_("does not apply"), kind="none")
    return Cell(text.share(figure.reconstructed_share) + star(figure), figure.reconstructed_share)


def notes(figures: Sequence[Figure]) -> list[str]:
    """What a reader must know of these figures: the sentence of the rules under intervals, and
    their flags.
    """
    sentences = []
    if any(
        figure.ci_low is not None or (figure.panel and figure.panel.ci_low is not None)
        for figure in figures
    ):
        sentences.append(
            _(
                "The interval shows how much the figure could vary with other networks of the "
                "same kind; it "
                "measures neither errors of declaration nor causality."
            )
        )
    flags = {flag for figure in figures for flag in figure.flags}
    for flag in ("projects_missing", "mixed_periods", "estimate"):
        if flag in flags:
            codes = ", ".join(
                dict.fromkeys(figure.indicator for figure in figures if flag in figure.flags)
            )
            sentences.append(f"{codes}: {text.flag(flag)}.")
    return sentences


def star(figure: Figure) -> str:
    """What marks a figure whose baselines are reconstructed for the most part that is allowed."""
    return f"{NBSP}*" if "reconstructed_over_30" in figure.flags else ""


def star_note(figures: Sequence[Figure]) -> list[str]:
    """What the star means; nothing where no figure has it."""
    if not any(star(figure) for figure in figures):
        return []
    return [
        _(
            "* More than 30%\N{NO-BREAK SPACE}of the baselines are reconstructed: read the "
            "change with reserve."
        )
    ]


def _reason_without_change(material: Material, figure: Figure) -> str:
    rule = rule_of(material, figure)
    if figure.suppressed:
        return text.hidden(figure.reason, rule)
    if figure.panel is None:
        return _("does not apply")
    return text.reason(figure.panel.reason, rule)


def _keys(figures: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(key for figure in figures for key in figure.group))
