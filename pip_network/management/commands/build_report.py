"""`manage.py build_report --spec FILE.json --out DIR [--force]`: the same code as the worker,
without one.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from monitoring.analysis import SpecificationError
from monitoring.reports import build, files, questions
from monitoring.reports.figure_definitions import keep_definitions


class Command(BaseCommand):
    help = "Build a report from a specification: report.pdf, report.xlsx, report.html, figures.json, figures.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--spec", required=True, type=Path, help="the specification, a JSON file"
        )
        parser.add_argument(
            "--out", required=True, type=Path, help="the folder to write; must be new or empty"
        )
        parser.add_argument(
            "--force", action="store_true", help="replace a folder that has files in it"
        )

    def handle(
        self, *, spec: Path, out: Path, force: bool, verbosity: int, **_options: Any
    ) -> None:
        check_target(out, force)
        try:
            specification = questions.parse(self.read(spec))
        except SpecificationError as error:
            raise CommandError(
                "\n".join(
                    f"{problem.path}: {_(problem.message) % dict(problem.values)}"
                    for problem in error.problems
                )
            ) from None
        say = (lambda step: print(step, file=sys.stderr)) if verbosity > 1 else None
        built = build.build(specification, step=say)
        contents = {
            name: content for name, content in built.contents.items() if name in files.NAMES
        }
        try:
            files.replace_folder(contents, out.resolve())
        except OSError as error:
            raise CommandError(
                f"The report could not be written to {out}: {error.strerror}."
            ) from None
        keep_definitions(built.definitions)
        self.stdout.write(
            f"{out}: {built.figure_count} figures, record at approval {specification.as_of}."
        )

    def read(self, spec: Path) -> bytes:
        try:
            return spec.read_bytes()
        except OSError as error:
            raise CommandError(
                f"The specification {spec} cannot be read: {error.strerror}."
            ) from None


def check_target(out: Path, force: bool) -> None:
    """Refuse what is not a folder, and a folder with something in it unless `force`."""
    if out.exists() and not out.is_dir():
        raise CommandError(f"{out} is not a folder.")
    if out.exists() and any(out.iterdir()) and not force:
        raise CommandError(
            f"{out} is not empty. Choose another folder, or add --force to replace what is in it."
        )
