"""The list of contents of a backup: what it says, and what it must say to be believed."""

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, NotRequired, TypedDict, TypeGuard

from . import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
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
SHAPES = {
    "application": str,
    "taken_at": str,
    "migrations": list,
    "record": dict,
    "next_numbers": dict,
    "columns": dict,
    "members": dict,
}


class Member(TypedDict):
    """One file of the backup; a table also says how many rows it has."""

    sha256: str
    bytes: int
    rows: NotRequired[int]


class Head(TypedDict):
    """The last approval of the record."""

    number: int
    hash: str


class Manifest(TypedDict):
    """`columns` and `next_numbers` are by table, `members` by their names in the archive."""

    format: int
    application: str
    taken_at: str
    database: str
    migrations: list[str]
    record: Head
    next_numbers: dict[str, int]
    columns: dict[str, list[str]]
    members: dict[str, Member]


def read_manifest(file: zipfile.ZipFile) -> Manifest:
    """The list of contents of a backup; raises BackupError when it is none of ours."""
    if file.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
        raise BackupError(DAMAGED.format(why="its list of contents is too long"))
    with reading(MANIFEST):
        read = json.loads(file.read(MANIFEST))
    if not isinstance(read, dict) or "format" not in read:
        raise BackupError(DAMAGED.format(why="its list of contents says nothing"))
    if read["format"] != FORMAT:
        raise BackupError(
            f"This backup has format {read['format']!r}; this version ({FORMAT}) reads format "
            f"{FORMAT}."
            " Restore it with the version of the portal that made it."
        )
    if not _is_manifest(read):
        raise BackupError(DAMAGED.format(why="its list of contents makes no sense"))
    return read


def _is_manifest(read: dict[str, Any]) -> TypeGuard[Manifest]:
    return (
        all(isinstance(read.get(name), shape) for name, shape in SHAPES.items())
        and all(isinstance(name, str) and name.count(".") == 1 for name in read["migrations"])
        and all(isinstance(n, int) and 0 < n < 2**62 for n in read["next_numbers"].values())
        and all(isinstance(names, list) for names in read["columns"].values())
        and isinstance(read["record"].get("number"), int)
        and isinstance(read["record"].get("hash"), str)
        and all(_is_member(name, member) for name, member in read["members"].items())
    )


def _is_member(name: str, member: object) -> bool:
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
    plain = not any(part == "" or part.startswith(".") for part in parts)
    strange = "\\" in name or ":" in name or any(ord(letter) < 32 for letter in name)
    return (
        name.startswith("media/")
        and plain
        and not strange
        and PurePosixPath(name).as_posix() == name
    )


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Whatever reading the member `name` raises, as a BackupError."""
    try:
        yield
    except WHAT_READING_RAISES as error:
        raise BackupError(
            DAMAGED.format(why=f"{name} cannot be read: {type(error).__name__}")
        ) from error
