"""Checks of a version of the catalogue."""

from typing import ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Level, Severity

from .catalogue import CatalogueVersion


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
            models.UniqueConstraint(
                fields=["catalogue", "code"],
                name="check_once_per_version",
                violation_error_message=_("This version has a check with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def message(self) -> str:
        return (
            getattr(self, f"message_{(translation.get_language() or 'es')[:2]}", "")
            or self.message_es
        )
