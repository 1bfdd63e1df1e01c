"""Reading a backup that may be damaged, cut short or made by somebody who means harm: nothing of it
is believed unchecked.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from . import BackupError
from .manifest import DAMAGED, MANIFEST, Member, read_manifest, reading

PIECE = 1024 * 1024  # bytes read at a time


class Digest(Protocol):
    """What hashlib makes."""

    def hexdigest(self) -> str: ...


class Archive:
    """An opened backup whose manifest is well formed and names exactly what is inside."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        names = file.namelist()
        if names[-1:] != [MANIFEST] or len(set(names)) != len(names):
            raise BackupError(DAMAGED.format(why="its list of contents is not at its end"))
        self.manifest = read_manifest(file)
        self.members = self.manifest["members"]
        if set(self.members) != set(names) - {MANIFEST}:
            raise BackupError(
                DAMAGED.format(why="it holds other things than its list of contents says")
            )
        for info in file.infolist():
            if info.filename != MANIFEST:
                _judge(info, self.members[info.filename])

    @property
    def tables(self) -> dict[str, str]:
        """Table -> member."""
        return {name[7:-6]: name for name in self.members if name.startswith("tables/")}

    @property
    def media(self) -> list[str]:
        """Members that are uploaded files."""
        return [name for name in self.members if name.startswith("media/")]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a table; raises BackupError when they are not, to the byte, what was
        written.
        """
        digest, size, declared = hashlib.sha256(), 0, self.members[name]
        with reading(name), self.file.open(name) as member:
            for line in _bounded(member, declared["bytes"]):
                digest.update(line)
                size += len(line)
                yield line
        _compare(name, digest, size, declared)

    def copy(self, name: str, target: Path) -> None:
        """Write one file; raises BackupError when it is not, to the byte, what was backed up."""
        digest, size, declared = hashlib.sha256(), 0, self.members[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        with reading(name), self.file.open(name) as member, target.open("xb") as file:
            while piece := member.read(PIECE):
                size += len(piece)
                if size > declared["bytes"]:
                    break
                digest.update(piece)
                file.write(piece)
        _compare(name, digest, size, declared)

    def check(self) -> None:
        """Read all of it once and compare; writes nothing."""
        for name, declared in self.members.items():
            digest, size = hashlib.sha256(), 0
            with reading(name), self.file.open(name) as member:
                while piece := member.read(PIECE):
                    size += len(piece)
                    if size > declared["bytes"]:
                        break
                    digest.update(piece)
            _compare(name, digest, size, declared)

    def require_room(self, folder: Path) -> None:
        """Raises BackupError when the files do not fit where `folder` is."""
        needed = sum(self.members[name]["bytes"] for name in self.media)
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise BackupError(
                f"The files of this backup need {needed // 10**6} MB; {folder} has {free // 10**6} MB free."
            )


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive in `path`; raises BackupError, with a sentence, for everything that is none."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except zipfile.BadZipFile:
        raise BackupError(DAMAGED.format(why="it has no end")) from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror}).") from None
    with file:
        yield Archive(file)


def _judge(info: zipfile.ZipInfo, member: Member) -> None:
    kind = (info.external_attr >> 16) & 0o170000
    if kind not in (0, 0o100000) or info.is_dir() or info.flag_bits & 1:
        raise BackupError(DAMAGED.format(why=f"{info.filename} is no plain file"))
    if info.file_size != member["bytes"]:
        raise BackupError(
            DAMAGED.format(why=f"{info.filename} has another size than its list of contents says")
        )


def _bounded(member: IO[bytes], size: int) -> Iterator[bytes]:
    """Lines until `size` bytes were read: a longer one is caught before it fills the memory."""
    left = size
    while left >= 0 and (line := member.readline(left + 1)):
        left -= len(line)
        yield line


def _compare(name: str, digest: Digest, size: int, declared: Member) -> None:
    if (size, digest.hexdigest()) != (declared["bytes"], declared["sha256"]):
        raise BackupError(DAMAGED.format(why=f"{name} is not what was written"))
