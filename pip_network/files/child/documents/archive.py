"""Unpacking under guard: what an archive declares about itself is not believed."""

import zipfile
from typing import BinaryIO

from ..members import CHUNK, check_member
from ..refusals import Refused

MEMBERS = 5_000
DIRECTORY = 1 << 20  # bytes, of the list of members
UNPACKED = 200 << 20  # bytes, of all that is unpacked
RATIO, RATIO_FROM = 200, 8 << 20  # unpacked bytes for one of the file, once it is worth asking
END = b"PK\x05\x06"


class Archive:
    """The parts of an office file. What is unpacked of it is counted over all its parts."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises Refused for an archive that is damaged, encrypted, doubled or too long."""
        self.size = file.seek(0, 2)
        self.unpacked = 0
        check_directory(file, self.size)
        try:
            self.zip = zipfile.ZipFile(file)
        except Exception as error:  # zlib.error, struct.error and what a later library may add
            raise Refused("damaged") from error
        self.members = {member.filename: member for member in self.zip.infolist()}
        if len({name.lower() for name in self.members}) < len(self.zip.infolist()):
            raise Refused("damaged")
        for member in self.members.values():
            check_member(member)

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """A part, unpacked under count. Raises Refused."""
        if name not in self.members:
            raise Refused("damaged")
        pieces = []
        try:
            with self.zip.open(self.members[name]) as stream:
                while piece := stream.read(CHUNK):
                    self.count(len(piece))
                    pieces.append(piece)
        except Refused:
            raise
        except Exception as error:
            raise Refused("damaged") from error
        return b"".join(pieces)

    def count(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > UNPACKED or self.unpacked > max(RATIO_FROM, RATIO * self.size):
            raise Refused("bomb")


def check_directory(file: BinaryIO, size: int) -> None:
    """The list of members is read into the memory at once: how long it is, is asked before."""
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) < place + 22:
        raise Refused("damaged")
    members = int.from_bytes(tail[place + 10 : place + 12], "little")
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    if members > MEMBERS or directory > DIRECTORY:
        raise Refused("bomb")
    file.seek(0)
