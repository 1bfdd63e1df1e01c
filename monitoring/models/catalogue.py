"""The versioned catalogue: what is asked, what is computed, what is checked."""

from typing import ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from monitoring.choices import (
    Alert,
    CatalogueStatus,
    Classification,
    Direction,
    Frequency,
    Level,
    PriceBasis,
    SetBy,
    Severity,
    StockOrFlow,
    ValueType,
)
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
            )
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == CatalogueStatus.DRAFT


class Unit(models.Model):
    """A unit of measurement, named in three languages."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
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
            models.UniqueConstraint(fields=["catalogue", "code"], name="variable_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(defined_in__gte=1, defined_in__lte=models.F("catalogue")),
                name="variable_defined_by_its_version",
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


class Indicator(InThreeLanguages):
    """A figure computed from variables by one of the closed rules (columns of indicators.csv).

    What the portal does with it besides computing it:

    - `prices`: CONSTANT when its amounts always are, whatever is asked.
    - `estimate`: every figure of it carries that flag.
    - `shown_in`: lists (`Place`) in the order of the catalogue; several with `;`.
    - `featured`, `featured_order`: the typologies whose page it opens, and its place among those.
    - `attrition_order`: its row in the table of attrition; without a number it is not there.
    - `leading_order`: which one opens a text where several could; without a number after the others.
    - `drawn_as`: charts of its theme's section (`ChartKind`); several with `;`.
    - `alert`: which figure the portfolio opens for that alert.
    - `sentence_*`: how a text says it; the parts are those of `monitoring/reports/wording.py`.
    """

    catalogue = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, related_name="indicators"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=10)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(_("level"), max_length=8, choices=Level)
    classification = models.CharField(
        _("process or outcome"), max_length=10, choices=Classification
    )
    core = models.BooleanField(_("core"))
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    rule = models.CharField(_("rule"), max_length=30)
    numerator = models.CharField(_("numerator or value"), max_length=120)
    denominator = models.CharField(_("denominator"), max_length=120, blank=True)
    factor = models.CharField(_("factor"), max_length=10, blank=True)
    threshold = models.CharField(_("threshold"), max_length=10, blank=True)
    min_k = models.CharField(_("least group size"), max_length=10, blank=True)
    confidential = models.CharField(_("confidential"), max_length=10, blank=True)
    not_summed_over = models.CharField(_("not summed over"), max_length=20, blank=True)
    applies_to = models.CharField(_("typologies it applies to"), max_length=120, blank=True)
    featured = models.CharField(_("featured for typologies"), max_length=120, blank=True)
    prices = models.CharField(_("prices"), max_length=10, choices=PriceBasis, blank=True)
    estimate = models.BooleanField(_("an estimate of the project"), default=False)
    shown_in = models.CharField(_("leading places it stands in"), max_length=60, blank=True)
    featured_order = models.PositiveSmallIntegerField(
        _("order among the featured"), null=True, blank=True
    )
    attrition_order = models.PositiveSmallIntegerField(
        _("order in the table of attrition"), null=True, blank=True
    )
    leading_order = models.PositiveSmallIntegerField(
        _("order among those that lead a text"), null=True, blank=True
    )
    drawn_as = models.CharField(_("charts"), max_length=40, blank=True)
    alert = models.CharField(_("alert that it opens"), max_length=16, choices=Alert, blank=True)
    sentence_es = models.CharField(_("sentence in Spanish"), max_length=300, blank=True)
    sentence_en = models.CharField(_("sentence in English"), max_length=300, blank=True)
    sentence_pt = models.CharField(_("sentence in Portuguese"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering: ClassVar = ["catalogue", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="indicator_once_per_version")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def places(self) -> tuple[str, ...]:
        return codes_in(self.shown_in)

    @property
    def featured_for(self) -> tuple[str, ...]:
        return codes_in(self.featured)


class Check(models.Model):
    """A check between cells, declared as data (columns of checks.csv)."""

    catalogue = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="checks")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    kind = models.CharField(_("kind"), max_length=24)
    left = models.CharField(_("left side"), max_length=40)
    operator = models.CharField(_("operator"), max_length=4, blank=True)
    right = models.CharField(_("right side"), max_length=40, blank=True)
    factor = models.CharField(_("factor"), max_length=12, blank=True)
    low = models.CharField(_("low"), max_length=12, blank=True)
    high = models.CharField(_("high"), max_length=12, blank=True)
    then_left = models.CharField(_("then, left side"), max_length=40, blank=True)
    then_operator = models.CharField(_("then, operator"), max_length=4, blank=True)
    then_value = models.CharField(_("then, value"), max_length=12, blank=True)
    scale = models.CharField(_("scale"), max_length=8, blank=True)
    when = models.CharField(_("only in"), max_length=4, blank=True)
    message_es = models.TextField(_("message in Spanish"))
    message_en = models.TextField(_("message in English"), blank=True)
    message_pt = models.TextField(_("message in Portuguese"), blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering: ClassVar = ["catalogue", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="check_once_per_version")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def message(self) -> str:
        return (
            getattr(self, f"message_{(translation.get_language() or 'es')[:2]}", "")
            or self.message_es
        )
