"""An indicator drawn as a line over the rounds."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.reports import text
from monitoring.reports.blocks import Chart, Run
from monitoring.reports.charts.line import Point, specification
from monitoring.reports.material import Material
from monitoring.reports.over_rounds import Moment, alike, apart, moments

from .frame import amount, basis_of, chart, number


def line(material: Material, code: str) -> Chart | None:
    """From the baseline, where it has the unit of the figure, to the report's round."""
    figures = over_rounds(material, code)
    found = moments(figures, material.projects_by_round)
    if len(found) < 2:
        return None
    last = found[-1].figure
    base = last.panel.baseline if last.panel and material.ends_unit(last) == last.unit else None
    base_amount = text.amount(base, last.unit, currency=material.sign(code)) if base else ""
    points = _points(material, figures, found)
    if base is not None:
        points.insert(0, Point(_("Baseline"), number(base), base_amount, baseline=True))
    title = _title(material, code, alike(found))
    label = [f"{title}.", apart(found)]
    if base:
        label.append(_("Baseline of the units compared: {value}.").format(value=base_amount))
    floor = min(number(one.figure.ci_low) or number(one.figure.value) or 0 for one in found) >= 0
    return chart(
        material,
        last,
        title=title,
        subtitle=f"{code} · {material.unit(last)}",
        label=" ".join(filter(None, label)),
        source=_source(last, found, base),
        draw=lambda width: specification(points, width=width, floor=floor),
    )


def _title(material: Material, code: str, compared: Sequence[Moment]) -> str:
    """The first and the last round about the same projects; the last alone where no other is."""
    first, last = compared[0].figure, compared[-1].figure
    if first is last:
        return _("{name}: {last} in {end}").format(
            name=material.name(code), last=amount(material, last), end=last.period
        )
    return _("{name}: {first} in {start}, {last} in {end}").format(
        name=material.name(code),
        first=amount(material, first),
        start=first.period,
        last=amount(material, last),
        end=last.period,
    )


def _points(material: Material, figures: Sequence[Figure], found: Sequence[Moment]) -> list[Point]:
    """A place for every period; those without a value stay empty."""
    with_value = {moment.figure.period: moment for moment in found}
    return [
        Point(
            figure.period,
            number(figure.value),
            amount(material, figure),
            number(figure.ci_low),
            number(figure.ci_high),
            run=moment.run if moment else 0,
            apart=bool(moment and moment.is_apart),
        )
        for figure in figures
        for moment in [with_value.get(figure.period)]
    ]


def _source(last: Figure, found: Sequence[Moment], base: str | None) -> list[Run]:
    runs = [Run(f"{basis_of(last)}. ")]
    if any(moment.figure.ci_low for moment in found):
        runs.append(Run(_("Band or bar: 95%\N{NO-BREAK SPACE}interval. ")))
    if base is not None:
        runs.append(Run(_("Open circle: baseline of the units compared, each at its own date. ")))
    if told := apart(found):
        runs.append(Run(f"{told} "))
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
