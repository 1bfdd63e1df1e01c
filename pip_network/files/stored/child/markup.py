"""The XML inside office files, read element by element, without any declarations."""

import io
from collections.abc import Iterator

from lxml import etree

from .refusals import Refused

DEEPEST = 400  # elements inside one another; documents have some thirty


def elements(content: bytes, *, begins: bool = False) -> Iterator[tuple[str, str, etree._Element]]:
    """(`start` or `end`, name without its namespace, element); only ends unless `begins`.

    Raises Refused for what is no XML, declares entities, or is nested without end.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("damaged")
    deep = 0
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            deep += 1 if event == "start" else -1
            if deep > DEEPEST:
                raise Refused("bomb")
            if event == "end" or begins:
                yield event, etree.QName(element).localname, element
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def forget(element: etree._Element) -> None:
    """What was read needs no memory any more."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
