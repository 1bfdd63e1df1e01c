"""Where finished reports lie.

Files are written aside and moved in whole; a report points at its folder or at nothing.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

# name: content type. What a reader may fetch; the page's own part stays inside.
NAMES = {
    "report.pdf": "application/pdf",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "report.html": "text/html; charset=utf-8",
    "figures.json": "application/json",
    "figures.csv": "text/csv; charset=utf-8",
}
PAGE = "page.json"


def root() -> Path:
    """The folder that holds a folder for each report."""
    return Path(settings.MEDIA_ROOT) / "reports"


def place(contents: Mapping[str, bytes], target: Path) -> None:
    """Write all files beside `target` and move them in by one rename.

    `target` must not exist or be an empty folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=target.parent))
    try:
        for name, content in contents.items():
            _write(aside / name, content)
        aside.chmod(0o755)
        os.replace(aside, target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _sync(target.parent)


def replace_folder(contents: Mapping[str, bytes], target: Path) -> None:
    """As `place`, over a folder that exists: the old one is moved away first and removed last."""
    if not target.exists():
        place(contents, target)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=target.parent))
    os.replace(target, old / "old")
    try:
        place(contents, target)
    except BaseException:
        os.replace(old / "old", target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def remove_unfinished(prefix: str, keep: str) -> None:
    """Remove folders that an interrupted attempt at the same report left behind."""
    for folder in root().glob(f"{prefix}*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
