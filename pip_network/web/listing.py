"""What every list shares: filters and sorting kept in the address, pages of a fixed size, a total
order, files.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_filters import FilterSet
from django_tables2 import Table

from pip_network.files.exports import EXPORTERS, exporter
from pip_network.web.htmx import render_page

PER_PAGE = 25
EXPORT = "export"


def list_page(
    request: HttpRequest,
    template: str,
    filters: type[FilterSet],
    table: type[Table],
    queryset,
    *,
    name: str,
    per_page: int = PER_PAGE,
    context: Mapping[str, Any] | None = None,
    **extra: Any,
) -> HttpResponse:
    """A list as a page; asked with `?export=csv` (or another format), all its rows as a file called
    `name`.

    The file holds what is seen: the same filters, order and columns, on all pages. `extra` goes to
    the table.
    """
    found = listing(request, filters, table, queryset, per_page=per_page, **extra)
    format_asked = exporter(request.GET.get(EXPORT, ""))
    if format_asked is None:
        return render_page(request, template, {**found, **(context or {})})
    headings, *rows = found["table"].as_values()
    day = timezone.localdate().isoformat()
    return format_asked(headings, title=name).response(rows, f"{name}-{day}")


def listing(
    request: HttpRequest,
    filters: type[FilterSet],
    table: type[Table],
    queryset,
    *,
    per_page: int = PER_PAGE,
    **extra: Any,
) -> dict[str, Any]:
    """Context of a list page: `filter`, `table` (one page of it), `count`, whether anything is
    filtered, `exports`.

    Nonsense in the address never fails: an unknown sort or filter value is dropped, a page too far
    is the last one.
    """
    chosen = filters(request.GET, queryset=queryset, request=request)
    rows = table(chosen.qs, request=request, **extra)
    sort = request.GET.get("sort", "")
    if (
        sort.lstrip("-") in rows.base_columns
        and rows.base_columns[sort.lstrip("-")].orderable is not False
    ):
        rows.order_by = sort
    number = request.GET.get("page", "1")
    rows.paginate(page=1, per_page=per_page)
    rows.page = rows.paginator.get_page(number)
    filtered = any(request.GET.get(name) for name in chosen.filters)
    return {
        "filter": chosen,
        "table": rows,
        "count": rows.paginator.count,
        "filtered": filtered,
        "keep": ["sort"],
        "exports": EXPORTERS,
    }
