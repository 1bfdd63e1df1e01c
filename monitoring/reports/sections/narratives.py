"""What the projects tell in their own words, as approved. Staff only: texts may name people."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.choices import NarrativeTheme
from monitoring.reports.blocks import Block, Heading, Paragraph, Quote, Run
from monitoring.reports.material import Material, NarrativeText


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    if not material.staff:
        return [
            Paragraph(
                [
                    Run(
                        _(
                            "The texts of the projects are for staff: a public report leaves them "
                            "out."
                        )
                    )
                ]
            )
        ], []
    if not material.narratives:
        return [Paragraph([Run(_("No project in scope has an approved text for this round."))])], []
    projects = list(dict.fromkeys(narrative.project for narrative in material.narratives))
    opening = ngettext(
        "{count} of {all} project tells what changed, for whom, with an example and its evidence.",
        "{count} of {all} projects tell what changed, for whom, with an example and its evidence.",
        len(material.projects),
    ).format(count=len(projects), all=len(material.projects))
    note = _(
        "Each text stands as approved, in the language in which it was written; it is the "
        "project's own account."
    )
    blocks: list[Block] = []
    for project, texts in groupby(material.narratives, key=lambda narrative: narrative.project):
        blocks.append(Heading(material.names.project(project)))
        blocks += [
            Quote(heading(narrative), narrative.text, narrative.language) for narrative in texts
        ]
    return [Paragraph([Run(opening), Run(" "), Run(note)])], blocks


def heading(narrative: NarrativeText) -> str:
    return f"{NarrativeTheme(narrative.theme).label} · {narrative.round}"
