"""Databases that take seconds to make and are the same each time: made once, kept, and copied.

On SQLite a file beside the data of the tests, under the digest of what it is made from: the next
run finds it. On a server a database to copy from, which goes when the run ends.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests import stranger

KEPT = Path(os.environ["PIP_TEST_DATA"]) / "prepared"
MODULES = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
TINY = "from pip_network.site.demo.seed import tiny; tiny()"
STEPS: dict[str, list[list[str]]] = {
    "empty": [["migrate", "-v0"], ["createcachetable"]],
    "tiny": [["shell", "--no-imports", "-v0", "-c", TINY]],  # over an empty one
}


def steps(name: str) -> list[list[str]]:
    """The commands that make the database `name` from nothing."""
    return STEPS["empty"] + (STEPS[name] if name != "empty" else [])


@contextlib.contextmanager
def file(name: str) -> Iterator[Path]:
    """The SQLite file `name`; it stays as long as it is read."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(name):
        kept = KEPT / f"{name}-{_digest(name)}.sqlite3"
        if not kept.exists():
            for old in KEPT.glob(f"{name}-*"):
                old.unlink()
            _make_file(name, kept)
        yield kept


def copy(name: str, to: Path) -> None:
    """A new file `to` with the database `name`, in place of what stands there."""
    for part in ("", "-wal", "-shm"):
        to.with_name(to.name + part).unlink(missing_ok=True)
    with file(name) as kept:
        shutil.copyfile(kept, to)


def template(name: str) -> str:
    """The database `name` on the server of DATABASE_URL, to create others from."""
    url = os.environ["DATABASE_URL"]
    database = _template(url, name)
    KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(name):
        if not administer(url, f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
            begun = f' TEMPLATE "{template("empty")}"' if name != "empty" else ""
            administer(url, f'CREATE DATABASE "{database}"{begun}')
            with contextlib.ExitStack() as whole:
                whole.callback(administer, url, f'DROP DATABASE "{database}"')
                _run(name, PIP_DATA=str(KEPT / "server"), DATABASE_URL=named(url, database))
                whole.pop_all()
    return database


def clean_up() -> None:
    """At the end of a run, take away what stands on a server."""
    if url := os.environ.get("DATABASE_URL", ""):
        administer(url, *(f'DROP DATABASE IF EXISTS "{_template(url, name)}"' for name in STEPS))


def administer(url: str, *statements: str) -> list[tuple]:
    """What the server of `url` answers to the last of the statements."""
    connection = psycopg2.connect(named(url, "postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def named(url: str, database: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _template(url: str, name: str) -> str:
    return f"{urlsplit(url).path.strip('/')}_prepared_{name}_{os.environ['PIP_TEST_RUN']}"


def _make_file(name: str, kept: Path) -> None:
    folder = KEPT / f"making-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if name != "empty":
        copy("empty", folder / "portal.sqlite3")
    _run(name, PIP_DATA=str(folder))
    with contextlib.closing(sqlite3.connect(folder / "portal.sqlite3")) as made:
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file
    (folder / "portal.sqlite3").rename(kept)
    shutil.rmtree(folder)


def _run(name: str, **variables: str) -> None:
    for arguments in STEPS[name]:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=stranger.ROOT,
            env=stranger.environment(PIP_MODE="demo", **variables),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time."""
    with (KEPT / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(name: str) -> str:
    """Of all that the database is made from: migrations and models, or everything the portal is."""
    found = hashlib.sha256(sys.version.encode())
    for path in [stranger.ROOT / "requirements.txt", *_sources(name)]:
        found.update(str(path.relative_to(stranger.ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _sources(name: str) -> list[Path]:
    files = [path for module in MODULES for path in (stranger.ROOT / module).rglob("*.py")]
    if name == "empty":
        return sorted(
            path for path in files if {"migrations", "models", "guards"} & set(path.parts)
        )
    data = [
        path
        for module in MODULES
        for path in (stranger.ROOT / module).glob("data/**/*")
        if path.is_file()
    ]
    words = [*stranger.ROOT.glob("templates/**/*.*"), *stranger.ROOT.glob("locale/**/*.mo")]
    return sorted([*files, *data, *words])
