"""What every list shares: filters and sorting kept in the address, pages of a fixed size, a total order."""

from typing import Any

from django.http import HttpRequest
from django_filters import FilterSet
from django_tables2 import Table

PER_PAGE = 25


def listing(
    request: HttpRequest,
    filters: type[FilterSet],
    table: type[Table],
    queryset,
    *,
    per_page: int = PER_PAGE,
    **extra: Any,
) -> dict[str, Any]:
    """Context of a list page: `filter`, `table` (one page of it), `count` and whether anything is filtered.

    Nonsense in the address never fails: an unknown sort or filter value is dropped, a page too far is the last one.
    """
    chosen = filters(request.GET, queryset=queryset, request=request)
    rows = table(chosen.qs, request=request, **extra)
    sort = request.GET.get("sort", "")
    if sort.lstrip("-") in rows.base_columns and rows.base_columns[sort.lstrip("-")].orderable is not False:
        rows.order_by = sort
    number = request.GET.get("page", "1")
    rows.paginate(page=1, per_page=per_page)
    rows.page = rows.paginator.get_page(number)
    filtered = any(request.GET.get(name) for name in chosen.filters)
    return {"filter": chosen, "table": rows, "count": rows.paginator.count, "filtered": filtered, "keep": ["sort"]}
