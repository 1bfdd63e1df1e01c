"""The record of a work in unqualified Dublin Core: what is in a language says in which."""

from collections.abc import Iterator

from django.utils.translation import override
from lxml import etree

from knowledge.exchange.csl import cited_in, csl, plain
from knowledge.exchange.heads import year
from knowledge.exchange.ris import written
from knowledge.labels import country_label, type_label
from knowledge.models import Work

from .xml import DC, LANGUAGE, OAI_DC, SCHEMA_LOCATION

PREFIX = "oai_dc"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
Values = Iterator[tuple[str, str, str]]  # name, value, language


def dublin_core(work: Work) -> etree._Element:
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={PREFIX: OAI_DC, "dc": DC})
    root.set(SCHEMA_LOCATION, f"{OAI_DC} {SCHEMA}")
    cited = cited_in(work, "")
    language = cited.language if cited else "es"
    with override(language):
        for name, value, of in (*in_languages(work), *facts(work, language)):
            if value:
                element = etree.SubElement(root, f"{{{DC}}}{name}")
                element.text = value
                if of:
                    element.set(LANGUAGE, of)
    return root


def in_languages(work: Work) -> Values:
    """The original first. A title that only the network translated helps to find the work, but the
    work is not in that language.
    """
    for one in work.expressions.all():
        yield "title", plain(one.title), one.language
    for one in work.expressions.all():
        yield "description", plain(one.abstract), one.language
    for language in work.languages:
        yield "language", language, ""


def facts(work: Work, language: str) -> Values:
    """What the record says once, in the language of the work."""
    item = csl(work, language)
    for role, name in (("author", "creator"), ("editor", "contributor")):
        for one in item.get(role, ()):
            yield name, written(one), ""
    for theme in work.themes.all():
        yield "subject", str(theme), language
    for country in work.countries.all():
        yield "coverage", country_label(country.iso2), language
    if work.extent:
        yield "coverage", country_label(work.extent), language
    yield "type", type_label(work.type), language
    yield "publisher", item.get("publisher", ""), ""
    yield "source", item.get("container-title", ""), ""
    yield "date", year(item) if "issued" in item else "", ""
    yield "rights", plain(work.licence), ""
    yield "identifier", item["URL"], ""
    if "DOI" in item:
        yield "identifier", f"doi:{item['DOI']}", ""
