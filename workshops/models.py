"""Workshops of the network: what is known of each, and from where."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pip_network.choices import Origin


class Workshop(models.Model):
    """A meeting of the network. Dates that no source publishes stay empty and the page says so."""

    slug = models.SlugField(
        _("identifier"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("Another workshop has this identifier already.")},
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        error_messages={"unique": _("Another workshop has this number already.")},
    )
    year = models.PositiveSmallIntegerField(_("year"))
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country (ISO code)"), max_length=2)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    theme_es = models.TextField(_("theme in Spanish"))
    theme_en = models.TextField(_("theme in English"))
    theme_pt = models.TextField(_("theme in Portuguese"))
    origin = models.CharField(_("origin of these facts"), max_length=20, choices=Origin)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.city} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("workshop", args=[self.slug])

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country))

    @property
    def place(self) -> str:
        return f"{self.city}, {self.country_name}"

    @property
    def theme(self) -> str:
        return (
            getattr(self, f"theme_{(translation.get_language() or 'es')[:2]}", "") or self.theme_es
        )
