"""An indicator drawn as a line over the rounds."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.reports import text
from monitoring.reports.blocks import Chart, Run
from monitoring.reports.charts.line import Point, specification
from monitoring.reports.material import Material

from .frame import amount, basis_of, chart, number, ticks


def line(material: Material, code: str) -> Chart | None:
    """From the baseline, where it has the unit of the figure, to the report's round."""
    figures = over_rounds(material, code)
    with_value = [figure for figure in figures if figure.value is not None]
    if len(with_value) < 2:
        return None
    first, last = with_value[0], with_value[-1]
    base = last.panel.baseline if last.panel and material.ends_unit(last) == last.unit else None
    base_amount = text.amount(base, last.unit, currency=material.sign(code)) if base else ""
    points = _points(material, figures)
    if base is not None:
        points.insert(0, Point(_("Baseline"), number(base), base_amount, baseline=True))
    title = _("{name}: {first} in {start}, {last} in {end}").format(
        name=material.name(code),
        first=amount(material, first),
        start=first.period,
        last=amount(material, last),
        end=last.period,
    )
    label = f"{title}."
    if base:
        compared = _("Baseline of the units compared: {value}.").format(value=base_amount)
        label = f"{label} {compared}"
    floor = min(number(figure.ci_low) or number(figure.value) or 0 for figure in with_value) >= 0
    return chart(
        material,
        last,
        title=title,
        subtitle=f"{code} · {material.unit(last)}",
        label=label,
        source=_source(last, with_value, base),
        draw=lambda width: specification(points, width=width, ticks=ticks(last), floor=floor),
    )


def _points(material: Material, figures: Sequence[Figure]) -> list[Point]:
    return [
        Point(
            figure.period,
            number(figure.value),
            amount(material, figure),
            number(figure.ci_low),
            number(figure.ci_high),
        )
        for figure in figures
    ]


def _source(last: Figure, with_value: Sequence[Figure], base: str | None) -> list[Run]:
    runs = [Run(f"{basis_of(last)}. ")]
    if any(figure.ci_low for figure in with_value):
        runs.append(Run(_("Band: 95%\N{NO-BREAK SPACE}interval. ")))
    if base is not None:
        runs.append(Run(_("Open circle: baseline of the units compared, each at its own date. ")))
    return runs


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
