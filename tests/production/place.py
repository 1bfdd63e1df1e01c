"""A portal in a folder and a database of its own, as an operator has one: only reached through
commands.
"""

import json
import os
import subprocess
from pathlib import Path

from tests import prepared, stranger
from tests.production.started import Started

ROWS = """
import json
from django.apps import apps
from django.db import connection
names = sorted(set(connection.introspection.table_names()) - {"pip_network_cache", "django_migrations"})
found = {}
with connection.cursor() as cursor:
    for name in names:
        if name.startswith(("knowledge_index", "knowledge_form", "knowledge_rawuse")):
            continue  # the index of the library is made anew; raw uses stay in no backup
        cursor.execute(f'SELECT * FROM "{name}"')
        columns = [each[0] for each in cursor.description]
        found[name] = sorted((dict(zip(columns, map(str, row))) for row in cursor.fetchall()), key=lambda row: sorted(row.items()))
print("ROWS", json.dumps(found))
"""


class Place:
    """On SQLite, or on a new database of the server that DATABASE_URL names."""

    def __init__(self, folder: Path, server: str | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.started: Started | None = None
        self.folder, self.server, self.database = (
            folder,
            os.environ.get("DATABASE_URL", "") if server is None else server,
            "",
        )
        self.environment = stranger.environment(PIP_MODE="demo", PIP_DATA=str(folder))
        if self.server:
            self.database = f"pip_place_{os.getpid()}_{abs(hash(str(folder))) % 10**8}"
            self.create()
            self.environment["DATABASE_URL"] = prepared.named(self.server, self.database)

    def create(self, template: str = "template1") -> None:
        """The database of this place, new."""
        self.drop()
        prepared.administer(self.server, f'CREATE DATABASE "{self.database}" TEMPLATE "{template}"')

    def go(self) -> None:
        if self.started:
            self.started.end()
        self.drop()

    def drop(self) -> None:
        if self.database:
            prepared.administer(
                self.server, f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)'
            )

    def begin(self, name: str = "empty") -> None:
        """With the tables of a new portal, or with a prepared one; on a server of the test's own
        they are made.
        """
        if not self.server:
            prepared.copy(name, self.folder / "portal.sqlite3")
        elif self.server == os.environ.get("DATABASE_URL", ""):
            self.create(prepared.template(name))
        else:
            for arguments in prepared.steps(name):
                self.manage(*arguments)

    def call(self, *arguments: str) -> subprocess.CompletedProcess:
        if self.started is None or self.started.variables != self.environment:
            if self.started:
                self.started.end()
            self.started = Started(stranger.ROOT, self.folder, self.environment)
        return self.started.call(*arguments)

    def manage(self, *arguments: str) -> str:
        done = self.call(*arguments)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def refusal(self, *arguments: str) -> str:
        """What a command says that must not succeed: one sentence and no traceback."""
        done = self.call(*arguments)
        assert done.returncode == 1
        assert done.stderr.startswith("CommandError: ")
        return done.stderr.removeprefix("CommandError: ").strip()

    def run(self, script: str) -> str:
        return self.manage("shell", "--no-imports", "-v0", "-c", script)

    def fill(self) -> None:
        """The small demonstration, with two files."""
        self.begin("tiny")
        for name, content in (
            ("reports/a/report.pdf", b"%PDF " + bytes(range(256))),
            ("reports/b/figures.csv", "ñ\n".encode()),
        ):
            path = self.folder / "media" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def rows(self) -> dict[str, list[dict[str, str]]]:
        """Every row of every table as the database's own driver shows it."""
        return json.loads(self.run(ROWS).rpartition("ROWS ")[2])

    def files(self) -> dict[str, bytes]:
        root = self.folder / "media"
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
