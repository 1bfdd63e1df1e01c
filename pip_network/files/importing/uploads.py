"""The file that somebody chose: read within the limits, and the one table in it."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pip_network.files.incoming import Book, Refused, Sheet, read
from pip_network.web.errors import Invalid

from .formats import LIMITS


def read_upload(file: UploadedFile) -> tuple[Book, str]:
    """The parsed file and the digest of its bytes; nothing that is too large is read at all."""
    if (file.size or 0) > LIMITS.size:
        raise Refused(
            _("The file is larger than %(megabytes)s MB: divide it.")
            % {"megabytes": LIMITS.size >> 20},
            key="size",
        )
    data = b"".join(file.chunks())
    return read(data, LIMITS), hashlib.sha256(data).hexdigest()


def table_of(book: Book) -> Sheet:
    """The one sheet with something in it.

    Raises Invalid when there are several: it is not guessed which is meant.
    """
    filled = [sheet for sheet in book.sheets if not sheet.is_empty and not sheet.hidden]
    if not filled:
        raise Invalid(_("The file is empty."), place="file")
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet in filled)[:200]
        raise Invalid(
            _("There are several sheets with data (%(names)s): leave only the table.")
            % {"names": names},
            place="file",
        )
    return filled[0]
