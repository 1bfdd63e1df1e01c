"""`manage.py backup --to FILE`: every row and every file of the portal in one file, while it is in
use.
"""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pip_network.site.backups import BackupError
from pip_network.site.backups.taking import take


class Command(BaseCommand):
    requires_system_checks = ()  # a backup is taken of whatever state the portal is in
    help = (
        "Write database and uploaded files into one new file. The portal may be in use meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            type=Path,
            metavar="FILE",
            help="a new file, such as portal-2026-11-25.zip",
        )

    def handle(self, *, to: Path, **options: Any) -> None:
        began = time.monotonic()
        try:
            manifest = take(to)
        except BackupError as error:
            raise CommandError(str(error)) from error
        members = manifest["members"]
        count = sum(member.get("rows", 0) for member in members.values())
        files = sum(name.startswith("media/") for name in members)
        record = manifest["record"]
        self.stdout.write(
            f"{to}: {count} rows, {files} files, {to.stat().st_size / 10**6:.1f} MB, {time.monotonic() - began:.0f} s."
            f" The record stands at N={record['number']}{':' + record['hash'] if record['hash'] else ''}."
        )
