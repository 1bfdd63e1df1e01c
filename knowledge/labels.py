"""Words of the library in the reader's language."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from knowledge.choices import AuthorRole, Extent, Language, WorkType
from knowledge.models import Author, Work

PERIODS = {
    "2008-": _("2008 and later"),
    "2004-2007": _("2004 to 2007"),
    "2000-2003": _("2000 to 2003"),
    "-1999": _("Before 2000"),
    "none": _("Year not shown by the source"),
}

# How each product of the programme is represented in the library; the sources' own words are in the
# provenance of the record.
PRODUCTS = {
    1: _("The book of the programme's case studies."),
    2: _("Closest match to the product's name: an inference, its year is not visible."),
    3: _("The manual itself; only its opening could be read."),
    4: _("Closest to the method of collective action: no text under that exact name was found."),
    5: _("Closest match: an inference, because its author signs as a consultant of the MIF."),
    6: _("The product is an initiative, not a text: this is the nearest record of that circle."),
    7: _("The guide itself, in its modules; its year is not visible."),
}


def type_label(code: str) -> str:
    return str(dict(WorkType.choices).get(code, code))


def language_label(code: str) -> str:
    """The language called `code`, or the code where it is none of ours."""
    return str(dict(Language.choices).get(code, code))


def language_inside(code: str) -> str:
    """In the middle of a sentence: English alone keeps its capital."""
    name = language_label(code)
    return name if (get_language() or "es")[:2] == "en" else name.lower()


def languages_label(codes: Sequence[str]) -> str:
    """In a sentence: `Spanish and Portuguese`, each language of the portal by its own grammar."""
    names = [language_inside(code) for code in codes]
    if len(names) < 2:
        return "".join(names)
    said = {"first": ", ".join(names[:-1]), "last": names[-1]}
    if names[-1].startswith("i"):  # Spanish says `e` before that sound
        return pgettext("before an i", "%(first)s and %(last)s") % said
    return _now("%(first)s and %(last)s") % said


def country_label(code: str) -> str:
    """A country by its two letters, or a reach such as `regional`."""
    return str(dict(Extent.choices).get(code) or countries.name(code) or code)


def places_label(work: Work) -> str:
    """Its countries, or its reach."""
    named = [country_label(country.iso2) for country in work.countries.all()]
    return ", ".join(named) or (country_label(work.extent) if work.extent else "")


def byline(work: Work) -> str:
    """Who, where, when, of what is known: `Dini, M. · FOMIN, 2004`."""
    place = ", ".join(filter(None, (work.publisher, str(work.year or ""))))
    return " · ".join(filter(None, (authors_label(work.authors.all()), place)))


def authors_label(authors: Iterable[Author]) -> str:
    """As a title page has them: `Pietrobelli, C.; Rabellotti, R. (eds.)`."""
    wrote: list[str] = []
    edited: list[str] = []
    for author in authors:
        (edited if author.role == AuthorRole.EDITOR else wrote).append(str(author))
    if edited:
        mark = ngettext("ed.", "eds.", len(edited))
        edited[-1] = _now("%(name)s (%(mark)s)") % {"name": edited[-1], "mark": mark}
    return "; ".join([*wrote, *edited])
