"""The thesaurus as others read it: SKOS, in RDF/XML."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from knowledge.models import Concept

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ET.register_namespace("rdf", RDF)
ET.register_namespace("skos", SKOS)


@require_safe
def thesaurus(_request: HttpRequest) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('thesaurus')}"
    text = ET.tostring(document(Concept.objects.order_by("code"), address), encoding="utf-8")
    return HttpResponse(
        b'<?xml version="1.0" encoding="utf-8"?>\n' + text, content_type="application/rdf+xml"
    )


def document(concepts: Iterable[Concept], address: str) -> ET.Element:
    """All of `concepts` under one scheme, whose address names each with its code."""
    root = ET.Element(f"{{{RDF}}}RDF")
    scheme = ET.SubElement(root, f"{{{SKOS}}}ConceptScheme", {f"{{{RDF}}}about": address})
    for language, _name in settings.LANGUAGES:
        with override(language):
            label(scheme, "prefLabel", language, _("Words of the field in three languages"))
    for concept in concepts:
        about = {f"{{{RDF}}}about": f"{address}#{concept.code}"}
        element = ET.SubElement(root, f"{{{SKOS}}}Concept", about)
        ET.SubElement(element, f"{{{SKOS}}}inScheme", {f"{{{RDF}}}resource": address})
        for language, _name in settings.LANGUAGES:
            for place, term in enumerate(concept.terms(language)):
                label(element, "altLabel" if place else "prefLabel", language, term)
    return root


def label(element: ET.Element, kind: str, language: str, text: str) -> None:
    ET.SubElement(element, f"{{{SKOS}}}{kind}", {LANGUAGE: language}).text = text
