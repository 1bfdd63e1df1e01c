"""What the list is narrowed by, and the words of its values."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from knowledge.labels import PERIODS, country_label, language_label, type_label
from pip_network.choices import Theme
from pip_network.folding.words import keys_of
from projects.choices import Typology

FACETS = {
    "theme": _("Theme"),
    "language": _("Language"),
    "type": _("Type"),
    "country": _("Country or reach"),
    "typology": _("Typology"),
    "period": _("Year"),
}


# What a chosen filter does not say by itself.
NOTES = {
    "theme": _("Some themes were inferred from the title: the page of each work says which."),
    "language": _("What can be read in it: a title that was translated alone does not count."),
    "none": _("Their sources do not show the year; the works may well have one."),
}


def note(facet: str, value: str) -> str:
    """What the reader should know of a filter that she chose."""
    if facet == "period":
        return str(NOTES.get(value, ""))
    return str(NOTES.get(facet, "")) if value else ""


LABELS: dict[str, Callable[[str], str]] = {
    "theme": lambda value: str(Theme(value).label),
    "language": language_label,
    "type": type_label,
    "country": country_label,
    "typology": lambda value: str(Typology(value).label),
    "period": lambda value: str(PERIODS[value]),
}


def label(facet: str, value: str) -> str:
    """In the reader's language; a value that is none of ours as it stands."""
    try:
        return LABELS[facet](value)
    except (KeyError, ValueError):
        return value


@cache
def labels_in_all_languages(facet: str, value: str) -> tuple[str, ...]:
    labels = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels.append(label(facet, value))
    return tuple(dict.fromkeys(labels))


def period_of(year: int | None) -> str:
    """The one period that a year belongs to."""
    if year is None:
        return "none"
    for period in PERIODS:
        first, _dash, last = period.partition("-")
        if period != "none" and int(first or 0) <= year <= int(last or 9999):
            return period
    raise ValueError(f"{year} is in no period")


@cache
def label_keys(facet: str, value: str) -> tuple[str, ...]:
    """The words of a value in each of the languages, in order."""
    return tuple(keys_of(" ".join(labels_in_all_languages(facet, value))))
