"""`manage.py restore FILE [--check] [--force [--yes]]`: a backup into an empty portal, whole or not
at all.
"""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pip_network.site.backups import BackupError, archive, restoring


class Command(BaseCommand):
    help = "Load a backup into an empty portal. Guards are put back, the chain of approvals is recomputed."
    requires_system_checks = ()  # the database may have no tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="only read and compare all of it; change nothing"
        )
        parser.add_argument(
            "--force", action="store_true", help="replace what is in this portal, after a question"
        )
        parser.add_argument("--yes", action="store_true", help="with --force: do not ask")

    def handle(self, *, file: Path, check: bool, force: bool, yes: bool, **options: Any) -> None:
        began = time.monotonic()
        try:
            if check:
                self._check(file)
                return
            restored = restoring.restore(
                file, force=force, confirm=(lambda _lost: True) if yes else self._ask
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored the backup of {restored.taken_at}: {restored.rows} rows, {restored.files} files, {time.monotonic() - began:.0f} s."
            f" The record stands at N={restored.number}{':' + restored.hash if restored.hash else ''}; everybody signs in anew."
        )

    def _check(self, file: Path) -> None:
        with archive.opened(file) as opened:
            opened.check()
            manifest = opened.manifest
            self.stdout.write(
                f"{file} is whole: version {manifest['application']}, taken {manifest['taken_at']}, "
                f"{len(opened.members)} parts,"
                f" record at N={manifest['record']['number']}."
            )

    def _ask(self, lost: str) -> bool:
        self.stderr.write(f"Everything in this portal will be replaced: {lost}, and all files.")
        return input("Type yes to go on: ").strip().lower() == "yes"
