"""What a work is about: countries, themes, typologies. What was read from its title alone is marked
as inferred.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Theme
from projects.choices import Typology

from .work import Work


class WorkCountry(models.Model):
    """A country by its two letters: some works are about countries where the network has no project."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="countries"
    )
    iso2 = models.CharField(_("country"), max_length=2)

    class Meta:
        verbose_name = _("country of a work")
        verbose_name_plural = _("countries of works")
        ordering: ClassVar = ["iso2"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "iso2"],
                name="work_country_once",
                violation_error_message=_("The work has this country already."),
            )
        ]

    def __str__(self) -> str:
        return self.iso2


class WorkTheme(models.Model):
    """One of the ten themes."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="themes"
    )
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    inferred = models.BooleanField(_("inferred from the title"), default=False)

    class Meta:
        verbose_name = _("theme of a work")
        verbose_name_plural = _("themes of works")
        ordering: ClassVar = ["theme"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "theme"],
                name="work_theme_once",
                violation_error_message=_("The work has this theme already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_theme_display())


class WorkTypology(models.Model):
    """One of the four typologies."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="typologies"
    )
    typology = models.CharField(_("typology"), max_length=24, choices=Typology)
    inferred = models.BooleanField(_("inferred from the title"), default=False)

    class Meta:
        verbose_name = _("typology of a work")
        verbose_name_plural = _("typologies of works")
        ordering: ClassVar = ["typology"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "typology"],
                name="work_typology_once",
                violation_error_message=_("The work has this typology already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_typology_display())
