"""The file that somebody chose: read within the limits, and the one table in it."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pip_network.files.incoming import Book, Fault, Refused, Sheet, column_letters, read
from pip_network.web.errors import Invalid

from .formats import LIMITS

SHOWN = 20  # rows, columns or sheets that a sentence names


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


def faults_of(book: Book, sheet: Sheet) -> list[Fault]:
    """All but those of another sheet, whose rows are none of the table's."""
    others = {each.name for each in book.sheets} - {sheet.name}
    return [fault for fault in book.faults if fault.sheet not in others]


def told_of(book: Book, sheet: Sheet) -> list[str]:
    """What somebody who looks at the sheet does not see of it, and what is not read."""
    told = []
    if sheet.is_named_oddly:
        told.append(
            _("The name of the sheet holds spaces or letters that cannot be seen: «%(name)s».")
            % {"name": sheet.name}
        )
    if sheet.hidden_rows:
        told.append(
            _("The sheet hides rows, which are read too: %(rows)s.")
            % {"rows": _shown(list(map(str, sheet.hidden_rows)))}
        )
    if sheet.hidden_columns:
        told.append(
            _("The sheet hides columns, which are read too: %(columns)s.")
            % {"columns": _shown(list(map(column_letters, sheet.hidden_columns)))}
        )
    unread = [f"«{each.name}»" for each in book.sheets if each.hidden and not each.is_empty]
    if unread:
        told.append(
            _("Hidden sheets with data are not read: %(names)s.") % {"names": _shown(unread)}
        )
    return told


def _shown(places: list[str]) -> str:
    return ", ".join(places[:SHOWN]) + (", …" if len(places) > SHOWN else "")
