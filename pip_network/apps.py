from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipNetworkConfig(AppConfig):
    name = "pip_network"
    verbose_name = _("PIP Network")

    def ready(self) -> None:
        from pip_network.running import checks  # noqa: F401, PLC0415 -- registers the production checks
        from pip_network.site import wiring  # noqa: PLC0415 -- only when the apps are ready

        wiring.fill_the_places()
