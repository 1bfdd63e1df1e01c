"""Project by project: the leading indicators side by side, each figure with its own trace.

Staff only.
"""

from django.utils.translation import gettext as _

from monitoring.analysis import Catalogue, Figure, Indicator
from monitoring.analysis.catalogue import leading_first
from monitoring.choices import Place
from monitoring.reports import text, wording
from monitoring.reports.blocks import Block, Callout, Cell, Column, Paragraph, Row, Run, Table
from monitoring.reports.material import Material
from monitoring.reports.wording import Verdict

from . import tables


def shown(catalogue: Catalogue) -> list[Indicator]:
    """The indicators that stand side by side, project by project."""
    return [one for one in catalogue.indicators.values() if Place.PROJECTS in one.places]


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
    asked = material.specification.indicators
    indicators = [one for one in shown(material.catalogue) if one.code in asked]
    codes = [one.code for one in indicators]
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
    first = _("{count} of {all} projects have approved data for {round}.").format(
        count=len(observed), all=len(material.projects), round=material.specification.round
    )
    leading = leading_first(one for one in indicators if one.leading_order is not None)
    if not leading:
        return [Run(first)]
    code = leading[0].code
    figures = [
        one
        for project in material.projects
        if (one := material.by_project.get(code, "main", {"project": project}))
    ]
    found = [wording.verdict(one.panel) for one in figures]
    second = _(
        "In “{name}”, {up} projects rise, {down} fall, {unclear} show no clear change and {none} "
        "have no interval."
    ).format(
        name=material.name(code),
        up=found.count(Verdict.UP),
        down=found.count(Verdict.DOWN),
        unclear=found.count(Verdict.UNCLEAR),
        none=found.count(Verdict.NONE),
    )
    return [Run(first), Run(" "), Run(second)]


def table(material: Material, codes: list[str], rows: list[Row]) -> Table:
    heads = [
        Column(_("Project"), numeric=False),
        *(Column(f"{material.name(code)} ({unit(material, code)})") for code in codes),
    ]
    found = [
        (material.names.project(project), one)
        for project in material.projects
        for code in codes
        if material.by_project
        and (one := material.by_project.get(code, "main", {"project": project}))
    ]
    whole = [one for code in codes if (one := material.figures.get(code))]
    total = Row(
        (
            Cell(material.names.group({})),
            *(cell(material, material.figures.get(code)) for code in codes),
        ),
        total=True,
    )
    return Table(
        _("Leading indicators by project"),
        heads,
        [*rows, total],
        tables.notes([one for _name, one in found] + whole),
        figures=found,
    )


def row(material: Material, project: str, codes: list[str]) -> Row:
    figures = [
        material.by_project.get(code, "main", {"project": project}) if material.by_project else None
        for code in codes
    ]
    return Row((Cell(material.names.project(project)), *(cell(material, one) for one in figures)))


def cell(material: Material, figure: Figure | None) -> Cell:
    """Value, with n below."""
    if figure is None:
        return Cell(_("no approved data"), kind="none")
    found = tables.value(material, figure)
    n = (
        f"n = {text.count(figure.n)}".replace(" ", "\N{NO-BREAK SPACE}")
        if figure.n is not None
        else ""
    )
    return Cell(found.text, found.number, found.figure, n, found.kind)


def unit(material: Material, code: str) -> str:
    figure = material.figures.get(code)
    return material.unit(figure) if figure else ""
