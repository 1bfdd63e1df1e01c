"""From material to a document: sections in order, numbered, their charts drawn.

Pure but for the drawing.
"""

import json
from collections.abc import Callable

from django.utils.translation import gettext as _

from pip_network.web import formats

from .blocks import BuiltSection, Chart, Document, Flow, Table
from .charts import draw
from .material import Material
from .printable import clean, drawable, everywhere
from .sections import BY_KEY, Section

Announce = Callable[[str], None]


def compose(material: Material, *, progress: Announce | None = None) -> Document:
    """Build each section of the specification; `progress(title)` is called before each and may
    raise to stop.
    """
    specification = material.specification
    sections = []
    for number, key in enumerate(specification.sections, start=1):
        section = BY_KEY[key]
        if progress:
            progress(str(section.title))
        sections.append(build_section(section, number, material))
    return Document(
        title=specification.title or _("Report on the portfolio"),
        language=specification.language,
        staff=material.staff,
        demo=material.demo,
        as_of=specification.as_of,
        record_hash=material.record_hash,
        facts=facts(material),
        sections=sections,
        figures=material.figures.all,
        specification=specification.question(),
        application=material.application,
        colophon=colophon(material),
    )


def build_section(section: Section, number: int, material: Material) -> BuiltSection:
    """The section, its charts and tables numbered each in their own order."""
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
    return BuiltSection(number, section.key, str(section.title), section.template, lead, blocks)


def drawn(chart: Chart, language: str) -> None:
    """Draw a chart in both widths."""
    wide, narrow = everywhere(drawable, chart.wide), everywhere(drawable, chart.narrow)
    label = clean(chart.label)
    chart.wide_svg = draw.svg(wide, label=label, language=language)
    chart.narrow_svg = draw.svg(narrow, label=label, language=language)


def colophon(material: Material) -> list[tuple[str, str]]:
    """What is needed to ask the same question again; stands at the end of every format."""
    specification = material.specification
    return [
        (
            _("Specification"),
            json.dumps(specification.question(), ensure_ascii=False, sort_keys=True),
        ),
        (_("Approval"), _("no. {number}").format(number=specification.as_of)),
        (_("Hash of the record"), material.record_hash),
        (_("Version of the portal"), material.application),
    ]


def facts(material: Material) -> list[str]:
    """The lines under the title."""
    specification = material.specification
    lines = [
        _("Round {round} against the own baseline of each unit").format(round=specification.round),
        _("Record at approval no. {number}").format(number=specification.as_of),
    ]
    if material.approved_on:
        lines.append(_("Approval of {day}").format(day=formats.long_date(material.approved_on)))
    return lines
