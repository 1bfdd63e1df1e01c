"""The virus scanner, where there is one: clamd, spoken to by its socket (INSTREAM)."""

import logging
import socket
from typing import IO

from django.conf import settings

from pip_network.choices import ScanState

log = logging.getLogger(__name__)

PIECE = 1 << 16
SECONDS = 20  # for each word of the scanner


def scan(file: IO[bytes]) -> ScanState:
    """What the scanner says. Without CLAMD_SOCKET nothing is said; a scanner that is away or says
    nothing of use makes the file wait.
    """
    if not settings.CLAMD_SOCKET:
        return ScanState.NOT_SCANNED
    try:
        said = _said(file)
    except OSError:
        log.warning("the scanner at %s does not answer", settings.CLAMD_SOCKET, exc_info=True)
        return ScanState.WAITING
    if said.endswith("FOUND"):
        log.warning("the scanner refuses a file: %s", said)
        return ScanState.INFECTED
    if said == "stream: OK":
        return ScanState.CLEAN
    log.warning("the scanner says: %s", said)
    return ScanState.WAITING


def _said(file: IO[bytes]) -> str:
    file.seek(0)
    with _connected(settings.CLAMD_SOCKET) as line:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `host:port`."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
