"""The name that a person gave a file: shown, and given back with the ending of what it really is."""

import unicodedata
from pathlib import PurePosixPath

from pip_network.choices import FileKind

LONGEST = 120  # letters, which leaves room in every file system
ENDINGS = {FileKind.JPEG: "jpg"}
KNOWN = {*FileKind.values, "jpg", "text", "log"}
UNWANTED = set('<>:"/\\|?*')


def cleaned(name: str) -> str:
    """The last part of the path, in composed letters, without what cannot be seen or is no letter
    of a file's name; `file` when nothing is left.
    """
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(map(_kept, last))
    words = " ".join(kept.split()).strip(" .")
    stem, dot, ending = words.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: LONGEST - 9].rstrip()}.{ending}" if stem else "file"
    return words[:LONGEST].rstrip() or "file"


def download_name(original: str, kind: str) -> str:
    """The name under which it is handed out: hers, with the ending of the kind that was found."""
    stem, _dot, ending = original.rpartition(".")
    bare = stem if stem and ending.lower() in KNOWN else original
    return f"{bare}.{ENDINGS.get(FileKind(kind), kind)}"


def _kept(letter: str) -> str:
    """Marks of direction and of no width go; controls, private letters and what systems refuse
    become a space.
    """
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if letter in UNWANTED or category[0] == "C" else letter
