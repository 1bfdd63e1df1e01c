"""Unpacking under guard: what an archive declares about itself is not believed."""

import io
import zipfile

from ..members import CHUNK, check_member
from ..refusals import Refused
from .answers import Limits


def unpacked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every member, inflated under count. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, limits)
            return _inflated(archive, members, len(data), limits)
    except Refused:
        raise
    except Exception as error:  # zlib.error and what a later library may add: a damaged archive
        raise Refused("damaged") from error


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits["members"]:
        raise Refused("members", most=limits["members"])
    if len({member.filename.lower() for member in members}) < len(members):
        raise Refused("duplicates")


def _inflated(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], size: int, limits: Limits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        check_member(member)
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                _check_total(total, size, limits)
                chunks.append(chunk)
        parts[member.filename] = b"".join(chunks)
    return parts


def _check_total(total: int, size: int, limits: Limits) -> None:
    """`total` bytes came so far out of a file of `size` bytes."""
    if total > limits["unpacked"]:
        raise Refused("unpacked", most=limits["unpacked"])
    if total > limits["ratio_from"] and total > limits["ratio"] * size:
        raise Refused("ratio", most=limits["ratio"])
