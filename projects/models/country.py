import datetime as dt
from collections.abc import Sequence
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


CurrencyDates = Sequence[Sequence[str]]  # each a currency and its first day, ISO 8601, in order


def currency_on(dates: CurrencyDates, day: dt.date, otherwise: str) -> str:
    """The currency of a day; `otherwise` where a country never changed its own.

    A period is in the currency of its first day: those that begin later are in the new one.
    """
    held = [currency for currency, since in dates if since <= day.isoformat()]
    return held[-1] if held else otherwise


class Country(models.Model):
    """A country with projects or firms, and its currency.

    `currency_dates` stays empty until the currency changes; then it holds all that the country had,
    the first from "" on. It stands in the row because each unit of a sheet asks it.
    """

    iso2 = models.CharField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        error_messages={"unique": _("Another country has this code already.")},
    )
    currency = models.CharField(_("currency"), max_length=3)
    currency_dates = models.JSONField(
        _("currencies and their first days"), default=list, blank=True, editable=False
    )
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

    def currency_on(self, day: dt.date) -> str:
        return currency_on(self.currency_dates, day, self.currency)

    @property
    def currencies(self) -> set[str]:
        """All that it has had, and the present one."""
        return {self.currency, *(currency for currency, _since in self.currency_dates)}

    @property
    def name(self) -> str:
        return str(countries.name(self.iso2))
