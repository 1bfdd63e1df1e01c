"""The text of a kept file, part by part, and the face of its first page."""

import base64
import time
from collections.abc import Iterator
from typing import IO, NamedTuple

from pip_network.choices import FileKind

from . import reading

SECONDS = 20  # of processor time
LOST = 3  # pages at which the process may end; then it is the file


class Part(NamedTuple):
    """`label` is "" for a page, else `slide`, `sheet` or `part`. Numbers count from 1."""

    number: int
    label: str
    text: str


class Extraction:
    """One reading of a file. Once `parts` has come to its end the rest says how it went."""

    def __init__(self, file: IO[bytes], kind: FileKind | str) -> None:
        self.file, self.kind = file, FileKind(kind)
        self.preview = b""  # WebP
        self.unread: list[int] = []  # parts that could not be read, beside those that could
        self.is_cut = False  # the time was over, or too many were lost: what follows is not read
        self.refused = ""  # why the file is not read: the key of a sentence

    def parts(self) -> Iterator[Part]:
        """What was read stays read: a process that ends in the middle of a part is followed by one
        that goes on behind it.
        """
        until = time.monotonic() + reading.WALL_SECONDS
        reached = read = 0
        while (left := until - time.monotonic()) > 0 and len(self.unread) <= LOST:
            self.refused = ""
            errand = {
                "do": "read",
                "kind": self.kind,
                "after": reached,
                "seconds": max(1, min(SECONDS, int(left))),
            }
            for answer in reading.ask(self.file, errand, wall=left):
                if "page" in answer:
                    reached = answer["page"]
                    read += 1
                    yield Part(reached, answer["label"], answer["text"])
                    if answer.get("unread"):
                        self.unread.append(reached)
                elif "preview" in answer:
                    self.preview = base64.b64decode(answer["preview"])
                else:
                    self.refused = answer.get("refused", "")
            if self.refused != "heavy":
                break
            reached += 1
            self.unread.append(reached)
            yield Part(reached, "", "")
        self.is_cut = self.refused == "heavy"
        if read and self.refused == "heavy":
            self.refused = ""
