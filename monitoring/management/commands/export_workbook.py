"""`manage.py export_workbook --project CODE --round CODE --out FILE`: the workbook of a submission."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from monitoring.workbook.by_command import export_workbook, submission_of
from pip_network.web.errors import DomainError


class Command(BaseCommand):
    help = "Write the workbook of a submission (.xlsx), or one long table (.csv)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--project", required=True, metavar="CODE")
        parser.add_argument("--round", required=True, metavar="CODE")
        parser.add_argument("--out", required=True, metavar="FILE")

    def handle(self, *args, project: str, round: str, out: str, **options) -> None:
        path = Path(out)
        extension = path.suffix.lower().removeprefix(".")
        if extension not in ("xlsx", "csv"):
            raise CommandError("--out: the file ends in .xlsx or in .csv.")
        try:
            path.write_bytes(export_workbook(submission_of(project, round), extension))
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(path))
