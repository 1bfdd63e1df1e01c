"""Uploads in pieces, as tus 1.0.0 says: core, creation, expiration, checksum, termination.

Everybody who has signed in may send a file; what becomes of it asks for a permission.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pip_network.models import Upload
from pip_network.web.errors import DomainError
from pip_network.web.requests import takes
from pip_network.web.signed_in import SignedInRequest

from . import tus, uploads
from .reading import Refused

STATUSES = {"size": 413, "longer": 413, "empty": 400}
View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """The view for those who speak this version of tus; what it raises becomes a status and a
    sentence.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "OPTIONS":
            return tus.offers()
        if request.headers.get("Tus-Resumable") != tus.VERSION:
            refused = tus.answer(412, said="Tus-Resumable")
            refused["Tus-Version"] = tus.VERSION
            return refused
        try:
            return view(request, *args, **kwargs)
        except tus.Malformed as error:
            return tus.answer(error.status, said=error.said)
        except Refused as error:
            return tus.answer(STATUSES.get(error.key, error.status), said=str(error.message))
        except DomainError as error:
            return tus.answer(error.status, said=str(error.message))

    return answered


@login_required
@require_http_methods(["POST", "OPTIONS"])
@spoken
def create(request: SignedInRequest) -> HttpResponse:
    """An upload begins: 201 and its address."""
    if "Upload-Defer-Length" in request.headers:
        raise tus.Malformed(400, "The length is said at the beginning.")
    upload = uploads.begin(
        name=tus.file_name(request),
        size=tus.number(request, "Upload-Length"),
        by=request.user,
        at=timezone.now(),
    )
    response = tus.answer(201, upload)
    response["Location"] = reverse("upload", args=[upload.pk])
    return response


@takes("PATCH", "DELETE")
@login_required
@require_http_methods(["HEAD", "PATCH", "DELETE", "OPTIONS"])
@spoken
def upload(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far it is, a further piece, or its end; only for its owner."""
    row = get_object_or_404(Upload.objects.select_related("stored"), pk=pk, owner=request.user)
    if request.method == "DELETE":
        uploads.give_up(row)
        return tus.answer(204)
    uploads.require_alive(row, timezone.now())
    return tus.answer(200, row) if request.method == "HEAD" else _append(request, row)


def _append(request: SignedInRequest, row: Upload) -> HttpResponse:
    """204 and how far it is now; once the last piece is there the file is looked at and kept."""
    if request.content_type != tus.PIECE_TYPE:
        raise tus.Malformed(415, f"A piece is sent as {tus.PIECE_TYPE}.")
    offset = tus.number(request, "Upload-Offset")
    if offset == row.offset and offset + tus.length(request) > row.size:
        raise tus.Malformed(413, "More bytes came than were announced.")
    body = tus.checked(request)
    row = uploads.append(
        row,
        tus.pieces(request) if body is None else [body],
        offset=offset,
        at=timezone.now(),
    )
    if row.is_whole:
        uploads.finish(row, at=timezone.now())
    return tus.answer(204, row)
