"""The catalogue in public: indicators, variables, and how everything is computed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from monitoring import catalogue, portfolio
from monitoring.models import Indicator, Variable
from projects.choices import Typology


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    version = catalogue.current_version()
    context = {
        "version": version,
        "groups": catalogue.indicators_by_theme(version) if version else [],
        "variables": catalogue.variables_by_theme(version) if version else [],
    }
    return render(request, "monitoring/catalogue/list.html", context)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Indicator.objects.select_related("unit"), code=code, catalogue=catalogue.current_version())
    parts = catalogue.parts(row)
    variables = {
        one.code: one
        for one in Variable.objects.filter(catalogue=row.catalogue_id, code__in=parts).select_related("unit")
    }
    context = {
        "indicator": row,
        "variables": [variables[part] for part in parts if part in variables],
        "rule": catalogue.RULE_WORDS[row.rule],
        "rule_name": catalogue.RULE_NAMES[row.rule],
        "formula": catalogue.formula(row),
        "over_time": catalogue.OVER_TIME.get(row.rule, catalogue.NEVER_ADDED),
        "applies": labels(row.applies_to),
        "featured": labels(row.featured),
        "figure": portfolio.public_figure(row.code),
    }
    return render(request, "monitoring/catalogue/indicator.html", context)


@require_GET
def variable(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Variable.objects.select_related("unit"), code=code, catalogue=catalogue.current_version())
    using = [
        one
        for one in Indicator.objects.filter(catalogue=row.catalogue_id).order_by("position")
        if row.code in catalogue.parts(one)
    ]
    return render(
        request,
        "monitoring/catalogue/variable.html",
        {"variable": row, "using": using, "applies": labels(row.applies_to)},
    )


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    rules = [(name, words, catalogue.FORMULAS[name]) for name, words in catalogue.RULE_WORDS.items()]
    return render(request, "monitoring/catalogue/method.html", {"rules": rules})


def labels(codes: str) -> list[str]:
    return [str(Typology(code).label) for code in codes.split(";") if code]
