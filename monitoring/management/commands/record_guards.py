"""`manage.py record_guards [--install]`: do the guards of the record stand?

`--install` puts them back.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from monitoring.record import guards


class Command(BaseCommand):
    help = "Say which guards of the record are missing; with --install put them in place."
    requires_system_checks = ()  # the check would only say the same

    def add_arguments(self, parser) -> None:
        parser.add_argument("--install", action="store_true")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *args, install: bool, database: str, **options) -> None:
        if install:
            guards.install(database)
        names = guards.missing(database)
        if names:
            raise CommandError(f"Missing guards: {', '.join(names)}.")
        self.stdout.write("Every guard of the record stands.")
