"""The XML inside a workbook, read by the parser of the standard library without any declarations."""

from typing import NoReturn
from xml.parsers import expat

from ..refusals import Refused


def plain_parser() -> expat.XMLParserType:
    """A parser that refuses a document type, and with it every entity."""
    parser = expat.ParserCreate()

    def doctype(*_declared: object) -> NoReturn:
        raise Refused("entities")

    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse(parser: expat.XMLParserType, content: bytes) -> None:
    """Run `parser` over `content`; raises Refused when it is no XML."""
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("damaged") from error


def local(name: str) -> str:
    """The name of an element or attribute without the prefix of its namespace."""
    return name.rpartition(":")[2]
