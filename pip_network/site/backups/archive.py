"""Reading a backup that may be damaged, cut short or made by somebody who means harm: nothing of it
is believed unchecked.
"""

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from . import BackupError
from .taking import FORMAT, MANIFEST, PIECE

MANIFEST_BYTES = 64 * 1024 * 1024
TABLE = re.compile(r"tables/[a-z][a-z0-9_]{0,62}\.jsonl")
DIGEST = re.compile(r"[0-9a-f]{64}")
DAMAGED = "This file is damaged or was never written to its end ({why}). Take another backup."
WHAT_READING_RAISES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Archive:
    """An opened backup whose manifest is well formed and names exactly what is inside."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        names = file.namelist()
        if names[-1:] != [MANIFEST] or len(set(names)) != len(names):
            raise BackupError(DAMAGED.format(why="its list of contents is not at its end"))
        self.manifest = _manifest(file)
        self.members: dict[str, dict] = self.manifest["members"]
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
        return [name for name in self.members if name.startswith("media/")]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a table; raises BackupError when they are not, to the byte, what was
        written.
        """
        digest, size, wanted = hashlib.sha256(), 0, self.members[name]
        with _reading(name), self.file.open(name) as member:
            for line in _bounded(member, wanted["bytes"]):
                digest.update(line)
                size += len(line)
                yield line
        _compare(name, digest, size, wanted)

    def copy(self, name: str, target: Path) -> None:
        """Write one file; raises BackupError when it is not, to the byte, what was backed up."""
        digest, size, wanted = hashlib.sha256(), 0, self.members[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        with _reading(name), self.file.open(name) as member, target.open("xb") as file:
            while piece := member.read(PIECE):
                size += len(piece)
                if size > wanted["bytes"]:
                    break
                digest.update(piece)
                file.write(piece)
        _compare(name, digest, size, wanted)

    def check(self) -> None:
        """Read all of it once and compare; writes nothing."""
        for name, wanted in self.members.items():
            digest, size = hashlib.sha256(), 0
            with _reading(name), self.file.open(name) as member:
                while piece := member.read(PIECE):
                    size += len(piece)
                    if size > wanted["bytes"]:
                        break
                    digest.update(piece)
            _compare(name, digest, size, wanted)

    def require_room(self, folder: Path) -> None:
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


def _manifest(file: zipfile.ZipFile) -> dict:
    if file.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
        raise BackupError(DAMAGED.format(why="its list of contents is too long"))
    with _reading(MANIFEST):
        read = json.loads(file.read(MANIFEST))
    if not isinstance(read, dict) or "format" not in read:
        raise BackupError(DAMAGED.format(why="its list of contents says nothing"))
    if read["format"] != FORMAT:
        raise BackupError(
            f"This backup has format {read['format']!r}; this version ({FORMAT}) reads format "
            f"{FORMAT}."
            " Restore it with the version of the portal that made it."
        )
    shapes = {
        "application": str,
        "taken_at": str,
        "migrations": list,
        "record": dict,
        "next_numbers": dict,
        "columns": dict,
        "members": dict,
    }
    well = all(isinstance(read.get(name), shape) for name, shape in shapes.items())
    well = well and all(
        isinstance(each, str) and each.count(".") == 1 for each in read["migrations"]
    )
    well = well and all(
        isinstance(number, int) and 0 < number < 2**62 for number in read["next_numbers"].values()
    )
    well = well and all(isinstance(names, list) for names in read["columns"].values())
    well = (
        well
        and isinstance(read["record"].get("number"), int)
        and isinstance(read["record"].get("hash"), str)
    )
    if not well or not all(_well_formed(name, member) for name, member in read["members"].items()):
        raise BackupError(DAMAGED.format(why="its list of contents makes no sense"))
    return read


def _well_formed(name: str, member: object) -> bool:
    if (
        not isinstance(member, dict)
        or not isinstance(member.get("bytes"), int)
        or member["bytes"] < 0
    ):
        return False
    if not isinstance(member.get("sha256"), str) or not DIGEST.fullmatch(member["sha256"]):
        return False
    return _safe(name) and (not name.startswith("tables/") or isinstance(member.get("rows"), int))


def _safe(name: str) -> bool:
    """Inside the folder it says and nowhere else, on any system."""
    if TABLE.fullmatch(name):
        return True
    parts = name.split("/")
    plain = not any(each in ("", ".", "..") or each.startswith(".") for each in parts)
    strange = "\\" in name or ":" in name or any(ord(letter) < 32 for letter in name)
    return (
        name.startswith("media/")
        and plain
        and not strange
        and PurePosixPath(name).as_posix() == name
    )


def _judge(info: zipfile.ZipInfo, member: dict) -> None:
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


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except WHAT_READING_RAISES as error:
        raise BackupError(
            DAMAGED.format(why=f"{name} cannot be read: {type(error).__name__}")
        ) from error


def _compare(name: str, digest, size: int, wanted: dict) -> None:
    if (size, digest.hexdigest()) != (wanted["bytes"], wanted["sha256"]):
        raise BackupError(DAMAGED.format(why=f"{name} is not what was written"))
