from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipNetworkConfig(AppConfig):
    name = "pip_network"
    verbose_name = _("Red PIP")
