"""`manage.py export_measurements --out DIR [--as-of N]`: the approved record as CSV files."""

from django.core.management.base import BaseCommand, CommandError

from monitoring.record.export import export_measurements
from pip_network.web.errors import DomainError


class Command(BaseCommand):
    help = "Write measurements, observations, their networks, rates and targets as CSV: all versions, or those in force as of N."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", required=True, metavar="DIR")
        parser.add_argument(
            "--as-of", type=int, metavar="N", help="only what was in force after approval N"
        )

    def handle(self, *args, out: str, as_of: int | None = None, **options) -> None:
        try:
            written = export_measurements(out, as_of)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, rows in written.items():
            self.stdout.write(f"{name}: {rows}")
