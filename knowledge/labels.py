"""Words of the library in the reader's language: the records keep them as their sources do, in
Spanish or as codes.
"""

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from knowledge.models import Work

TYPES = {
    "artículo": _("article"),
    "buenas prácticas": _("good practices"),
    "capítulo": _("chapter"),
    "cuaderno": _("training booklet"),
    "documento de discusión": _("discussion paper"),
    "documento de trabajo": _("working paper"),
    "documento técnico": _("technical paper"),
    "estudio de caso": _("case study"),
    "evaluación": _("evaluation"),
    "folleto técnico": _("technical brochure"),
    "guía": _("guide"),
    "guía de aprendizaje": _("learning guide"),
    "informe": _("report"),
    "informe de reunión": _("meeting report"),
    "informe de trabajo": _("working report"),
    "informe técnico": _("technical report"),
    "libro": _("book"),
    "manual": _("manual"),
    "memoria": _("proceedings"),
    "norma": _("standard"),
    "nota técnica": _("technical note"),
    "ponencia": _("conference paper"),
    "póster/artículo": _("poster and article"),
    "termo de referência": _("terms of reference"),
}
LANGUAGES = {"es": _("Spanish"), "en": _("English"), "pt": _("Portuguese")}
REACH = {"Regional": _("Regional"), "Global": _("Global")}
PERIODS = {
    "2008-": _("2008 and later"),
    "2004-2007": _("2004 to 2007"),
    "2000-2003": _("2000 to 2003"),
    "-1999": _("Before 2000"),
    "none": _("No year"),
}

# How each product of the programme is represented in the library; the sources' own words are in the
# record's note.
PRODUCTS = {
    1: _("The book of the programme's case studies."),
    2: _("Closest match to the product's name: an inference, its year is not visible."),
    3: _("The manual itself; only its opening could be read."),
    4: _("Closest to the method of collective action: no text under that exact name was found."),
    5: _("Closest match: an inference, because its author signs as a consultant of the MIF."),
    6: _("The product is an initiative, not a text: this is the nearest record of that circle."),
    7: _("The guide itself, in its modules; its year is not visible."),
}


def type_label(work: Work) -> str:
    """The kind of work, in the reader's language where it is one of ours."""
    return str(TYPES.get(work.type, work.type))


def language_label(code: str) -> str:
    """The language called `code`, or the code where it is none of ours."""
    return str(LANGUAGES.get(code, code))


def country_label(code: str) -> str:
    """A country by its two letters, or a reach such as `Regional`."""
    if code in REACH:
        return str(REACH[code])
    return str(countries.name(code)) or code if len(code) == 2 else code
