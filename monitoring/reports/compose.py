"""From material to a document: sections in order, numbered, their charts drawn.

Pure but for the drawing.
"""

import json
from collections.abc import Callable

from django.utils.translation import gettext as _

from pip_network.web import formats

from .blocks import Built, Chart, Document, Flow, Table
from .charts import draw
from .material import Material
from .sections import BY_KEY, Section

Step = Callable[[str], None]


def compose(material: Material, *, progress: Step | None = None) -> Document:
    """Build each section of the specification; `progress(title)` is called before each and may
    raise to stop.
    """
    asked = material.specification
    built = []
    for number, key in enumerate(asked.sections, start=1):
        section = BY_KEY[key]
        if progress:
            progress(str(section.title))
        built.append(build_section(section, number, material))
    return Document(
        title=asked.title or _("Report on the portfolio"),
        language=asked.language,
        staff=material.staff,
        demo=material.demo,
        as_of=asked.as_of,
        record_hash=material.record_hash,
        facts=facts(material),
        sections=built,
        figures=material.figures.all,
        specification=asked.question(),
        application=material.application,
        colophon=colophon(material),
    )


def build_section(section: Section, number: int, material: Material) -> Built:
    lead, blocks = section.build(material)
    figures = tables = 0
    for block in blocks:
        if isinstance(block, Chart | Flow):
            figures += 1
            block.number = _("Figure {number}.").format(number=f"{number}.{figures}")
        elif isinstance(block, Table):
            tables += 1
            block.number = _("Table {number}.").format(number=f"{number}.{tables}")
        if isinstance(block, Chart):
            drawn(block, material.specification.language)
    return Built(number, section.key, str(section.title), section.template, lead, blocks)


def drawn(chart: Chart, language: str) -> None:
    chart.wide_svg = draw.svg(chart.wide, label=chart.label, language=language)
    chart.narrow_svg = draw.svg(chart.narrow, label=chart.label, language=language)


def colophon(material: Material) -> list[tuple[str, str]]:
    """What is needed to ask the same question again; stands at the end of every format."""
    asked = material.specification
    return [
        (_("Specification"), json.dumps(asked.question(), ensure_ascii=False, sort_keys=True)),
        (_("Approval"), _("no. {number}").format(number=asked.as_of)),
        (_("Hash of the record"), material.record_hash),
        (_("Version of the portal"), material.application),
    ]


def facts(material: Material) -> list[str]:
    """The lines under the title."""
    asked = material.specification
    found = [
        _("Round {round} against the own baseline of each unit").format(round=asked.round),
        _("Record at approval no. {number}").format(number=asked.as_of),
    ]
    if material.approved_on:
        found.append(_("Approval of {day}").format(day=formats.long_date(material.approved_on)))
    return found
