"""Handing a kept file out: always as an attachment, as the type that was found in it."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from pip_network.choices import FileKind, ScanState
from pip_network.models import Stored
from pip_network.web.errors import DomainError

from .keeping import opened
from .names import download_name

TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.ODP: "application/vnd.oasis.opendocument.presentation",
    FileKind.CSV: "text/csv",
    FileKind.TXT: "text/plain",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
POLICY = "sandbox; default-src 'none'"


class Withheld(DomainError):
    """The file is not handed out now; its status says whether to ask again."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


def answer(stored: Stored, *, name: str = "") -> FileResponse:
    """The file as an attachment, called as its owner called it or by `name`.

    Who calls it has fetched what points to the file through what the reader may see. Raises
    Withheld while it waits for the scanner and once the scanner refused it; Http404 when its bytes
    are away.
    """
    if stored.scan == ScanState.WAITING:
        raise Withheld(
            _("This file waits for the virus scanner. Try again in a few minutes."), status=503
        )
    if stored.scan == ScanState.INFECTED:
        raise Withheld(_("The virus scanner refused this file; it is gone."), status=410)
    try:
        content = opened(stored)
    except OSError:
        raise Http404 from None
    kind = FileKind(stored.kind)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=download_name(name or stored.original_name, kind),
        content_type=TYPES[kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    # Packed already: packed once more it would only lose its length.
    response["Content-Encoding"] = "identity"
    return response
