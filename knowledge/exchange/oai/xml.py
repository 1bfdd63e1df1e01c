"""The frame of every answer."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from lxml import etree

from . import stamps
from .errors import OaiError

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def frame(asked: dict[str, str], at: dt.datetime) -> etree._Element:
    """An answer of a moment, with what was asked; an element of it is still to come."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{OAI} {OAI}OAI-PMH.xsd")
    child(root, "responseDate", stamps.written(at))
    request = child(root, "request", address())
    for name, value in asked.items():
        request.set(name, value)
    return root


def child(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{OAI}}}{name}")
    element.text = text or None
    return element


def refused(root: etree._Element, error: OaiError) -> None:
    child(root, "error", error.text).set("code", error.code)


def address() -> str:
    return f"{settings.PUBLIC_URL}{reverse('oai')}"
