"""A section about one or two themes of the catalogue: sentences, charts of its leading indicators,
a table of all.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from monitoring.analysis import Indicator
from monitoring.analysis.catalogue import leading_first
from monitoring.reports import wording
from monitoring.reports.blocks import Block, Callout, Paragraph, Run
from monitoring.reports.material import Material

from . import drawings, tables


def theme(*themes: str) -> Callable[[Material], tuple[list[Paragraph], list[Block]]]:
    def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
        indicators = material.indicators(*themes)
        codes = [indicator.code for indicator in indicators]
        totals = [figure for code in codes if (figure := material.figures.get(code))]
        if not totals:
            return [
                Paragraph([Run(_("None of the indicators of this section is in this report."))])
            ], []
        leading = [indicator.code for indicator in drawn(indicators)]
        return lead(material, leading[0] if leading else codes[0]), [
            *charts(material, indicators),
            tables.by_indicator(material, totals, _("All indicators of this section, whole scope")),
            caution(),
            *group_tables(material, codes, set(leading)),
            *other_measures(material, codes),
        ]

    return build


def drawn(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators that have charts, those that lead first."""
    return leading_first(indicator for indicator in indicators if indicator.drawn_as)


def lead(material: Material, code: str) -> list[Paragraph]:
    """Two sentences from the figure of the whole scope: what it is, how it differs from the
    baseline.
    """
    figure = material.figures.get(code)
    if figure is None:
        return []
    about = material.subject(figure)
    first = wording.first_sentence(figure, about)
    second = wording.second_sentence(figure, about)
    runs = [*first.runs, *([Run(" "), *second.runs] if second else [])]
    return [Paragraph(runs)]


def charts(material: Material, indicators: Sequence[Indicator]) -> list[Block]:
    """The charts of each indicator, where there is something to draw."""
    drawings_or_none = (
        drawings.draw(material, indicator.code, kind)
        for indicator in drawn(indicators)
        for kind in indicator.drawn_as
    )
    return [chart for chart in drawings_or_none if chart is not None]


def group_tables(material: Material, codes: Sequence[str], leading: set[str]) -> list[Block]:
    """A table by group for each indicator; on the page only the leading ones lie open."""
    blocks: list[Block] = []
    for code in codes:
        figures = material.figures.of(code)
        if any(figure.group for figure in figures):
            blocks.append(tables.by_group(material, code, figures, folded=code not in leading))
    return blocks


def other_measures(material: Material, codes: Sequence[str]) -> list[Block]:
    """A table of the measures besides the main one; none where there are none."""
    figures = [figure for code in codes for figure in material.figures.measures(code)]
    table = tables.measures(material, figures, _("Other measures of these indicators, whole scope"))
    return [table] if table else []


def caution() -> Callout:
    """What an observed change does not say."""
    return Callout(
        _("What this section says and what it does not"),
        _(
            "It describes the observed change of the units compared. Without a comparison group "
            "it cannot be attributed to the projects."
        ),
    )
