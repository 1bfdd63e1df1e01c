"""What the repository says of itself."""

import re
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from knowledge.models import Work

from . import dublin_core, stamps
from .identifiers import domain, identifier_of
from .sets import all_sets
from .xml import DC, LANGUAGE, OAI_DC, SCHEMA_LOCATION, address, child

IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DOMAIN = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")


def put_identity(answer: etree._Element) -> None:
    earliest = Work.objects.once_public().aggregate(first=Min("changed_at"))["first"]
    _name, contact = parseaddr(settings.CONTACT_EMAIL or settings.DEFAULT_FROM_EMAIL)
    with override(settings.LANGUAGE_CODE):
        name = f"{_('PIP Network')}: {_('Library')}"
    for element, value in (
        ("repositoryName", name),
        ("baseURL", address()),
        ("protocolVersion", "2.0"),
        ("adminEmail", contact),
        ("earliestDatestamp", stamps.written(earliest or timezone.now())),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        child(answer, element, value)
    if DOMAIN.fullmatch(domain()):  # the schema knows no other names of machines
        child(answer, "description").append(form_of_identifiers())


def form_of_identifiers() -> etree._Element:
    root = etree.Element(f"{{{IDENTIFIER}}}oai-identifier", nsmap={None: IDENTIFIER})
    root.set(SCHEMA_LOCATION, f"{IDENTIFIER} {IDENTIFIER}.xsd")
    for name, value in (
        ("scheme", "oai"),
        ("repositoryIdentifier", domain()),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of("K1")),
    ):
        etree.SubElement(root, f"{{{IDENTIFIER}}}{name}").text = value
    return root


def put_formats(answer: etree._Element) -> None:
    row = child(answer, "metadataFormat")
    child(row, "metadataPrefix", dublin_core.PREFIX)
    child(row, "schema", dublin_core.SCHEMA)
    child(row, "metadataNamespace", OAI_DC)


def put_sets(answer: etree._Element) -> None:
    """Each by its name in the first language of the portal, and described by all of them."""
    names: dict[str, dict[str, str]] = {}
    for language in (settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)):
        with override(language):
            for spec, name in all_sets():
                names.setdefault(spec, {})[language] = name
    for spec, known in names.items():
        row = child(answer, "set")
        child(row, "setSpec", spec)
        child(row, "setName", known[settings.LANGUAGE_CODE])
        child(row, "setDescription").append(titles(known))


def titles(known: dict[str, str]) -> etree._Element:
    prefixes = {dublin_core.PREFIX: OAI_DC, "dc": DC}
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=prefixes)
    root.set(SCHEMA_LOCATION, f"{OAI_DC} {dublin_core.SCHEMA}")
    for language, name in known.items():
        element = etree.SubElement(root, f"{{{DC}}}title")
        element.text = name
        element.set(LANGUAGE, language)
    return root
