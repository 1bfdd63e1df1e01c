"""`manage.py import_workbook FILE --project CODE --round CODE [--dry-run]`: store a filled workbook.

FILE may be a folder: each workbook in it goes into the round that its rows name, in the order of
the rounds.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitoring.workbook.by_command import import_workbook, round_in, submission_of, unstored
from pip_network.people.processes import IMPORT_WORKBOOK
from pip_network.web.errors import DomainError

SHOWN = 50
ENDINGS = (".xlsx", ".csv")


class Command(BaseCommand):
    help = "Store a workbook, or those of a folder; prints what became of the cells."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE", help="a workbook, or a folder of workbooks")
        parser.add_argument("--project", required=True, metavar="CODE")
        parser.add_argument("--round", metavar="CODE", help="of a single file")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do only")

    def handle(
        self, *args, file: str, project: str, dry_run: bool, round: str | None = None, **options
    ) -> None:
        path = Path(file)
        if path.is_dir():
            self.folder(path, project, dry_run)
        elif round is None:
            raise CommandError("Say the round of the workbook: --round CODE.")
        else:
            self.store(path, project, round, dry_run)

    def folder(self, path: Path, project: str, dry_run: bool) -> None:
        """Each in its turn; the first that is not stored ends it."""
        files = [file for file in sorted(path.iterdir()) if file.suffix.lower() in ENDINGS]
        if not files:
            raise CommandError("The folder holds no .xlsx and no .csv.")
        rounds = {}
        for file in files:
            try:
                rounds[file] = round_in(file.read_bytes(), project)
            except (DomainError, OSError) as error:
                raise CommandError(f"{file.name}: {error}") from error
        for file in sorted(files, key=lambda file: (rounds[file], file.name)):
            self.stdout.write(f"{file.name} ({rounds[file]})")
            self.store(file, project, rounds[file], dry_run)

    def store(self, path: Path, project: str, round_code: str, dry_run: bool) -> None:
        try:
            outcomes = import_workbook(
                submission_of(project, round_code),
                path.read_bytes(),
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
            cells = f"{len(stopping)} cells are rejected or in conflict"
            raise CommandError(f"Nothing was stored: {cells}.")
