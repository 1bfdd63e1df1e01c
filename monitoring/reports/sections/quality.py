"""Who is lost on the way to a comparison, what that could change, and how complete the approved
data are.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import Attrition
from monitoring.analysis.catalogue import leading_first
from monitoring.reports import text
from monitoring.reports.blocks import Block, Cell, Column, Paragraph, Row, Run, Table
from monitoring.reports.material import Material

from .attrition import bounds, flow, flows


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    whole = {
        attrition.indicator: attrition for attrition in material.attrition if not attrition.group
    }
    if not material.staff:
        return [
            Paragraph(
                [
                    Run(
                        _(
                            "The flow of firms and the completeness of each project are for "
                            "staff: a public report leaves them out."
                        )
                    )
                ]
            )
        ], []
    due = [attrition.indicator for attrition in whole.values() if attrition.due]
    first = leading_first(material.catalogue.indicators[code] for code in due)
    leading = whole[first[0].code] if first else None
    blocks: list[Block] = []
    if leading:
        blocks += [flow(material, leading), *bounds(material, leading)]
    if whole:
        blocks.append(flows(material, list(whole.values())))
    if material.completeness:
        blocks.append(completeness(material))
    if material.baselines:
        blocks.append(baselines(material))
    return [Paragraph(opening(material, leading))], blocks


def opening(material: Material, leading: Attrition | None) -> list[Run]:
    """How many of the firms due are compared, and how many baselines are reconstructed."""
    if leading is None:
        runs = [Run(_("No comparison with a baseline is due in this round."))]
    else:
        runs = [
            Run(
                ngettext(
                    "For “{name}”, {used} of {due} firm whose baseline was due is compared "
                    "({share}).",
                    "For “{name}”, {used} of {due} firms whose baseline was due are compared "
                    "({share}).",
                    leading.due,
                ).format(
                    name=material.name(leading.indicator),
                    used=text.count(leading.used),
                    due=text.count(leading.due),
                    share=text.part(leading.used, leading.due),
                )
            )
        ]
    observed = sum(counts.observed for counts in material.baselines)
    if observed:
        rebuilt = sum(counts.reconstructed for counts in material.baselines)
        sentence = ngettext(
            "{rebuilt} of {observed} baseline of firms was captured more than six months after "
            "joining: it is reconstructed.",
            "{rebuilt} of {observed} baselines of firms were captured more than six months after "
            "joining: they are reconstructed.",
            observed,
        )
        runs += [
            Run(" "),
            Run(sentence.format(rebuilt=text.count(rebuilt), observed=text.count(observed))),
        ]
    return runs


def completeness(material: Material) -> Table:
    """The cells of each project: asked, filled, and why the others are not."""
    heads = [
        Column(_("Project"), numeric=False),
        Column(_("Cells asked")),
        Column(_("With a value")),
        Column(_("Not collected")),
        Column(_("Refused")),
        Column(_("Left blank")),
        Column(_("Approval")),
    ]
    rows = []
    for cells in material.completeness:
        filled = text.part(cells.filled, cells.asked)
        rows.append(
            Row(
                (
                    Cell(material.names.project(cells.project)),
                    Cell(text.count(cells.asked), str(cells.asked)),
                    Cell(text.count(cells.filled), str(cells.filled), small=filled),
                    *(
                        Cell(text.count(number), str(number))
                        for number in (cells.not_collected, cells.refused, cells.blank)
                    ),
                    Cell(
                        "" if cells.approval is None else str(cells.approval),
                        None if cells.approval is None else str(cells.approval),
                    ),
                )
            )
        )
    return Table(
        _("Approved cells of {round} by project").format(round=material.specification.round),
        heads,
        rows,
        [_("Cells that do not apply are not counted.")],
    )


def baselines(material: Material) -> Table:
    """How many baselines of each project were captured late; marked above 30 %."""
    heads = [
        Column(_("Project"), numeric=False),
        Column(_("Baselines of firms")),
        Column(_("Reconstructed")),
        Column(_("Share")),
    ]
    rows, over = [], False
    for counts in material.baselines:
        share = counts.reconstructed * 100 / counts.observed
        mark = " *" if share > 30 else ""
        over = over or bool(mark)
        rows.append(
            Row(
                (
                    Cell(material.names.project(counts.project)),
                    Cell(text.count(counts.observed), str(counts.observed)),
                    Cell(text.count(counts.reconstructed), str(counts.reconstructed)),
                    Cell(text.part(counts.reconstructed, counts.observed) + mark),
                )
            )
        )
    notes = (
        [
            _(
                "* More than 30%\N{NO-BREAK SPACE}of the baselines are reconstructed: read the "
                "change with reserve."
            )
        ]
        if over
        else []
    )
    return Table(_("Reconstructed baselines by project"), heads, rows, notes)
