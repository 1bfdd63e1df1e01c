"""The administration's list of what is archived, beside the list of all else."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

YES = "yes"


class ArchivedFilter(admin.SimpleListFilter):
    """Of rows with a `current` queryset: those in the lists, unless the archived ones are asked for."""

    title = _("state")
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(YES, _("Archived"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        without, *chosen = super().choices(changelist)
        yield {**without, "display": _("In the lists")}
        yield from chosen

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.archived() if self.value() == YES else queryset.current()
