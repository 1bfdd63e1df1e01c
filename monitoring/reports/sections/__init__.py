"""The sections of a report: a literal tuple, read from first to last.

A new section is one more line here and one function.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.reports.blocks import Block, Paragraph
from monitoring.reports.material import Material

from . import cover, method, narratives, overview, projects, quality
from .theme import theme

Content = tuple[Sequence[Paragraph], Sequence[Block]]
PAGE = "monitoring/reports/section.html"


class Section(NamedTuple):
    """`build(material)` gives the opening sentences and the blocks; all formats write them."""

    key: str
    title: str | Promise
    template: str
    build: Callable[[Material], Content]


SECTIONS: tuple[Section, ...] = (
    Section("cover", _("What this report answers"), PAGE, cover.build),
    Section("portfolio", _("The portfolio in figures"), PAGE, overview.build),
    Section("innovation", _("Innovation"), PAGE, theme("innovation")),
    Section("markets", _("Markets"), PAGE, theme("markets")),
    Section("credit", _("Credit"), PAGE, theme("credit")),
    Section("sales", _("Sales"), PAGE, theme("sales")),
    Section("employment", _("Employment"), PAGE, theme("employment")),
    Section("productivity", _("Productivity"), PAGE, theme("productivity")),
    Section(
        "association",
        _("Association and institutions"),
        PAGE,
        theme("association", "institutions"),
    ),
    Section("sustainability", _("Sustainability"), PAGE, theme("sustainability")),
    Section("projects", _("By project"), PAGE, projects.build),
    Section("attrition", _("Attrition and data quality"), PAGE, quality.build),
    Section("narratives", _("In the words of the projects"), PAGE, narratives.build),
    Section("method", _("Method and wording"), PAGE, method.build),
)
KEYS: tuple[str, ...] = tuple(section.key for section in SECTIONS)
BY_KEY = {section.key: section for section in SECTIONS}
