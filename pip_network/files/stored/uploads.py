"""A file in pieces: begun, appended to, finished, given up. Its bytes lie in the folder of what
arrives; the row says how many of them count.

A piece is written and synced first and counted afterwards, by an update that holds only while
nobody else has counted: what a lost line leaves behind the offset is written over.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from pip_network.models import Stored, Upload, User
from pip_network.web.errors import Conflict, DomainError, Forbidden
from pip_network.web.locks import lock

from . import limits
from .keeping import arriving, examine, place, too_large
from .names import cleaned
from .pointing import unused
from .reading import Refused, refusal


class Gone(DomainError):
    """The upload has expired, or its bytes are away."""

    status = 410


def begin(*, name: str, size: int, by: User, at: dt.datetime) -> Upload:
    """An upload of so many bytes. Raises Refused for no size and for one too large, Forbidden when
    she has too many on their way.
    """
    if size <= 0:
        raise refusal("empty")
    if size > settings.UPLOAD_MOST_BYTES:
        raise too_large()
    _require_room(by, size, at)
    upload = Upload(
        owner=by, name=cleaned(name), size=size, begun_at=at, expires_at=at + limits.KEEP
    )
    path_of(upload).touch()
    upload.save(force_insert=True)
    return upload


def append(upload: Upload, pieces: Iterable[bytes], *, offset: int, at: dt.datetime) -> Upload:
    """Write further bytes behind the first `offset` ones.

    Raises Gone; Conflict when somebody else writes, or has written since; Refused when more comes
    than was announced. What came before a line was lost is kept.
    """
    require_alive(upload, at)
    with _alone(upload) as file:
        upload.refresh_from_db()
        if offset != upload.offset:
            raise _not_there(upload)
        file.seek(offset)
        end = _written(file, pieces, upload.size)
        counted = Upload.objects.filter(pk=upload.pk, offset=offset).update(
            offset=end, expires_at=at + limits.KEEP
        )
        if not counted:
            raise _not_there(upload)
    upload.offset, upload.expires_at = end, at + limits.KEEP
    return upload


def finish(upload: Upload, *, at: dt.datetime) -> Stored:
    """The kept file of an upload whose bytes are all there; the same when it is asked again.

    Raises Refused for what is not kept; then the upload is gone too. Raises Gone, Conflict.
    """
    if upload.stored is not None:
        return upload.stored
    require_alive(upload, at)
    if not upload.is_whole:
        raise Conflict(_("The file has not arrived whole yet: %(name)s.") % {"name": upload.name})
    path = path_of(upload)
    try:
        facts = examine(path)
    except Refused:
        give_up(upload)
        raise
    except FileNotFoundError:  # finished by another request meanwhile, or gone
        return _finished(upload)
    with transaction.atomic():
        lock(upload)
        if upload.stored is None:
            upload.stored = place(path, facts, name=upload.name, by=upload.owner, at=at)
            upload.save(update_fields=["stored"])
    return upload.stored


def receive(file: File, *, by: User, at: dt.datetime) -> Upload:
    """A whole file at once, as a form without a script sends it. Raises as `begin` and `finish`."""
    upload = begin(name=file.name or "", size=file.size or 0, by=by, at=at)
    append(upload, file.chunks(), offset=0, at=at)
    finish(upload, at=at)
    return upload


def finished(key: str, *, by: User, at: dt.datetime) -> Upload:
    """Her upload of that key, kept by now. Raises Gone for a stranger's and for an invented one,
    and as `finish`.
    """
    try:
        upload = Upload.objects.select_related("stored").get(pk=UUID(key), owner=by)
    except (ValueError, Upload.DoesNotExist):
        raise _gone() from None
    finish(upload, at=at)
    return upload


def most_bytes() -> int:
    """Of one file."""
    return settings.UPLOAD_MOST_BYTES


def give_up(upload: Upload) -> None:
    """It is on its way no more."""
    Upload.objects.filter(pk=upload.pk).delete()
    path_of(upload).unlink(missing_ok=True)


def require_alive(upload: Upload, at: dt.datetime) -> None:
    """Raises Gone when it has expired, or its bytes are away."""
    arrived = upload.stored_id is not None or path_of(upload).exists()
    if upload.expires_at <= at or not arrived:
        raise _gone()


def path_of(upload: Upload) -> Path:
    return arriving() / upload.pk.hex


@contextmanager
def _alone(upload: Upload) -> Iterator[IO[bytes]]:
    """Its file, while nobody else writes into it. Raises Conflict, Gone."""
    try:
        file = path_of(upload).open("r+b")
    except FileNotFoundError:
        raise _gone() from None
    with file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise _not_there(upload) from None
        yield file


def _written(file: IO[bytes], pieces: Iterable[bytes], size: int) -> int:
    """Write the pieces and make them last; returns where they end."""
    end = file.tell()
    for piece in pieces:
        end += len(piece)
        if end > size:
            raise refusal("longer")
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return end


def _finished(upload: Upload) -> Stored:
    upload.refresh_from_db()
    if upload.stored is None:
        raise _gone()
    return upload.stored


def _require_room(by: User, size: int, at: dt.datetime) -> None:
    waiting = unused(Stored.objects.filter(uploads__owner=by), besides=Upload)
    under_way = Upload.objects.filter(
        Q(stored__isnull=True) | Q(stored__in=waiting), owner=by, expires_at__gt=at
    )
    held = under_way.aggregate(bytes=Sum("size"))["bytes"] or 0
    most = limits.OPEN_FILES * settings.UPLOAD_MOST_BYTES
    if under_way.count() >= limits.OPEN_UPLOADS or held + size > most:
        raise Forbidden(
            _("You have too many files on their way: use them, or wait until they expire.")
        )


def _gone() -> Gone:
    return Gone(_("This upload is no longer there: choose the file again."))


def _not_there(upload: Upload) -> Conflict:
    return Conflict(
        _("Somebody else is writing this upload, or has written: ask how far it is."),
        offset=upload.offset,
    )
