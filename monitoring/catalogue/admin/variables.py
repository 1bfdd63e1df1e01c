"""Room of the variables of the catalogue."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from monitoring.catalogue.contents import NAMED, Contents, refusal_of_named, users_of
from monitoring.models import Variable
from pip_network.administration.site import site

from .rows import DEFINITIONS, NAMES, RowAdmin, VersionFilter


@admin.register(Variable, site=site)
class VariableAdmin(RowAdmin):
    """The variables of a version."""

    purpose = gettext_lazy("What is entered. Changed in a draft of the catalogue.")
    list_display = [
        "code",
        "named",
        "level",
        "theme",
        "unit",
        "frequency",
        "core",
        "defined_in",
    ]
    list_filter: ClassVar = [VersionFilter, "level", "theme", "frequency", "core"]
    list_select_related: ClassVar = ("catalogue", "unit")
    search_fields: ClassVar = ["code", "name_es", "name_en", "name_pt", "definition_es"]
    fieldsets: ClassVar = [
        (None, {"fields": ["level", "theme"]}),
        NAMES,
        DEFINITIONS,
        (
            gettext_lazy("What a cell holds"),
            {"fields": ["unit", "value_type", "decimals", "minimum", "maximum", "stock_or_flow"]},
        ),
        (
            gettext_lazy("Who is asked, and when"),
            {"fields": ["frequency", "core", "asked_at_baseline", "applies_to", "set_by"]},
        ),
    ]

    def about(self, obj: Variable) -> dict[str, Any]:
        return {
            "used_by": users_of(obj.code, Contents.of(obj.catalogue_id)),
            "named": refusal_of_named(obj.code) if obj.code in NAMED else "",
            "since": obj.defined_in,
        }
