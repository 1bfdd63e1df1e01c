"""Indicators of a version of the catalogue: what is computed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Alert, Classification, Direction, Level, PriceBasis
from pip_network.choices import Theme

from .catalogue import CatalogueVersion, InThreeLanguages, Unit, codes_in


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
            models.UniqueConstraint(
                fields=["catalogue", "code"],
                name="indicator_once_per_version",
                violation_error_message=_("This version has an indicator with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def places(self) -> tuple[str, ...]:
        return codes_in(self.shown_in)

    @property
    def featured_for(self) -> tuple[str, ...]:
        return codes_in(self.featured)
