"""Project by project: the leading indicators side by side, each figure with its own trace.

Staff only.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import Catalogue, Figure, Indicator
from monitoring.analysis.catalogue import leading_first
from monitoring.choices import Place
from monitoring.reports import text, wording
from monitoring.reports.blocks import Block, Callout, Cell, Column, Paragraph, Row, Run, Table
from monitoring.reports.material import Material
from monitoring.reports.wording import Verdict

from . import tables


def side_by_side(catalogue: Catalogue) -> list[Indicator]:
    """The indicators that stand side by side, project by project."""
    return [
        indicator
        for indicator in catalogue.indicators.values()
        if Place.PROJECTS in indicator.places
    ]


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    if not material.staff or material.by_project is None:
        return [
            Paragraph(
                [
                    Run(
                        _(
                            "Figures by project are for the projects' own people and for staff: a "
                            "public report leaves them out."
                        )
                    )
                ]
            )
        ], []
    in_report = material.specification.indicators
    indicators = [
        indicator for indicator in side_by_side(material.catalogue) if indicator.code in in_report
    ]
    codes = [indicator.code for indicator in indicators]
    if not codes:
        return [
            Paragraph([Run(_("None of the indicators of this section is in this report."))])
        ], []
    rows = [row(material, code, codes) for code in material.projects]
    blocks: list[Block] = [table(material, codes, rows)]
    if material.unapproved:
        listed = ", ".join(material.names.project(code) for code in material.unapproved)
        blocks.append(Callout(_("Without approved data for this round"), listed, "warn"))
    blocks.append(
        Callout(
            _("Before comparing projects"),
            _(
                "Projects differ in typology and in the age of their networks: read each one "
                "first against its own baseline."
            ),
        )
    )
    return [Paragraph(opening(material, indicators))], blocks


def opening(material: Material, indicators: list[Indicator]) -> list[Run]:
    """How many projects have data, and in how many the leading change is clear."""
    assert material.by_project is not None  # noqa: S101 -- build() has asked
    observed = [code for code in material.projects if code not in material.unapproved]
    first = ngettext(
        "{count} of {all} project has approved data for {round}.",
        "{count} of {all} projects have approved data for {round}.",
        len(material.projects),
    ).format(count=len(observed), all=len(material.projects), round=material.specification.round)
    leading = leading_first(
        indicator for indicator in indicators if indicator.leading_order is not None
    )
    if not leading:
        return [Run(first)]
    code = leading[0].code
    figures = [
        figure
        for project in material.projects
        if (figure := material.by_project.get(code, "main", {"project": project}))
    ]
    verdicts = [wording.verdict(figure.panel) for figure in figures]
    if all(verdict is Verdict.NONE for verdict in verdicts):
        second = _(
            "In “{name}”, no project has an interval of its change: it is not said which rise and "
            "which fall."
        ).format(name=material.name(code))
    else:
        second = ngettext(
            "“{name}”, in {all} project: {told}.",
            "“{name}”, in {all} projects: {told}.",
            len(verdicts),
        ).format(all=len(verdicts), name=material.name(code), told=wording.tally(verdicts))
    return [Run(first), Run(" "), Run(second)]


def table(material: Material, codes: list[str], rows: list[Row]) -> Table:
    heads = [
        Column(_("Project"), numeric=False),
        *(Column(f"{material.name(code)} ({unit(material, code)})") for code in codes),
    ]
    figures = [
        (material.names.project(project), figure)
        for project in material.projects
        for code in codes
        if material.by_project
        and (figure := material.by_project.get(code, "main", {"project": project}))
    ]
    whole = [figure for code in codes if (figure := material.figures.get(code))]
    shown = [figure for _name, figure in figures] + whole
    total = Row(
        (
            Cell(material.names.group({})),
            *(cell(material, material.figures.get(code), missing=True) for code in codes),
        ),
        total=True,
    )
    return Table(
        _("Leading indicators by project"),
        heads,
        [*rows, total],
        tables.notes(shown) + tables.star_note(shown),
        figures=figures,
    )


def row(material: Material, project: str, codes: list[str]) -> Row:
    figures = [
        material.by_project.get(code, "main", {"project": project}) if material.by_project else None
        for code in codes
    ]
    return Row(
        (
            Cell(material.names.project(project)),
            *(cell(material, figure, missing=project in material.unapproved) for figure in figures),
        )
    )


def cell(material: Material, figure: Figure | None, *, missing: bool) -> Cell:
    """Value, with n below; where there is none, whether it is `missing` or was not asked."""
    if figure is None:
        return Cell(_("no approved data") if missing else _("not asked"), kind="none")
    value = tables.value(material, figure)
    n = (
        f"n = {text.count(figure.n)}".replace(" ", "\N{NO-BREAK SPACE}")
        if figure.n is not None
        else ""
    )
    star = tables.star(figure) if value.number else ""
    if figure.target is not None:
        aim = tables.aim(material, figure).text
        n = "; ".join(filter(None, [n, _("target {target}").format(target=aim)]))
    return Cell(value.text + star, value.number, value.figure, n, value.kind)


def unit(material: Material, code: str) -> str:
    figure = material.figures.get(code)
    return material.unit(figure) if figure else ""
