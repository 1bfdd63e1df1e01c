"""What stands around every drawing of an indicator, and how its numbers are drawn and said."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from monitoring.analysis import Figure
from monitoring.reports import text
from monitoring.reports.blocks import Chart, Run
from monitoring.reports.charts.frame import NARROW, WIDE, Spec
from monitoring.reports.material import Material
from pip_network.web.formats import NBSP


def amount(material: Material, figure: Figure) -> str:
    """The value in words, or why there is none."""
    if figure.suppressed or figure.value is None:
        rule = material.catalogue.indicators[figure.indicator].rule
        return text.reason(figure.reason, rule, figure.measure)
    signed, currency = material.signed(figure.indicator), material.sign(figure.indicator)
    return text.amount(figure.value, figure.unit, sign=signed, currency=currency)


def basis_of(figure: Figure) -> str:
    """How many units answered, of how many."""
    return f"n{NBSP}={NBSP}{text.basis(figure)}" if figure.n is not None else _("no n")


def chart(
    material: Material,
    figure: Figure,
    *,
    title: str,
    subtitle: str,
    label: str,
    source: Sequence[Run],
    draw: Callable[[int], Spec],
) -> Chart:
    """The chart that `draw` makes for a width, with its source and the way to `figure`."""
    end = Run(
        _("Source: record at approval no. {number}.").format(number=material.specification.as_of)
    )
    return Chart(
        title=title,
        subtitle=subtitle,
        label=label,
        wide=draw(WIDE),
        narrow=draw(NARROW),
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
