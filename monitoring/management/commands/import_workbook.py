"""`manage.py import_workbook FILE --project CODE --round CODE [--dry-run]`: store a filled workbook."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitoring.workbook.by_command import import_workbook, submission_of, unstored
from pip_network.people.processes import IMPORT_WORKBOOK
from pip_network.web.errors import DomainError

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Store a workbook in a submission, all of it or nothing; prints what became of its cells."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--project", required=True, metavar="CODE")
        parser.add_argument("--round", required=True, metavar="CODE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what it would do, store nothing"
        )

    def handle(self, *args, file: str, project: str, round: str, dry_run: bool, **options) -> None:
        try:
            outcomes = import_workbook(
                submission_of(project, round),
                Path(file).read_bytes(),
                dry_run=dry_run,
                by=IMPORT_WORKBOOK,
                at=timezone.now(),
            )
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        for outcome, count in outcomes.counts.items():
            self.stdout.write(f"{outcome}: {count}")
        for mark, count in outcomes.marked.items():
            self.stdout.write(f"with {mark}s: {count}")
        for sentence in outcomes.told:
            self.stdout.write(sentence)
        stopping = unstored(outcomes)
        for line in stopping[:SHOWN]:
            self.stderr.write(str(line))
        if stopping:
            raise CommandError(
                f"Nothing was stored: {len(stopping)} cells are rejected or in conflict."
            )
