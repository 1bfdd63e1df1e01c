"""The rows that wait between a preview and its confirmation: of one person, for one table, for an
hour, once.

What waits is what the parser said, never the file itself. Names are random, the folder is served by
no address, and `sweep` removes what nobody came back for.
"""

import datetime as dt
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell
from pip_network.models import User
from pip_network.web.errors import Conflict

FOLDER = "imports"
KEEP = dt.timedelta(hours=1)
NAME = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Waiting:
    """What waits for its confirmation; `notes` are the room's own."""

    name: str
    table: str
    digest: str  # of the file
    fingerprint: str  # of what the preview said
    rows: list[list[Cell]]
    notes: dict[str, Any]


def keep(
    rows: Sequence[Sequence[Cell]],
    *,
    table: str,
    digest: str,
    fingerprint: str,
    notes: dict[str, Any],
    by: User,
    at: dt.datetime,
) -> str:
    """Store the rows of a previewed file; returns the name to confirm it by."""
    sweep(at=at)
    name = secrets.token_urlsafe(32)
    content = {
        "owner": by.pk,
        "table": table,
        "expires": (at + KEEP).isoformat(),
        "digest": digest,
        "fingerprint": fingerprint,
        "notes": notes,
        "rows": [
            [[cell.isoformat()] if isinstance(cell, dt.date) else cell for cell in row]
            for row in rows
        ],
    }
    default_storage.save(_path(name), ContentFile(json.dumps(content).encode()))
    return name


def take(name: str, *, table: str, by: User, at: dt.datetime) -> Waiting:
    """The rows that wait under `name`, which then wait no more. Raises Conflict when they are not
    hers, or not there.

    A stranger's, an expired, a confirmed and an invented name all get the same sentence. Call it
    under a lock of `by`.
    """
    waiting = look(name, table=table, by=by, at=at)
    drop(waiting)
    return waiting


def drop(waiting: Waiting) -> None:
    """It waits no more."""
    default_storage.delete(_path(waiting.name))


def look(name: str, *, table: str, by: User, at: dt.datetime) -> Waiting:
    """The rows that wait under `name` and go on waiting. Raises Conflict like `take`."""
    gone = Conflict(_("This preview is no longer there: choose the file again."))
    if not NAME.fullmatch(name) or not default_storage.exists(_path(name)):
        raise gone
    with default_storage.open(_path(name)) as file:
        content = json.loads(file.read())
    if (
        content["owner"] != by.pk
        or content["table"] != table
        or dt.datetime.fromisoformat(content["expires"]) < at
    ):
        raise gone
    rows = [
        [dt.date.fromisoformat(cell[0]) if isinstance(cell, list) else cell for cell in row]
        for row in content["rows"]
    ]
    return Waiting(name, table, content["digest"], content["fingerprint"], rows, content["notes"])


def sweep(*, at: dt.datetime) -> int:
    """Remove what has waited for longer than an hour; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    old = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [path for path in old if default_storage.get_modified_time(path) < at - KEEP]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _path(name: str) -> str:
    return f"{FOLDER}/{name}.json"
