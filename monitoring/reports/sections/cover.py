"""What the report was asked, about which state of the record, and how it may be read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.reports import names, text
from monitoring.reports.blocks import Block, Callout, Facts, Paragraph, Run
from monitoring.reports.material import Material
from pip_network.web import formats


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    blocks: list[Block] = [Facts(facts(material))]
    if material.demo:
        blocks.insert(
            0,
            Callout(
                _("Demonstration data"),
                _("No figure of this report corresponds to a real project."),
                "demo",
            ),
        )
    if material.unapproved:
        listed = ", ".join(material.names.project(code) for code in material.unapproved)
        blocks.append(
            Callout(_("Projects in scope without approved data for this round"), listed, "warn")
        )
    blocks.append(
        Callout(
            _("How to read this report"),
            _(
                "Every figure is computed from the approved record and opens to the rows behind "
                "it. It describes observed change; "
                "without a comparison group nothing here is attributed to the projects."
            ),
        )
    )
    return lead(material), blocks


def lead(material: Material) -> list[Paragraph]:
    """What the report reads, and as of when."""
    specification = material.specification
    figures, indicators = len(material.figures.all), len(specification.indicators)
    first = _(
        "This report reads the record as of approval no. {number} for the round {round}, with "
        "{figures} of {indicators}."
    ).format(
        number=specification.as_of,
        round=specification.round,
        figures=ngettext("{n} figure", "{n} figures", figures).format(n=text.count(figures)),
        indicators=ngettext("{n} indicator", "{n} indicators", indicators).format(n=indicators),
    )
    projects = len(material.projects)
    second = ngettext(
        "{count} project is in its scope; without approved data for that round: {missing}.",
        "{count} projects are in its scope; without approved data for that round: {missing}.",
        projects,
    ).format(count=projects, missing=len(material.unapproved))
    return [Paragraph([Run(first), Run(" "), Run(second)])]


def facts(material: Material) -> list[tuple[str, str]]:
    specification = material.specification
    lines = [
        (_("Scope"), scope(material)),
        (
            _("Grouped by"),
            " × ".join(names.grouping(key) for key in specification.group_by) or _("not grouped"),
        ),
        (_("Round"), specification.round),
        (_("Compared with"), _("the own baseline of each unit")),
        (_("Prices"), _("constant") if specification.prices == "constant" else _("current")),
        (_("Currency"), material.currency if specification.currency == "local" else "US$"),
        (_("Audience"), _("staff (internal use)") if material.staff else _("public")),
        (_("State of the record"), _("approval no. {number}").format(number=specification.as_of)),
    ]
    if material.approved_on:
        lines.append((_("Approved on"), formats.long_date(material.approved_on)))
    lines.append((_("Hash of the record"), grouped_hash(material.record_hash)))
    return lines


def scope(material: Material) -> str:
    codes_by_key = material.specification.scope
    if not codes_by_key:
        return _("the whole portfolio")
    keys = {
        "projects": "project",
        "countries": "country",
        "typologies": "typology",
        "networks": "network",
    }
    return "; ".join(
        ", ".join(material.names.value(keys[key], code) for code in codes)
        for key, codes in sorted(codes_by_key.items())
    )


def grouped_hash(digest: str) -> str:
    """In groups of eight, to be read aloud."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
