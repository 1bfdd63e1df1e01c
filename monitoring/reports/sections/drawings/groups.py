"""An indicator drawn by group: its values, their change, and both ends of the change."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import RULES, Figure, Panel
from monitoring.reports import names, text, wording
from monitoring.reports.blocks import Chart, Run
from monitoring.reports.charts import dots as dots_chart
from monitoring.reports.charts import dumbbell
from monitoring.reports.charts.dots import Dot
from monitoring.reports.charts.frame import SIGNED_TICKS
from monitoring.reports.material import Material

from .frame import amount, basis_of, chart, number

MOST_GROUPS = 25  # more are read better in the table behind


class Compared(NamedTuple):
    """A figure whose units are compared with their baseline."""

    figure: Figure
    panel: Panel

    @property
    def is_group(self) -> bool:
        """A group with a change to draw, and not the whole."""
        return bool(self.figure.group) and self.panel.change is not None


def dots(material: Material, code: str) -> Chart | None:
    """The values of the groups, each with its interval."""
    figures = grouped(material, code)
    if not figures:
        return None
    rows = [
        Dot(
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
            Run(f"{basis_of(material.figures.get(code) or figures[0])}. "),
            Run(_("Line: 95%\N{NO-BREAK SPACE}interval. ")),
        ],
        draw=lambda width: dots_chart.specification(rows, width=width),
    )


def span(name: str, low: tuple[str, str], high: tuple[str, str]) -> str:
    """From the lowest to the highest group, each a value and a name."""
    if low[0] == high[0]:
        return _("{name}: {value} in all groups").format(name=name, value=low[0])
    return _("{name}: from {low} ({lowest}) to {high} ({highest})").format(
        name=name, low=low[0], lowest=low[1], high=high[0], highest=high[1]
    )


def changes(material: Material, code: str) -> Chart | None:
    """The change of each group against its baseline, with its interval."""
    compared = with_panel(material, code)
    if not compared:
        return None
    rows = [
        Dot(
            label(material, figure),
            number(panel.change),
            material.change(figure) or no_change(material, figure, panel),
            number(panel.ci_low),
            number(panel.ci_high),
            text.count(panel.n),
            not figure.group,
        )
        for figure, panel in compared
    ]
    whole, title = compared[0].figure, finding(material, code, compared)
    return chart(
        material,
        whole,
        title=title,
        subtitle=_("{code} · change against the baseline, by {grouping}; on the right, n").format(
            code=code, grouping=names.grouping(material.grouping).lower()
        ),
        label=title + ".",
        source=[
            Run(f"{panel_basis(material.figures.get(code) or whole)}. "),
            Run(_("Line: 95%\N{NO-BREAK SPACE}interval of the change. ")),
        ],
        draw=lambda width: dots_chart.specification(
            rows, width=width, ticks=SIGNED_TICKS, zero=True
        ),
    )


def pairs(material: Material, code: str) -> Chart | None:
    """Both ends of the change of each group."""
    compared = with_panel(material, code)
    if not compared:
        return None
    rows = [
        dumbbell.Ends(
            label(material, figure),
            number(panel.baseline),
            number(panel.value),
            material.amount(panel.baseline, figure),
            material.amount(panel.value, figure) or no_change(material, figure, panel),
            not figure.group,
        )
        for figure, panel in compared
    ]
    whole, title = compared[0].figure, finding(material, code, compared)
    return chart(
        material,
        whole,
        title=title,
        subtitle=_("{code} · {unit}, at the baseline and now, same units, by {grouping}").format(
            code=code,
            unit=material.unit(whole),
            grouping=names.grouping(material.grouping).lower(),
        ),
        label=title + ".",
        source=[
            Run(f"{panel_basis(material.figures.get(code) or whole)}. "),
            Run(_("Open circle: baseline; disc: now. ")),
        ],
        draw=lambda width: dumbbell.specification(rows, width=width),
    )


def finding(material: Material, code: str, compared: Sequence[Compared]) -> str:
    """How many groups rise, fall, or show no clear change; nothing is concluded where there is no
    interval.
    """
    verdicts = [wording.verdict(row.panel) for row in compared if row.is_group]
    return ngettext(
        "{name}: {told} of {all} group", "{name}: {told} of {all} groups", len(verdicts)
    ).format(name=material.name(code), told=wording.tally(verdicts), all=len(verdicts))


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
    """The name of a group; of the whole where there is none."""
    return material.names.group(figure.group)


def with_panel(material: Material, code: str) -> list[Compared]:
    """Whole and groups that have a panel; nothing where no group has a change to draw."""
    compared = [
        Compared(figure, figure.panel) for figure in grouped(material, code) if figure.panel
    ]
    return compared if any(row.is_group for row in compared) else []


def no_change(material: Material, figure: Figure, panel: Panel) -> str:
    """Why a group has no change."""
    rule = material.catalogue.indicators[figure.indicator].rule
    return text.reason(panel.reason or figure.reason, rule)


def panel_basis(figure: Figure) -> str:
    """How many units are compared, of how many."""
    panel = figure.panel
    if panel is None or panel.n is None:
        return _("no n")
    return _("Panel: n = {n} of {eligible}").format(
        n=text.count(panel.n), eligible=text.count(panel.eligible)
    )
