"""The trace of one figure: what it is, how it is computed, the rows behind it, who approved them,
where it is cited.
"""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from monitoring.models import Approval, FigureDefinition, Indicator, Report, Variable
from monitoring.numbers import plain
from monitoring.reports import figure_trace, gathering, text, trace_words
from monitoring.reports.figure_targets import targets_behind
from monitoring.reports.figure_trace import Opened
from pip_network.files.exports import CsvExporter
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission as P
from pip_network.web.signed_in import SignedInRequest
from projects.models import Firm

ROWS_PER_PAGE = 50
APPROVALS_SHOWN = 10


def fetch(request: SignedInRequest, key: str) -> tuple[dict, Opened]:
    """What the id stands for and the figure, for who may open it; else 404."""
    defined = get_object_or_404(FigureDefinition, pk=key).definition
    if not figure_trace.may_open(request.user, defined):
        raise Http404
    opened = figure_trace.open_figure(defined)
    if opened is None:
        raise Http404
    return defined, opened


@login_required
@require_GET
def figure(request: SignedInRequest, key: str) -> HttpResponse:
    """The page of a figure: its rows, reasons, approvals and reports."""
    defined, opened = fetch(request, key)
    indicator = get_object_or_404(
        Indicator.objects.select_related("unit").order_by("-catalogue_id"),
        code=opened.figure.indicator,
        catalogue=opened.catalogue.version,
    )
    rows = Paginator(opened.trace.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    names = firm_names(request.user, [row.subject for row in rows], {row.project for row in rows})
    numbers = opened.trace.approvals
    reports = Report.objects.visible_to(request.user).finished().filter(as_of=defined["as_of"])
    context = {
        "figure": opened.figure,
        "defined": defined,
        "indicator": indicator,
        "variables": list(
            Variable.objects.filter(
                catalogue=indicator.catalogue_id, code__in=opened.trace.indicator.variables
            ).order_by("position")
        ),
        "told": trace_words.of_figure(opened.figure, indicator, opened.trace, gathering.names()),
        "rows": rows,
        "lines": [trace_words.row(row, names) for row in rows],
        "contributions": trace_words.contributions(
            figure_trace.contributions(opened.trace), gathering.names()
        ),
        "targets": [
            (row, text.target(plain(row.value), opened.figure.unit, text.signed(indicator)))
            for row in targets_behind(opened.figure, defined, opened.trace)
        ],
        "approvals": Approval.objects.filter(number__in=numbers[-APPROVALS_SHOWN:])
        .select_related("submission__project", "approver")
        .order_by("-number"),
        "approval_count": len(numbers),
        "approval_numbers": numbers,
        "reports": figure_trace.citing(defined, reports, opened.trace.indicator),
    }
    return render(request, "monitoring/reports/figure.html", context)


@login_required
@require_GET
def figure_rows(request: SignedInRequest, key: str) -> HttpResponse:
    """All rows behind the figure as CSV: codes only, never names."""
    _defined, opened = fetch(request, key)
    return CsvExporter(trace_words.COLUMNS, title=key).response(
        (trace_words.flat(row) for row in opened.trace.rows), f"figure-{key}"
    )


def firm_names(user: User, subjects: list[str], projects: set[str]) -> dict[str, str]:
    """Names of firms by subject, for who may see those of every project on the page; codes for
    everybody else.
    """
    allowed = all(access.can(user, P.VIEW_FIRM_NAMES, f"P:{code}") for code in projects)
    if not allowed:
        return {}
    codes = [subject[2:] for subject in subjects if subject.startswith("F:")]
    return {
        f"F:{code}": name
        for code, name in Firm.objects.filter(code__in=codes)
        .exclude(name="")
        .values_list("code", "name")
    }
