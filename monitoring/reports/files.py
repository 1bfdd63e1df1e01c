"""Where finished reports lie.

Files are written aside and moved in whole; a report points at its folder or at nothing.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from pip_network.models import Job

# name: content type. What a reader may fetch; the page's own part stays inside.
NAMES = {
    "report.pdf": "application/pdf",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "report.html": "text/html; charset=utf-8",
    "figures.json": "application/json",
    "figures.csv": "text/csv; charset=utf-8",
}
PAGE = "page.json"
ASIDE = ".aside-"


def root() -> Path:
    """The folder that holds a folder for each report."""
    return Path(settings.MEDIA_ROOT) / "reports"


def page_of(folder: str) -> dict[str, Any] | None:
    """What the report's own page shows; None when its folder is away or lacks a file."""
    if not folder or any(size is None for _name, size in sizes(folder)):
        return None
    try:
        return json.loads((root() / folder / PAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def sizes(folder: str) -> list[tuple[str, int | None]]:
    """The bytes of each file that a reader may fetch; None for one that is away."""
    return [(name, _size(root() / folder / name)) for name in NAMES]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def place(contents: Mapping[str, bytes], target: Path) -> None:
    """Write all files beside `target` and move them in by one rename.

    `target` must not exist or be an empty folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{target.name}-", dir=target.parent))
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


def folder_of(report: UUID, job: Job) -> str:
    """The folder of one attempt alone: another one writes elsewhere."""
    return f"{report}-{job.pk.hex[:8]}-{job.attempts}"


def remove_earlier(report: UUID, job: Job) -> None:
    """Remove what the earlier attempts at the same job left behind.

    Never a later one's: a worker that was stopped for a while and goes on has successors.
    """
    for attempt in range(1, job.attempts):
        folder = f"{report}-{job.pk.hex[:8]}-{attempt}"
        remove(folder)
        for aside in root().glob(f"{ASIDE}{folder}-*"):
            shutil.rmtree(aside, ignore_errors=True)


def remove(folder: str) -> None:
    """Remove the folder of an attempt that nothing points at; without a name, nothing."""
    if folder:
        shutil.rmtree(root() / folder, ignore_errors=True)


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
