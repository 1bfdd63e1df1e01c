"""A section about one or two themes of the catalogue: sentences, charts of its leading indicators,
a table of all.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.reports import wording
from monitoring.reports.blocks import Block, Callout, Paragraph, Run
from monitoring.reports.material import Material

from . import drawings, tables


class Drawing(NamedTuple):
    """A chart of an indicator, where it is in the report and there is something to draw."""

    code: str
    kind: str  # line, dots, change, pairs


def theme(
    themes: Sequence[str], *drawn: Drawing
) -> Callable[[Material], tuple[list[Paragraph], list[Block]]]:
    def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
        codes = [indicator.code for indicator in material.indicators(*themes)]
        totals = [figure for code in codes if (figure := material.figures.get(code))]
        if not totals:
            return [
                Paragraph([Run(_("None of the indicators of this section is in this report."))])
            ], []
        leading = [drawing.code for drawing in drawn if drawing.code in codes]
        return lead(material, leading[0] if leading else codes[0]), [
            *charts(material, drawn, codes),
            tables.by_indicator(material, totals, _("All indicators of this section, whole scope")),
            says(),
            *group_tables(material, codes, set(leading)),
            *other_measures(material, codes),
        ]

    return build


def lead(material: Material, code: str) -> list[Paragraph]:
    """Two sentences from the figure of the whole scope: what it is, how it differs from the
    baseline.
    """
    figure = material.figures.get(code)
    if figure is None:
        return []
    first = wording.first_sentence(figure, material.name(code), material.sign(code))
    second = wording.second_sentence(figure, material.sign(code))
    runs = [*first.runs, *([Run(" "), *second.runs] if second else [])]
    return [Paragraph(runs)]


def charts(material: Material, drawn: Sequence[Drawing], codes: Sequence[str]) -> list[Block]:
    found = (
        drawings.draw(material, drawing.code, drawing.kind)
        for drawing in drawn
        if drawing.code in codes
    )
    return [chart for chart in found if chart is not None]


def group_tables(material: Material, codes: Sequence[str], leading: set[str]) -> list[Block]:
    """A table by group for each indicator; on the page only the leading ones lie open."""
    found: list[Block] = []
    for code in codes:
        figures = material.figures.of(code)
        if any(figure.group for figure in figures):
            found.append(tables.by_group(material, code, figures, folded=code not in leading))
    return found


def other_measures(material: Material, codes: Sequence[str]) -> list[Block]:
    figures = [one for code in codes for one in material.figures.measures(code)]
    table = tables.measures(material, figures, _("Other measures of these indicators, whole scope"))
    return [table] if table else []


def says() -> Callout:
    return Callout(
        _("What this section says and what it does not"),
        _(
            "It describes the observed change of the units compared. Without a comparison group "
            "it cannot be attributed to the projects."
        ),
    )
