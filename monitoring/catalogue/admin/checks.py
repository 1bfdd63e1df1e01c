"""Room of the checks of the catalogue."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from monitoring.models import Check
from pip_network.administration.site import site

from .fields import KIND_LABELS
from .rows import RowAdmin, VersionFilter


@admin.register(Check, site=site)
class CheckAdmin(RowAdmin):
    """The checks of a version."""

    purpose = gettext_lazy(
        "What is compared when data are entered. Changed in a draft of the catalogue."
    )
    list_display = [
        "code",
        "severity",
        "level",
        "compares",
        "left",
        "operator",
        "right",
        "sentence",
    ]
    list_filter: ClassVar = [VersionFilter, "severity", "level"]
    search_fields: ClassVar = [
        "code",
        "left",
        "right",
        "then_left",
        "message_es",
        "message_en",
        "message_pt",
    ]
    fieldsets: ClassVar = [
        (None, {"fields": ["severity", "level", "kind"]}),
        (
            gettext_lazy("What it compares"),
            {"fields": ["left", "operator", "factor", "right", "low", "high", "scale", "when"]},
        ),
        (
            gettext_lazy("If that holds, then"),
            {"fields": ["then_left", "then_operator", "then_value"]},
        ),
        (gettext_lazy("What it says"), {"fields": ["message_es", "message_en", "message_pt"]}),
    ]

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def compares(self, row: Check) -> str:
        return str(KIND_LABELS.get(row.kind, row.kind))
