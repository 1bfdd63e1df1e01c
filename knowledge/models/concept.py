"""The words of the field in three languages: who asks for one of them also finds the others."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Theme


class Concept(models.Model):
    """A thing with its term in each language, and what else it is called there, between semicolons."""

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("Another concept has this code already.")},
    )
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, blank=True)
    es = models.CharField(_("term in Spanish"), max_length=100)
    pt = models.CharField(_("term in Portuguese"), max_length=100)
    en = models.CharField(_("term in English"), max_length=100)
    synonyms_es = models.CharField(_("also, in Spanish"), max_length=300, blank=True)
    synonyms_pt = models.CharField(_("also, in Portuguese"), max_length=300, blank=True)
    synonyms_en = models.CharField(_("also, in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return getattr(self, (get_language() or "es")[:2], self.es)

    def terms(self, language: str) -> list[str]:
        """The term first, then what else the thing is called."""
        others = getattr(self, f"synonyms_{language}").split(";")
        return [getattr(self, language), *(term.strip() for term in others if term.strip())]
