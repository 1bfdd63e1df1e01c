"""The catalogue in public: indicators, variables, and how everything is computed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from monitoring import publication
from monitoring.analysis.rules import RULES
from monitoring.choices import CatalogueStatus
from monitoring.definitions import words
from monitoring.models import Indicator, Variable
from monitoring.reports import text
from projects.choices import Typology


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """The catalogue in force: indicators by theme, then the variables."""
    version = words.current_version()
    context = {
        "version": version,
        "groups": words.indicators_by_theme(version) if version else [],
        "variables": words.variables_by_theme(version) if version else [],
    }
    return render(request, "monitoring/catalogue/list.html", context)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator as the newest version that has it says, with its public figure."""
    row, left = _latest(Indicator, code)
    parts, shown = words.parts(row), publication.shown()
    figure = shown.figures.get(row.code) if shown else None
    variables = {
        used.code: used
        for used in Variable.objects.filter(
            catalogue=row.catalogue_id, code__in=parts
        ).select_related("unit")
    }
    rule = RULES[row.rule]
    signed = text.signed(row)
    low, high = text.interval_ends(figure, signed) if figure else ("", "")
    context = {
        "indicator": row,
        "variables": [variables[part] for part in parts if part in variables],
        "rule": rule.description,
        "rule_name": rule.title,
        "formula": words.formula(row),
        "over_time": rule.over_time,
        "applies": labels(row.applies_to),
        "featured": labels(row.featured),
        "figure": figure,
        "published": shown,
        "of_projects": _of_projects(row.code, shown.round) if shown else [],
        "signed": signed,
        "interval_low": low,
        "interval_high": high,
        "computed_in": shown.catalogue
        if shown and figure and shown.catalogue != row.catalogue_id
        else None,
        "left": left,
    }
    return render(request, "monitoring/catalogue/indicator.html", context)


def _of_projects(code: str, round_code: str) -> list[tuple[publication.Results, Any]]:
    """The figure of each project whose results are published with the round."""
    found = (
        (results, results.figures.get(code, "main", {"project": results.project}))
        for results in publication.results_of_round(round_code, code)
    )
    return [(results, figure) for results, figure in found if figure is not None]


@require_GET
def variable(request: HttpRequest, code: str) -> HttpResponse:
    """One variable, and the indicators that are computed from it."""
    row, left = _latest(Variable, code)
    using = [
        indicator
        for indicator in Indicator.objects.filter(catalogue=row.catalogue_id).order_by("position")
        if row.code in words.parts(indicator)
    ]
    return render(
        request,
        "monitoring/catalogue/variable.html",
        {"variable": row, "using": using, "applies": labels(row.applies_to), "left": left},
    )


def _latest(model: Any, code: str) -> tuple[Any, bool]:
    """As the newest published version that has it says, and whether later ones have it no more:
    figures still name it.
    """
    rows = model.objects.filter(
        code=code, catalogue__status=CatalogueStatus.PUBLISHED
    ).select_related("unit")
    row = rows.order_by("-catalogue_id").first()
    if row is None:
        raise Http404
    newest = words.current_version()
    return row, newest is not None and row.catalogue_id != newest.number


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """How each rule computes."""
    rules = [(rule.name, rule.description, rule.formula) for rule in RULES.values()]
    return render(request, "monitoring/catalogue/method.html", {"rules": rules})


def labels(codes: str) -> list[str]:
    """Names of typologies, from codes separated by semicolons."""
    return [str(Typology(code).label) for code in codes.split(";") if code]
