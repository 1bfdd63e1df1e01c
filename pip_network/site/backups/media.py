"""The uploaded files of a backup: written aside, and put in their place at the last moment."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from . import BackupError
from .archive import Archive


def beside() -> Path:
    """The folder in which the folder of files stands; made if it is not there."""
    folder = Path(settings.MEDIA_ROOT).parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def new_media(archive: Archive) -> Iterator[Callable[[], None]]:
    """Files are copied beside the folder; the function that is handed out puts them in its place,
    and back if all fails.
    """
    root = Path(settings.MEDIA_ROOT)
    aside, before = (
        root.with_name(f"{root.name}.{state}-{os.getpid()}") for state in ("restoring", "replaced")
    )
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()

    def put() -> None:
        if root.exists():
            root.rename(before)
        aside.rename(root)

    try:
        for name in archive.media:
            archive.copy(name, aside / name.removeprefix("media/"))
        yield put
    except BaseException as error:
        if before.exists():
            shutil.rmtree(root, ignore_errors=True)
            before.rename(root)
        if isinstance(error, OSError):
            raise BackupError(
                f"The files could not be written beside {root} ({error.strerror})."
            ) from error
        raise
    finally:
        for remains in (aside, before):
            with contextlib.suppress(OSError):
                shutil.rmtree(remains)
