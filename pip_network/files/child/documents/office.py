"""Office files are archives: which one it is, and whether something in it acts by itself."""

import re
from pathlib import PurePosixPath
from typing import BinaryIO

from ..refusals import Refused
from .archive import Archive

CONTENT_TYPES = "[Content_Types].xml"
# The part that makes the file what it is, and the type that this part must have.
MICROSOFT = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
}
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
PROGRAMS = re.compile(
    r"vbaproject\.bin|vbadata\.xml|.*\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|hta|lnk|class|msi|sh)"
)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External")
FETCHED = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument)[\"']")
FOLDERS_THAT_ACT = {"activex", "basic", "scripts"}


def office_kind(file: BinaryIO) -> str:
    """docx, xlsx, pptx, odt, ods or odp. Raises Refused for any other archive."""
    archive = Archive(file)
    kind = microsoft_kind(archive) or open_kind(archive)
    if not kind:
        raise Refused("kind")
    for name in archive.members:
        path = PurePosixPath(name.lower())
        if PROGRAMS.fullmatch(path.name) or FOLDERS_THAT_ACT & set(path.parts[:-1]):
            raise Refused("macros")
    for name in archive.members:  # all of it: a part that is damaged, or grows, is found here
        content = archive.read(name)
        if name.endswith(".rels"):
            check_relations(content)
    return kind


def check_relations(content: bytes) -> None:
    """Raises Refused for what is fetched from elsewhere as the file is opened: links are followed
    by people, templates and objects by themselves.
    """
    for relation in RELATION.findall(content):
        if OUTSIDE.search(relation) and FETCHED.search(relation):
            raise Refused("reaches_out")


def microsoft_kind(archive: Archive) -> str:
    if CONTENT_TYPES not in archive:
        return ""
    types = archive.read(CONTENT_TYPES)
    if b"macroEnabled" in types:
        raise Refused("macros")
    for kind, (part, content_type) in MICROSOFT.items():
        if part in archive and content_type in types:
            return kind
    return ""


def open_kind(archive: Archive) -> str:
    if "mimetype" not in archive or "content.xml" not in archive:
        return ""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused("encrypted")
    return OPEN.get(archive.read("mimetype").strip(), "")
