"""The XML inside office files, read element by element, without any declarations."""

import io
from collections.abc import Iterator

from lxml import etree

from ..refusals import Refused


def elements(content: bytes, *, begins: bool = False) -> Iterator[tuple[str, str, etree._Element]]:
    """(`start` or `end`, name without its namespace, element); only ends unless `begins`.

    Raises Refused for what is no XML, declares entities, or is nested without end.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("damaged")
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,  # at most 256 elements inside one another, 10 MB of text in one
            remove_comments=True,
            remove_pis=True,
        ):
            if event == "end" or begins:
                yield event, etree.QName(element).localname, element
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def forget(element: etree._Element) -> None:
    """What was read needs no memory any more."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
