"""What every list shares: filters and sorting kept in the address, pages of a fixed size, a total
order, files.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
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
    queryset: QuerySet,
    *,
    name: str,
    per_page: int = PER_PAGE,
    context: Mapping[str, Any] | None = None,
    **extra: Any,
) -> HttpResponse:
    """A list as a page; asked with `?export=csv` (or another format), all its rows as a file called
    `name`.

    The file holds what the page does: the same filters, order and columns, on all pages. `extra` goes to
    the table.
    """
    listed = listing(request, filters, table, queryset, per_page=per_page, **extra)
    file_format = exporter(request.GET.get(EXPORT, ""))
    if file_format is None:
        return render_page(request, template, {**listed, **(context or {})})
    headings, *rows = listed["table"].as_values()
    day = timezone.localdate().isoformat()
    return file_format(headings, title=name).response(rows, f"{name}-{day}")


def listing(
    request: HttpRequest,
    filters: type[FilterSet],
    table: type[Table],
    queryset: QuerySet,
    *,
    per_page: int = PER_PAGE,
    **extra: Any,
) -> dict[str, Any]:
    """Context of a list page: `filter`, `table` (one page of it), `count`, whether anything is
    filtered, `exports`.

    Nonsense in the address never fails: an unknown sort or filter value is dropped, a page too far
    is the last one.
    """
    narrowed = filters(request.GET, queryset=queryset, request=request)
    rows = table(narrowed.qs, request=request, **extra)
    sort = request.GET.get("sort", "")
    column = rows.base_columns.get(sort.lstrip("-"))
    if column is not None and column.orderable is not False:
        rows.order_by = sort
    number = request.GET.get("page", "1")
    rows.paginate(page=1, per_page=per_page)
    rows.page = rows.paginator.get_page(number)
    filtered = any(request.GET.get(name) for name in narrowed.filters)
    return {
        "filter": narrowed,
        "table": rows,
        "count": rows.paginator.count,
        "filtered": filtered,
        "keep": ["sort"],
        "exports": EXPORTERS,
    }
