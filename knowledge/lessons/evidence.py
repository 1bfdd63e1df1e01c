"""The evidence of a lesson as a reader sees it. A figure opens to who may open it; to others it is
one figure of the system. Of a work that she may not read there is nothing at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import Evidence, Lesson, Work
from monitoring.analysis import Figure
from monitoring.models import Indicator
from monitoring.portfolio import indicators
from monitoring.reports import gathering, text
from monitoring.reports.figure_trace import may_open
from monitoring.reports.names import Names
from pip_network.web.signed_in import Reader

from . import figures
from .figures import Standing


@dataclass
class Shown:
    """One piece of evidence, in words."""

    row: Evidence
    kind: str  # figure, hidden, work, gone, address
    title: str = ""
    url: str = ""
    language: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        """What is said of it, which may tell the figure."""
        return "" if self.kind == "hidden" else self.row.note


def shown_to(reader: Reader, lesson: Lesson) -> list[Shown]:
    """In the order in which it was added, what speaks against the lesson last."""
    rows = list(lesson.evidence.all())
    works = _works(reader, [row.work_id for row in rows if row.work_id])
    described = _Describing(row for row in rows if row.figure_id)
    shown = []
    for row in rows:
        if row.figure is not None:
            opens = may_open(reader, row.figure.definition)
            shown.append(described.figure(row) if opens else Shown(row, "hidden"))
        elif row.work_id in works:
            shown.append(_of_work(row, *works[row.work_id]))
        elif row.address:
            shown.append(Shown(row, "address", title=row.address, url=row.address))
    return shown


def _works(reader: Reader, codes: list[str]) -> dict[str, tuple[Work, bool]]:
    """Those that the reader may read, or could before they were withdrawn; each with whether it has
    gone.
    """
    if not codes:
        return {}
    there = Work.objects.visible_to(reader).with_parts().filter(pk__in=codes)
    gone = Work.objects.gone_for(reader).with_parts().filter(pk__in=codes)
    return {
        **{work.pk: (work, True) for work in gone},
        **{work.pk: (work, work.withdrawn_at is not None) for work in there},
    }


def _of_work(row: Evidence, work: Work, gone: bool) -> Shown:
    facts = [(_("Page"), str(row.page))] if row.page else []
    shown = Shown(
        row,
        "gone" if gone else "work",
        title=work.title,
        language=work.language,
        url=work.get_absolute_url(),
        facts=facts,
    )
    if gone:
        shown.warnings.append(_("This work was withdrawn: its page says when and why."))
    return shown


class _Describing:
    """Figures in words; the names of all are read once, and only if there are any."""

    def __init__(self, rows: Iterable[Evidence]) -> None:
        codes = {row.figure.definition["indicator"] for row in rows if row.figure}
        found = indicators(None).filter(code__in=codes) if codes else ()
        self.indicators: Mapping[str, Indicator] = {row.code: row for row in found}
        self.names = gathering.names() if codes else Names()

    def figure(self, row: Evidence) -> Shown:
        defined: Any = row.figure and row.figure.definition
        indicator = self.indicators.get(defined["indicator"])
        name = indicator.name if indicator else _("A figure")
        shown = Shown(
            row,
            "figure",
            title=f"{name}: {self.place(defined)}",
            url=reverse("figure", args=[row.figure_id]),
        )
        now = figures.standing(defined, cited_value=row.cited_value, cited_change=row.cited_change)
        if indicator is not None and now is not None:
            shown.facts = facts(now, indicator, defined)
            shown.warnings = warnings(now)
        return shown

    def place(self, defined: Mapping[str, Any]) -> str:
        """What the figure is about."""
        named = [self.names.value(key, code) for key, code in defined["group"].items()]
        for key, codes in defined["scope"].items():
            kind = {"projects": "project", "networks": "network"}.get(key, "")
            named += [self.names.value(kind, code) if kind else code for code in codes]
        return " · ".join(dict.fromkeys(named)) or _("the whole programme")


def facts(now: Standing, indicator: Indicator, defined: Mapping[str, Any]) -> list[tuple[str, str]]:
    """As it was cited, as it stands, and the newest round, if that is another."""
    numbers = {"cited": defined["as_of"], "now": now.as_of}
    said = [
        (_("As cited (as of approval %(cited)s)") % numbers, words(now.cited, indicator)),
        (_("Now (as of approval %(now)s)") % numbers, words(now.same, indicator)),
    ]
    if now.latest is not None and now.same is not None and now.latest.period != now.same.period:
        said.append((_("Newest round"), words(now.latest, indicator)))
    return said


def words(figure: Figure | None, indicator: Indicator) -> str:
    """`2005-S2: 41,2 % (+3,1 points)`."""
    if figure is None:
        return _("no figure")
    value = text.amount(figure.value, figure.unit, sign=text.signed(indicator))
    shown = f"{figure.period}: {value or text.reason(figure.reason, indicator.rule)}"
    if not figures.change_of(figure):
        return shown
    change = text.figure_change(figure, indicator)
    return _("%(shown)s (observed change %(change)s)") % {"shown": shown, "change": change}


def warnings(now: Standing) -> list[str]:
    said = []
    if now.same is None:
        said.append(_("The record has no such figure any more."))
    elif now.is_amended:
        said.append(_("The round was amended since: the figure is another one now."))
    if now.is_reversed:
        said.append(_("In the newest round it moved the other way."))
    return said
