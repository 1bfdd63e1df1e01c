"""PowerPoint: one part a slide, in the order in which they are shown, with the speaker's notes."""

from collections.abc import Iterator
from posixpath import normpath

from ..refusals import Refused
from .archive import Archive
from .markup import elements

PRESENTATION = "ppt/presentation.xml"


def slides(archive: Archive) -> Iterator[str]:
    """The text of each slide, then of its notes. Raises Refused."""
    targets = _relations(archive, PRESENTATION)
    for key in _order(archive.read(PRESENTATION)):
        name = targets.get(key, "")
        if name not in archive:
            raise Refused("damaged")
        texts = [_text(archive.read(name))]
        texts += [
            _text(archive.read(target))
            for target in _relations(archive, name).values()
            if "notesSlide" in target and target in archive
        ]
        yield "\n".join(filter(None, texts))


def _order(content: bytes) -> list[str]:
    """The keys of the slides: an attribute `id` with a namespace, beside a number without one."""
    return [
        value
        for _event, name, element in elements(content)
        if name == "sldId"
        for key, value in element.attrib.items()
        if key.endswith("}id")
    ]


def _relations(archive: Archive, part: str) -> dict[str, str]:
    """Key -> the part of the archive that `part` names by it."""
    folder, _slash, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive:
        return {}
    found = {}
    for _event, kind, element in elements(archive.read(relations)):
        if kind == "Relationship" and element.get("TargetMode") != "External":
            target = element.get("Target", "")
            path = target[1:] if target.startswith("/") else normpath(f"{folder}/{target}")
            found[element.get("Id", "")] = path
    return found


def _text(content: bytes) -> str:
    pieces = []
    for _event, name, element in elements(content):
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("p", "br"):
            pieces.append("\n")
    return "".join(pieces).strip("\n")
