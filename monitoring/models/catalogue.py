"""A version of the catalogue and what it asks: variables and their units. What it computes is in
indicators.py, what it checks in checks.py.
"""

from typing import ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from monitoring.choices import CatalogueStatus, Frequency, Level, SetBy, StockOrFlow, ValueType
from pip_network.choices import Theme


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of a column that holds a list, in its order."""
    return tuple(code for code in text.split(";") if code)


class InThreeLanguages(models.Model):
    """Name and definition in the reader's language, Spanish where a translation is missing."""

    name_es = models.CharField(_("name in Spanish"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name_pt = models.CharField(_("name in Portuguese"), max_length=160, blank=True)
    definition_es = models.TextField(_("definition in Spanish"))
    definition_en = models.TextField(_("definition in English"), blank=True)
    definition_pt = models.TextField(_("definition in Portuguese"), blank=True)

    class Meta:
        abstract = True

    def _localized(self, field: str) -> str:
        language = (translation.get_language() or "es")[:2]
        return getattr(self, f"{field}_{language}", "") or getattr(self, f"{field}_es")

    @property
    def name(self) -> str:
        return self._localized("name")

    @property
    def definition(self) -> str:
        return self._localized("definition")


class CatalogueVersion(models.Model):
    """One version of the whole catalogue.

    A published one never changes; a submission pins the one it was opened with.
    """

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CatalogueStatus, default=CatalogueStatus.DRAFT
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("catalogue version")
        verbose_name_plural = _("catalogue versions")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status"],
                condition=models.Q(status=CatalogueStatus.DRAFT),
                name="catalogue_one_draft",
                violation_error_message=_("There is a draft of the catalogue already."),
            )
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == CatalogueStatus.DRAFT


class Unit(models.Model):
    """A unit of measurement, named in three languages."""

    code = models.CharField(
        _("code"),
        max_length=30,
        primary_key=True,
        error_messages={"unique": _("Another unit has this code already.")},
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    es = models.CharField(_("Spanish"), max_length=60)
    en = models.CharField(_("English"), max_length=60)
    pt = models.CharField(_("Portuguese"), max_length=60)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return getattr(self, (translation.get_language() or "es")[:2], self.es)


class Variable(InThreeLanguages):
    """Something that is entered once, at the level where it lives (columns of variables.csv)."""

    catalogue = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, related_name="variables"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    value_type = models.CharField(_("type of value"), max_length=10, choices=ValueType)
    decimals = models.PositiveSmallIntegerField(_("decimals"))
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)
    stock_or_flow = models.CharField(_("stock or flow"), max_length=5, choices=StockOrFlow)
    minimum = models.DecimalField(
        _("least value"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    maximum = models.DecimalField(
        _("greatest value"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    core = models.BooleanField(_("core"))
    asked_at_baseline = models.BooleanField(_("asked at baseline"))
    applies_to = models.CharField(_("typologies it applies to"), max_length=120, blank=True)
    set_by = models.CharField(_("set by"), max_length=10, choices=SetBy)
    defined_in = models.PositiveSmallIntegerField(
        _("defined since version"),
        editable=False,
        help_text=_(
            "The version in which its present definition began: values of two definitions are not "
            "compared."
        ),
    )

    class Meta:
        verbose_name = _("variable")
        verbose_name_plural = _("variables")
        ordering: ClassVar = ["catalogue", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["catalogue", "code"],
                name="variable_once_per_version",
                violation_error_message=_("This version has a variable with this code already."),
            ),
            models.CheckConstraint(
                condition=models.Q(defined_in__gte=1, defined_in__lte=models.F("catalogue")),
                name="variable_defined_by_its_version",
                violation_error_message=_(
                    "A variable was defined in its own version or an earlier one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def typologies(self) -> frozenset[str]:
        return frozenset(self.applies_to.split(";")) if self.applies_to else frozenset()

    @property
    def is_money(self) -> bool:
        return self.unit_id == "local_currency"
