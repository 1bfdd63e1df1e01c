"""The words of tus 1.0.0: what stands in the headers of a request, and of its answer."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from pip_network.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha1", "sha256")
PIECE_TYPE = "application/offset+octet-stream"
CHUNK = 1 << 16
WHOLE = re.compile(r"\d{1,15}", re.ASCII)


class Malformed(Exception):
    """A request that breaks the protocol; `status` is the one that tus names for it."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


def number(request: HttpRequest, header: str) -> int:
    """A header that holds a whole number. Raises Malformed."""
    value = request.headers.get(header, "")
    if not WHOLE.fullmatch(value):
        raise Malformed(400, f"{header} is missing, or no whole number.")
    return int(value)


def length(request: HttpRequest) -> int:
    """Of the body, as the client says it; 0 where it says nothing of use."""
    value = request.headers.get("Content-Length", "")
    return int(value) if WHOLE.fullmatch(value) else 0


def file_name(request: HttpRequest) -> str:
    """The name in Upload-Metadata (`filename <base64>, ...`); empty where there is none."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key in ("filename", "name"):
            try:
                return base64.b64decode(value, validate=True).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError):
                raise Malformed(400, "Upload-Metadata is not what tus says.") from None
    return ""


def pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body. A line that is lost ends it: what came before counts."""
    try:
        while piece := request.read(CHUNK):
            yield piece
    except OSError:  # UnreadablePostError too
        return


def checked(request: HttpRequest) -> bytes | None:
    """The body of a piece with a checksum, which counts as a whole or not at all; None without one.

    Raises Malformed: 400 for a checksum that cannot be read, 460 when it is another one.
    """
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Malformed(400, f"Upload-Checksum is by one of {', '.join(ALGORITHMS)}.")
    try:
        declared = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise Malformed(400, "Upload-Checksum is not what tus says.") from None
    if length(request) > settings.UPLOAD_MOST_BYTES:
        raise Malformed(413, "The piece is too long.")
    body = b"".join(pieces(request))
    if hashlib.new(algorithm, body, usedforsecurity=False).digest() != declared:
        raise Malformed(460, "Checksum Mismatch")
    return body


def answer(status: int, upload: Upload | None = None, said: str = "") -> HttpResponse:
    """An answer with what every answer says, and how far the upload is."""
    response = HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    if upload is not None:
        response["Upload-Offset"] = str(upload.offset)
        response["Upload-Length"] = str(upload.size)
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def offers() -> HttpResponse:
    """What OPTIONS tells."""
    response = answer(204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(settings.UPLOAD_MOST_BYTES)
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response
