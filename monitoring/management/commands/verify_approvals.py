"""`manage.py verify_approvals [--expect N:HASH]`: is the record what was approved?

One sentence; exit 0 only when it is.
"""

from django.core.management.base import BaseCommand, CommandError

from monitoring.record.chain import verify


class Command(BaseCommand):
    help = "Recompute the hash chain of the approved record from its rows."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--expect",
            metavar="N:HASH",
            help="number and hash as printed on a report or in a letter",
        )

    def handle(self, *args, expect: str | None = None, **options) -> None:
        result = verify(expect)
        if not result.whole:
            raise CommandError(result.sentence)
        self.stdout.write(result.sentence)
