"""The portfolio in figures: what was published beside what the record holds, then coverage and
resources.
"""

from django.utils.translation import gettext as _

from monitoring.reports import text
from monitoring.reports.blocks import Block, Cell, Column, Paragraph, Row, Run, Table
from monitoring.reports.material import Material

from . import tables
from .theme import charts, group_tables, lead, other_measures


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    indicators = material.indicators("coverage")
    codes = [indicator.code for indicator in indicators]
    totals = [figure for code in codes if (figure := material.figures.get(code))]
    blocks: list[Block] = [holdings(material)] if material.holdings else []
    if not totals:
        return [
            Paragraph([Run(_("None of the indicators of this section is in this report."))])
        ], blocks
    return lead(material, codes[0]), [
        *blocks,
        *charts(material, indicators),
        tables.by_indicator(material, totals, _("Coverage and resources, whole scope")),
        *group_tables(material, codes, set()),
        *other_measures(material, codes),
    ]


def holdings(material: Material) -> Table:
    """Published totals of the programme beside those of the record: two sources, never mixed."""
    labels = {
        "projects": _("Projects"),
        "networks": _("Networks or clusters"),
        "countries": _("Countries"),
        "firms": _("Firms observed"),
    }
    rows = [
        Row(
            (
                Cell(label),
                Cell(material.published[key], material.published[key])
                if key in material.published
                else Cell(_("not published"), kind="none"),
                Cell(text.count(material.holdings[key]), str(material.holdings[key])),
            )
        )
        for key, label in labels.items()
        if key in material.holdings
    ]
    heads = [
        Column(_("Total"), numeric=False),
        Column(_("Published for the programme")),
        Column(_("In the record, in scope")),
    ]
    note = _(
        "Published totals come from the programme's own presentation; those of the record count "
        "what was observed in the approved round."
    )
    return Table(_("Published totals and what the record holds"), heads, rows, [note])
