"""Texts that stand in up to three languages, a column for each: `title_es`, `title_pt`, `title_en`."""

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("es", "pt", "en")


class Worded(models.Model):
    """A row with such texts: read in the reader's language, else in the first that there is."""

    class Meta:
        abstract = True

    def language_of(self, name: str) -> str:
        """In which language the text called `name` is shown; none where it is in none."""
        order = dict.fromkeys(((get_language() or "es")[:2], *LANGUAGES))
        written = (code for code in order if getattr(self, f"{name}_{code}", ""))
        return next(written, "")

    def said(self, name: str) -> str:
        language = self.language_of(name)
        return getattr(self, f"{name}_{language}") if language else ""

    def write(self, name: str, text: str) -> None:
        """One text, of a row that its owner alone writes: where it stands, else in her language."""
        language = self.language_of(name) or (get_language() or "es")[:2]
        setattr(self, f"{name}_{language}", text)
