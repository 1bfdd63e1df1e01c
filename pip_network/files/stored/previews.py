"""The face of a kept file: a small picture beside it in the storage, shown on pages."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from pip_network.models import Stored

from .keeping import path_of
from .serving import POLICY

ENDING = ".webp"


def save(stored: Stored, picture: bytes) -> None:
    """In the place of one that was there; no picture is none."""
    path = path_of(stored) + ENDING
    default_storage.delete(path)
    if picture:
        default_storage.save(path, ContentFile(picture))


def exists(stored: Stored) -> bool:
    return stored.is_readable and default_storage.exists(path_of(stored) + ENDING)


def answer(stored: Stored) -> FileResponse:
    """The picture, for the pages of the portal. Who calls it has asked who may see the file.

    Raises Http404 where there is none.
    """
    if not stored.is_readable:
        raise Http404
    try:
        content = default_storage.open(path_of(stored) + ENDING)
    except OSError:
        raise Http404 from None
    response = FileResponse(content, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Content-Encoding"] = "identity"
    return response
