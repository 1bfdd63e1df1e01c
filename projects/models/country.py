from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pip_network.choices import Origin
from pip_network.web.orders import sorted_by_name


def country_names() -> list[tuple[str, str]]:
    """Code and name, in the reader's language, of the countries that the registry knows."""
    codes = Country.objects.order_by().values_list("iso2", flat=True)
    return sorted_by_name((iso2, str(countries.name(iso2))) for iso2 in codes)


class Country(models.Model):
    """A country with projects or firms, and its currency."""

    iso2 = models.CharField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        error_messages={"unique": _("Another country has this code already.")},
    )
    currency = models.CharField(_("currency"), max_length=3)
    decimals_shown = models.PositiveSmallIntegerField(_("decimals shown"), default=2)
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.DEMO
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering: ClassVar = ["iso2"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/countries/{self.iso2.lower()}/"

    @property
    def name(self) -> str:
        return str(countries.name(self.iso2))
