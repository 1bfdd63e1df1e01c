"""Asking the repository, and reading what it answers. Every answer is held against the schemas of
the protocol where OAI_SCHEMAS names their folder: they are not ours to carry along.
"""

import os
from functools import cache
from pathlib import Path

from django.test import Client
from lxml import etree

from knowledge.exchange.oai.xml import DC, OAI

ADDRESS = "/library/oai"
SCHEMAS = os.environ.get("OAI_SCHEMAS", "")
IDENTIFIER = "oai-identifier"
NS = {"o": OAI, "dc": DC}


@cache
def schema() -> etree.XMLSchema:
    """Of all that stands in an answer: each of these leaves the others to whoever asks."""
    imports = "".join(
        f'<import namespace="{OAI}{space}" schemaLocation="{file}.xsd"/>'
        for space, file in (("", "OAI-PMH"), ("oai_dc/", "oai_dc"), (IDENTIFIER, IDENTIFIER))
    )
    text = f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{imports}</schema>'
    return etree.XMLSchema(etree.fromstring(text, base_url=f"{Path(SCHEMAS).resolve()}/all.xsd"))


def read(text: bytes) -> etree._Element:
    root = etree.fromstring(text)
    if SCHEMAS:
        schema().assertValid(root)
    assert [etree.QName(child).localname for child in root][:2] == ["responseDate", "request"]
    assert len(root) == 3
    return root


def ask(client: Client, verb: str, **asked: str) -> etree._Element:
    """`since` stands for `from`, which Python keeps for itself."""
    if "since" in asked:
        asked["from"] = asked.pop("since")
    answer = client.get(ADDRESS, {"verb": verb, **asked})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return read(answer.content)


def records(client: Client, verb: str = "ListRecords", **asked: str) -> etree._Element:
    return ask(client, verb, metadataPrefix="oai_dc", **asked)


def error(root: etree._Element) -> str:
    """Its code; empty for an answer."""
    found = root.find("o:error", NS)
    return "" if found is None else found.get("code")


def codes(root: etree._Element) -> list[str]:
    """Of the works of a list; those that are deleted with a minus."""
    return [
        ("-" if header.get("status") == "deleted" else "")
        + header.findtext("o:identifier", namespaces=NS).rpartition(":")[2]
        for header in root.iter(f"{{{OAI}}}header")
    ]


def token(root: etree._Element) -> str | None:
    return root.findtext(".//o:resumptionToken", namespaces=NS)


def said(root: etree._Element, name: str) -> list[str]:
    """The values of an element of Dublin Core, those in a language as `es: text`."""
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    return [
        f"{one.get(language)}: {one.text}" if one.get(language) else one.text
        for one in root.iterfind(f".//dc:{name}", NS)
    ]
