from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import Work
from knowledge.resources import WorkResource
from pip_network.administration.rooms import Editable
from pip_network.administration.site import site
from pip_network.files.importing.admin import ImportsAndExports


@admin.register(Work, site=site)
class WorkAdmin(ImportsAndExports, Editable):
    """The table of works."""

    purpose = _("Records of the library: correct one here, or bring the whole table from a file.")
    resource_classes: ClassVar = [WorkResource]
    list_display = ("number", "title", "year_text", "type", "language", "product")
    list_filter: ClassVar = ["type", "language"]
    search_fields: ClassVar = ["searched"]
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
