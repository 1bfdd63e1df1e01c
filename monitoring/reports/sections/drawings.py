"""Charts of one indicator: a line over the rounds, dots by group, the change by group, baseline and
now by group.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import RULES, Figure
from monitoring.reports import names, text, wording
from monitoring.reports.blocks import Chart, Run
from monitoring.reports.charts import kinds
from monitoring.reports.material import Material
from monitoring.reports.wording import Verdict
from pip_network.web.formats import NBSP

MOST_GROUPS = 25  # more are read better in the table behind


def draw(material: Material, code: str, kind: str) -> Chart | None:
    """The chart, or None where there are not two things to compare."""
    return {"line": line, "dots": dots, "change": changes, "pairs": pairs}[kind](material, code)


def line(material: Material, code: str) -> Chart | None:
    figures = over_rounds(material, code)
    with_value = [figure for figure in figures if figure.value is not None]
    if len(with_value) < 2:
        return None
    last, sign = with_value[-1], material.sign(code)
    base = last.panel.baseline if last.panel and material.ends_unit(last) == last.unit else None
    points = [
        kinds.Point(
            figure.period,
            number(figure.value),
            amount(material, figure),
            number(figure.ci_low),
            number(figure.ci_high),
        )
        for figure in figures
    ]
    if base is not None:
        points.insert(
            0,
            kinds.Point(
                _("Baseline"),
                number(base),
                text.amount(base, last.unit, currency=sign),
                baseline=True,
            ),
        )
    first = with_value[0]
    title = _("{name}: {first} in {start}, {last} in {end}").format(
        name=material.name(code),
        first=amount(material, first),
        start=first.period,
        last=amount(material, last),
        end=last.period,
    )
    floor = min(number(figure.ci_low) or number(figure.value) or 0 for figure in with_value) >= 0
    return chart(
        material,
        last,
        title=title,
        subtitle=f"{code} · {material.unit(last)}",
        label=title
        + "."
        + (
            " "
            + _("Baseline of the units compared: {value}.").format(
                value=text.amount(base, last.unit, currency=sign)
            )
            if base
            else ""
        ),
        source=[
            Run(f"{basis_words(last)}. "),
            Run(
                _("Band: 95%\N{NO-BREAK SPACE}interval. ")
                if any(figure.ci_low for figure in with_value)
                else ""
            ),
            Run(
                _("Open circle: baseline of the units compared, each at its own date. ")
                if base is not None
                else ""
            ),
        ],
        specs=[
            kinds.line(points, width=width, ticks=ticks(last), floor=floor)
            for width in (kinds.WIDE, kinds.NARROW)
        ],
    )


def dots(material: Material, code: str) -> Chart | None:
    figures = grouped(material, code)
    if not figures:
        return None
    rows = [
        kinds.Dot(
            label(material, figure),
            number(figure.value),
            amount(material, figure),
            number(figure.ci_low),
            number(figure.ci_high),
            text.count(figure.n),
            not figure.group,
        )
        for figure in figures
    ]
    groups = [figure for figure in figures if figure.group and figure.value is not None]
    if not groups:
        return None
    low, high = (
        pick(groups, key=lambda group: (number(group.value), group.order)) for pick in (min, max)
    )
    title = span(
        material.name(code),
        (amount(material, low), label(material, low)),
        (amount(material, high), label(material, high)),
    )
    return chart(
        material,
        figures[0],
        title=title,
        subtitle=_("{code} · {unit}, by {grouping}; on the right, n").format(
            code=code,
            unit=material.unit(figures[0]),
            grouping=names.grouping(material.grouping).lower(),
        ),
        label=title + ".",
        source=[
            Run(f"{basis_words(material.figures.get(code) or figures[0])}. "),
            Run(_("Line: 95%\N{NO-BREAK SPACE}interval. ")),
        ],
        specs=[
            kinds.dots(rows, width=width, ticks=ticks(figures[0]))
            for width in (kinds.WIDE, kinds.NARROW)
        ],
    )


def span(name: str, low: tuple[str, str], high: tuple[str, str]) -> str:
    """From the lowest to the highest group, each a value and a name."""
    if low[0] == high[0]:
        return _("{name}: {value} in all groups").format(name=name, value=low[0])
    return _("{name}: from {low} ({lowest}) to {high} ({highest})").format(
        name=name, low=low[0], lowest=low[1], high=high[0], highest=high[1]
    )


def changes(material: Material, code: str) -> Chart | None:
    figures = [figure for figure in grouped(material, code) if figure.panel]
    groups = [figure for figure in figures if figure.group and figure.panel.change is not None]
    if not groups:
        return None
    rows = [
        kinds.Dot(
            label(material, figure),
            number(figure.panel.change),
            material.change(figure) or text.reason(figure.panel.reason or figure.reason),
            number(figure.panel.ci_low),
            number(figure.panel.ci_high),
            text.count(figure.panel.n),
            not figure.group,
        )
        for figure in figures
    ]
    title = finding(material, code, groups)
    return chart(
        material,
        figures[0],
        title=title,
        subtitle=_("{code} · change against the baseline, by {grouping}; on the right, n").format(
            code=code, grouping=names.grouping(material.grouping).lower()
        ),
        label=title + ".",
        source=[
            Run(f"{panel_words(material.figures.get(code) or figures[0])}. "),
            Run(_("Line: 95%\N{NO-BREAK SPACE}interval of the change. ")),
        ],
        specs=[
            kinds.dots(rows, width=width, ticks="+,d", zero=True)
            for width in (kinds.WIDE, kinds.NARROW)
        ],
    )


def pairs(material: Material, code: str) -> Chart | None:
    figures = [figure for figure in grouped(material, code) if figure.panel]
    groups = [figure for figure in figures if figure.group and figure.panel.change is not None]
    if not groups:
        return None
    rows = [
        kinds.Pair(
            label(material, figure),
            number(figure.panel.baseline),
            number(figure.panel.value),
            material.amount(figure.panel.baseline, figure),
            material.amount(figure.panel.value, figure)
            or text.reason(figure.panel.reason or figure.reason),
            not figure.group,
        )
        for figure in figures
    ]
    title = finding(material, code, groups)
    return chart(
        material,
        figures[0],
        title=title,
        subtitle=_("{code} · {unit}, at the baseline and now, same units, by {grouping}").format(
            code=code,
            unit=material.unit(figures[0]),
            grouping=names.grouping(material.grouping).lower(),
        ),
        label=title + ".",
        source=[
            Run(f"{panel_words(material.figures.get(code) or figures[0])}. "),
            Run(_("Open circle: baseline; disc: now. ")),
        ],
        specs=[
            kinds.dumbbell(rows, width=width, ticks=ticks(figures[0]))
            for width in (kinds.WIDE, kinds.NARROW)
        ],
    )


def finding(material: Material, code: str, groups: Sequence[Figure]) -> str:
    """How many groups rise, fall, or show no clear change; nothing is concluded where there is no
    interval.
    """
    verdicts = [wording.verdict(figure.panel) for figure in groups]
    parts = [
        (
            verdicts.count(Verdict.UP),
            ngettext("rises in {count}", "rises in {count}", verdicts.count(Verdict.UP)),
        ),
        (
            verdicts.count(Verdict.DOWN),
            ngettext("falls in {count}", "falls in {count}", verdicts.count(Verdict.DOWN)),
        ),
        (
            verdicts.count(Verdict.UNCLEAR),
            ngettext(
                "no clear change in {count}",
                "no clear change in {count}",
                verdicts.count(Verdict.UNCLEAR),
            ),
        ),
        (
            verdicts.count(Verdict.NONE),
            ngettext(
                "without interval in {count}",
                "without interval in {count}",
                verdicts.count(Verdict.NONE),
            ),
        ),
    ]
    counts = ", ".join(message.format(count=times) for times, message in parts if times)
    return _("{name}: {told} of {all} groups").format(
        name=material.name(code), told=counts, all=len(groups)
    )


def over_rounds(material: Material, code: str) -> list[Figure]:
    """The total of each period up to the report's, one figure a period."""
    by_period: dict[str, Figure] = {}
    for _round, figures in sorted(material.series.items()):
        figure = figures.get(code)
        if figure is not None:
            by_period[figure.period] = figure
    now = material.figures.get(code)
    if now is not None:
        by_period[now.period] = now
    return [by_period[period] for period in sorted(by_period)]


def grouped(material: Material, code: str) -> list[Figure]:
    """The whole first, then the groups of the first grouping; nothing where there are too few or
    too many to draw.
    """
    if not material.grouping:
        return []
    whole = material.figures.get(code)
    groups = material.figures.groups(code, [material.grouping])
    if whole is None or not 2 <= len(groups) <= MOST_GROUPS:
        return []
    adds = RULES[material.catalogue.indicators[code].rule].groups_add
    return groups if adds else [whole, *groups]  # a total dwarfs the groups that it is the sum of


def label(material: Material, figure: Figure) -> str:
    return material.names.group(figure.group)


def amount(material: Material, figure: Figure) -> str:
    if figure.suppressed or figure.value is None:
        return text.reason(figure.reason)
    signed, currency = material.signed(figure.indicator), material.sign(figure.indicator)
    return text.amount(figure.value, figure.unit, sign=signed, currency=currency)


def basis_words(figure: Figure) -> str:
    return f"n{NBSP}={NBSP}{text.basis(figure)}" if figure.n is not None else _("no n")


def panel_words(figure: Figure) -> str:
    panel = figure.panel
    if panel is None or panel.n is None:
        return _("no n")
    return _("Panel: n = {n} of {eligible}").format(
        n=text.count(panel.n), eligible=text.count(panel.eligible)
    )


def chart(material: Material, figure: Figure, *, title, subtitle, label, source, specs) -> Chart:
    end = Run(
        _("Source: record at approval no. {number}.").format(number=material.specification.as_of)
    )
    return Chart(
        title=title,
        subtitle=subtitle,
        label=label,
        wide=specs[0],
        narrow=specs[1],
        source=[
            *(run for run in source if run.text),
            end,
            Run(" "),
            Run(_("Origin of the figure"), figure.id),
        ],
    )


def number(value: str | None) -> float | None:
    """For drawing only."""
    return None if value is None else float(value)


def ticks(figure: Figure) -> str:
    return ",.1f" if figure.unit in ("points_1_5", "share_0_1", "usd_per_usd") else ",d"
