"""The library's first record: a list of real documents with their sources."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField


class Work(Computing):
    """A document that the network made or uses. What its source does not say stays empty."""

    number = models.CharField(
        _("number"),
        max_length=6,
        primary_key=True,
        error_messages={"unique": _("Another work has this number already.")},
    )
    title = models.CharField(_("title"), max_length=300)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    year_text = models.CharField(_("year, as the source states it"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    type = models.CharField(_("type"), max_length=80, blank=True)
    language_text = models.CharField(
        _("language, as the source states it"), max_length=80, blank=True
    )
    language = models.CharField(_("language"), max_length=2, blank=True)
    country = models.CharField(_("country or reach"), max_length=120, blank=True)
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    product = models.PositiveSmallIntegerField(
        _("product of the programme"),
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": _("Another work is this product of the programme already.")},
    )
    origin = models.CharField(_("origin of these facts"), max_length=20, choices=Origin)
    folded = FoldedField("title")
    searched = FoldedField(
        "title", "authors", "publisher", "type", "year_text", "year", "country", "number"
    )

    objects = ComputingQuerySet["Work"].as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering: ClassVar = [models.F("product").asc(nulls_last=True), "number"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("work", args=[self.number])
