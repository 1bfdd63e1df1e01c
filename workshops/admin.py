from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pip_network.administration.rooms import Editable
from pip_network.administration.site import site
from pip_network.files.importing.admin import ImportsAndExports
from workshops.models import Workshop
from workshops.resources import WorkshopResource


@admin.register(Workshop, site=site)
class WorkshopAdmin(ImportsAndExports, Editable):
    """The table of workshops."""

    purpose = _("The four workshops and what the sources say of them.")
    resource_classes: ClassVar = [WorkshopResource]
    list_display = ("number", "year", "city", "country", "starts_on", "origin")
    search_fields: ClassVar = ["city", "year", "country", "theme_es", "theme_en", "theme_pt"]
    few = True
