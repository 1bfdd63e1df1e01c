"""What the page of a project shows of its published results, to anybody."""

from typing import NamedTuple

from django.http import HttpRequest

from monitoring.analysis import Figure
from monitoring.models import Indicator
from monitoring.reports import target_words, text, wording
from projects.models import Project

from .shown import Results, results_of_project


class Line(NamedTuple):
    """A published figure with its change, in words."""

    indicator: Indicator
    figure: Figure
    signed: bool
    change: str
    verdict: str
    why: str
    target: str = ""
    way: str = ""


def of_project(_request: HttpRequest, project: Project) -> dict | None:
    """Round by round, the newest first; None while nothing of the project is published."""
    found = results_of_project(project.code)
    if not found:
        return None
    return {"rounds": [(results, lines(results)) for results in found]}


def lines(results: Results) -> list[Line]:
    """Its figures with something to say, in the order of the catalogue."""
    rows = Indicator.objects.filter(catalogue=results.catalogue).order_by("position")
    group = {"project": results.project}
    found = ((row, results.figures.get(row.code, "main", group)) for row in rows)
    return [line(row, figure) for row, figure in found if figure is not None and is_told(figure)]


def is_told(figure: Figure) -> bool:
    """A number, or one that is hidden: not what the project has nothing of."""
    return figure.value is not None or figure.suppressed


def line(row: Indicator, figure: Figure) -> Line:
    panel = figure.panel
    return Line(
        row,
        figure,
        text.signed(row),
        text.figure_change(figure, row) if panel else "",
        wording.verdict_words(wording.verdict(panel)) if panel else "",
        text.reason(panel.reason, row.rule) if panel else "",
        target_words.target(figure, row),
        target_words.beside(figure, row),
    )
