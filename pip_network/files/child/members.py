"""The members of an archive: what it declares about them is not believed."""

import zipfile
from pathlib import PurePosixPath

from .refusals import Refused

CHUNK = 1 << 16  # bytes that are unpacked at a time


def check_member(member: zipfile.ZipInfo) -> None:
    """Raises Refused for one that climbs out of the archive, is encrypted or packed in a rare way."""
    path = PurePosixPath(member.filename)
    climbs = path.is_absolute() or ".." in path.parts
    if climbs or "\\" in member.filename or "\0" in member.filename:
        raise Refused("damaged")
    if member.flag_bits & 0x1:
        raise Refused("encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("damaged")
