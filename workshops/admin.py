from typing import ClassVar

from django.contrib import admin

from pip_network.administration import Editable, site
from workshops.models import Workshop


@admin.register(Workshop, site=site)
class WorkshopAdmin(Editable):
    list_display: ClassVar = ["number", "year", "city", "country", "starts_on", "origin"]
