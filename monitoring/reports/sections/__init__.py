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
    """`build(material)` gives the opening sentences and the blocks; all formats write them.
    `themes`: those of the catalogue that it is about.
    """

    key: str
    title: str | Promise
    template: str
    build: Callable[[Material], Content]
    themes: tuple[str, ...] = ()


def about(key: str, title: str | Promise, *themes: str) -> Section:
    """A section about themes of the catalogue."""
    return Section(key, title, PAGE, theme(*themes), themes)


SECTIONS: tuple[Section, ...] = (
    Section("cover", _("What this report answers"), PAGE, cover.build),
    Section("portfolio", _("The portfolio in figures"), PAGE, overview.build),
    about("innovation", _("Innovation"), "innovation"),
    about("markets", _("Markets"), "markets"),
    about("credit", _("Credit"), "credit"),
    about("sales", _("Sales"), "sales"),
    about("employment", _("Employment"), "employment"),
    about("productivity", _("Productivity"), "productivity"),
    about("association", _("Association and institutions"), "association", "institutions"),
    about("sustainability", _("Sustainability"), "sustainability"),
    Section("projects", _("By project"), PAGE, projects.build),
    Section("attrition", _("Attrition and data quality"), PAGE, quality.build),
    Section("narratives", _("In the words of the projects"), PAGE, narratives.build),
    Section("method", _("Method and wording"), PAGE, method.build),
)
KEYS: tuple[str, ...] = tuple(section.key for section in SECTIONS)
BY_KEY = {section.key: section for section in SECTIONS}
