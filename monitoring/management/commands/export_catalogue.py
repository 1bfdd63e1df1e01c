"""`manage.py export_catalogue --out DIR [--version-number N]`: the catalogue as the CSV files it is
loaded from.
"""

from django.core.management.base import BaseCommand, CommandError

from monitoring.record.catalogue_export import export_catalogue
from pip_network.web.errors import DomainError


class Command(BaseCommand):
    help = "Write variables, indicators, checks and units of a version of the catalogue (the newest) as CSV."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", required=True, metavar="DIR")
        parser.add_argument("--version-number", type=int, metavar="N")

    def handle(self, *args, out: str, version_number: int | None = None, **options) -> None:
        try:
            written = export_catalogue(out, version_number)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, rows in written.items():
            self.stdout.write(f"{name}: {rows}")
