"""What is taken away: uploads that nobody went on with, files to which nothing points, bytes
without a row; and files that wait for the scanner are shown to it again.
"""

import datetime as dt
import logging
from functools import partial

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from pip_network.choices import ScanState
from pip_network.models import Stored, Upload

from . import limits, scanner
from .keeping import FOLDER, arriving, opened, path_of
from .pointing import unused
from .previews import ENDING
from .uploads import give_up

log = logging.getLogger(__name__)

AT_ONCE = 100  # files of one sweep
# All rows, or all folders, are walked for these.
EACH_HOUR, EACH_DAY = 60 * 60, 24 * 60 * 60


def sweep(*, at: dt.datetime) -> None:
    """Everything of it, each as often as it is worth."""
    drop_expired(at=at)
    scan_waiting()
    if cache.add("files-orphans", True, EACH_HOUR):
        drop_orphans(at=at)
    if cache.add("files-strays", True, EACH_DAY):
        drop_strays(at=at)


def drop_expired(*, at: dt.datetime) -> None:
    """Uploads after their last day; a file that was made of one stays while something points to
    it.
    """
    for upload in Upload.objects.filter(expires_at__lte=at):
        give_up(upload)


def orphans(*, at: dt.datetime) -> QuerySet[Stored]:
    """Files to which nothing points, and which nobody has just sent."""
    return unused(Stored.objects.filter(uploaded_at__lte=at - limits.KEEP))


def drop_orphans(*, at: dt.datetime) -> None:
    for stored in orphans(at=at).order_by("pk")[:AT_ONCE]:
        drop(stored)


def drop(stored: Stored) -> None:
    """The row, then its bytes; neither while something points to it."""
    path = path_of(stored)
    try:
        with transaction.atomic():
            stored.delete()
            for each in (path, path + ENDING):
                transaction.on_commit(partial(default_storage.delete, each))
    except ProtectedError:  # somebody pointed to it a moment ago
        log.info("the file %s is used after all", path)


def scan_waiting() -> None:
    """Show the scanner what came while it was away; of what it refuses the bytes go."""
    for stored in Stored.objects.filter(scan=ScanState.WAITING).order_by("pk")[:AT_ONCE]:
        try:
            with opened(stored) as file:
                said = scanner.scan(file)
        except OSError:
            log.warning("the bytes of the file %s are away", stored.name)
            continue
        if said == ScanState.WAITING:
            return  # still away: not asked again for each file
        Stored.objects.filter(pk=stored.pk, scan=ScanState.WAITING).update(scan=said)
        if said == ScanState.INFECTED:
            for path in (path_of(stored), path_of(stored) + ENDING):
                default_storage.delete(path)


def drop_strays(*, at: dt.datetime) -> None:
    """Bytes that a request or a worker left behind when it was killed: of no row, and old."""
    for path in arriving().iterdir():
        if dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) <= at - 2 * limits.KEEP:
            path.unlink(missing_ok=True)
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        names = default_storage.listdir(f"{FOLDER}/{folder}")[1]
        bare = {name.removesuffix(ENDING) for name in names}
        known = set(Stored.objects.filter(name__in=bare).values_list("name", flat=True))
        for name in (name for name in names if name.removesuffix(ENDING) not in known):
            stray = f"{FOLDER}/{folder}/{name}"
            if default_storage.get_modified_time(stray) <= at - limits.KEEP:
                default_storage.delete(stray)
