"""Room of the indicators of the catalogue."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from monitoring.analysis.rules import RULES
from monitoring.models import Indicator
from pip_network.administration.site import site

from .rows import DEFINITIONS, NAMES, RowAdmin, VersionFilter


@admin.register(Indicator, site=site)
class IndicatorAdmin(RowAdmin):
    """The indicators of a version."""

    purpose = gettext_lazy(
        "What is computed from the variables. Changed in a draft of the catalogue."
    )
    list_display = ["code", "named", "level", "theme", "how", "classification", "core"]
    list_filter: ClassVar = [VersionFilter, "level", "theme", "classification", "core"]
    search_fields: ClassVar = ["code", "name_es", "name_en", "name_pt", "numerator", "denominator"]
    fieldsets: ClassVar = [
        (None, {"fields": ["level", "theme"]}),
        NAMES,
        DEFINITIONS,
        (
            gettext_lazy("How it is computed"),
            {
                "fields": [
                    "rule",
                    "numerator",
                    "denominator",
                    "factor",
                    "threshold",
                    "min_k",
                    "not_summed_over",
                    "unit",
                ]
            },
        ),
        (
            gettext_lazy("How it is read"),
            {
                "fields": [
                    "classification",
                    "direction",
                    "core",
                    "confidential",
                    "applies_to",
                    "prices",
                    "estimate",
                ]
            },
        ),
        (
            gettext_lazy("Where it is shown"),
            {
                "fields": [
                    "featured",
                    "featured_order",
                    "shown_in",
                    "attrition_order",
                    "leading_order",
                    "alert",
                ]
            },
        ),
        (
            gettext_lazy("How it is told"),
            {"fields": ["drawn_as", "sentence_es", "sentence_en", "sentence_pt"]},
        ),
    ]

    @admin.display(description=gettext_lazy("rule"), ordering="rule")
    def how(self, row: Indicator) -> str:
        return str(RULES[row.rule].title) if row.rule in RULES else row.rule
