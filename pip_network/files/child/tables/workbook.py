"""Workbooks (.xlsx): the guards over their parts first, then the library that reads the cells."""

from pathlib import PurePosixPath

from ..refusals import Refused
from .answers import Answer, Faults, Limits
from .archive import unpacked
from .markup import local, parse, plain_parser
from .scan import Scan

OPENDOCUMENT = b"application/vnd.oasis.opendocument"
CONTENT_TYPES = "[Content_Types].xml"


def read_workbook(data: bytes, limits: Limits) -> Answer:
    """Its sheets, cell by cell. Raises Refused."""
    parts = unpacked(data, limits)
    check_parts(parts)
    titles = sheet_titles(parts)
    faults = Faults()
    scans: dict[str, Scan] = {}
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            title = titles.get(name, name)
            scans[title] = Scan(title, limits, faults)
            scans[title].run(content)
    from .sheets import read_sheets  # noqa: PLC0415 -- its library, only after the guards

    sheets = read_sheets(data, limits, faults, scans)
    return {"sheets": sheets, "faults": faults.rows, "notes": {"kind": "xlsx"}}


def check_parts(parts: dict[str, bytes]) -> None:
    """Raises Refused for other kinds of workbooks, and for what acts or reaches out of the file."""
    if parts.get("mimetype", b"").startswith(OPENDOCUMENT):
        raise Refused("opendocument")
    if "xl/workbook.bin" in parts:
        raise Refused("binary_excel")
    if "xl/workbook.xml" not in parts or CONTENT_TYPES not in parts:
        raise Refused("kind", found="archive")
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in parts) or (
        b"macroEnabled" in parts[CONTENT_TYPES]
    ):
        raise Refused("macros")
    if any(name.lower().startswith("xl/externallinks/") for name in parts):
        raise Refused("external_links")


def sheet_titles(parts: dict[str, bytes]) -> dict[str, str]:
    """The name a person gave each sheet, by the member that holds it."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            key = next((value for key, value in attributes.items() if local(key) == "id"), "")
            target = targets.get(key, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            titles[member] = attributes.get("name", "")

    for member, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = plain_parser()
        parser.StartElementHandler = handler
        parse(parser, parts.get(member, b"<none/>"))
    return titles
