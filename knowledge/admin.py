from typing import ClassVar

from django.contrib import admin
from django.db import models

from knowledge.models import Work
from pip_network.administration import Editable, site


@admin.register(Work, site=site)
class WorkAdmin(Editable):
    list_display: ClassVar = ["number", "title", "year_text", "type", "language", "product"]
    list_filter: ClassVar = ["type", "language"]
    search_fields: ClassVar = ["title", "authors"]
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
