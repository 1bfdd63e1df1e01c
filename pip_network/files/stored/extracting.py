"""The text of a kept file, part by part, and the face of its first page."""

import base64
import time
import unicodedata
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import IO, NamedTuple

from django.core.files import File

from pip_network.choices import FileKind

from . import reading

SECONDS = 20  # of processor time
PART_SECONDS = 5  # of it, for one part
LETTERS = 20_000_000  # of a file; what follows is not read
LOST = 3  # parts at which the process may end; then it is the file


class Part(NamedTuple):
    """`label` is "" for a page, else `slide`, `sheet` or `part`. Numbers count from 1."""

    number: int
    label: str
    text: str


class Extraction:
    """One reading of a file. Once `parts` has come to its end the rest says how it went."""

    def __init__(self, file: IO[bytes] | File, kind: FileKind | str) -> None:
        self.file, self.kind = file, FileKind(kind)
        self.preview = b""  # WebP
        self.reached = 0  # the last part that was read, or that could not be
        self.unread: list[int] = []  # parts that could not be read, beside those that could
        self.is_cut = False  # the time was over, or it was too much: what follows is not read
        self.refused = ""  # why the file is not read: the key of a sentence

    def parts(self) -> Iterator[Part]:
        """What was read stays read: a process that ends in the middle of a part is followed by one
        that goes on behind it.
        """
        until = time.monotonic() + reading.WALL_SECONDS
        read = letters = 0
        while (left := until - time.monotonic()) > 0 and len(self.unread) <= LOST:
            with closing(self._parts(left)) as parts:
                for part in parts:
                    read += 1
                    letters += len(part.text)
                    yield part
                    if letters > LETTERS:
                        self.is_cut = True
                        return
            if self.refused != "heavy":
                return
            self.reached += 1
            self.unread.append(self.reached)
            yield Part(self.reached, "", "")
        self.is_cut = True
        if read:
            self.refused = ""

    def _parts(self, left: float) -> Generator[Part, None, None]:
        """Those behind the last one, by one process that has so many seconds left."""
        self.refused = ""
        errand = {
            "do": "read",
            "kind": self.kind,
            "after": self.reached,
            "seconds": max(1, min(SECONDS, int(left))),
            "part_seconds": PART_SECONDS,
        }
        with closing(reading.ask(self.file, errand, wall=left)) as answers:
            for answer in answers:
                if "page" in answer:
                    self.reached = answer["page"]
                    if answer.get("unread"):
                        self.unread.append(self.reached)
                    yield Part(self.reached, answer["label"], writable(answer["text"]))
                elif "preview" in answer:
                    self.preview = base64.b64decode(answer["preview"])
                else:
                    self.refused = answer.get("refused", "")


def writable(text: str) -> str:
    """In composed letters, without controls and halves of letters, which no database takes."""
    whole = text.encode("utf-8", "ignore").decode()
    kept = (letter for letter in whole if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return unicodedata.normalize("NFC", "".join(kept))
