"""A `manage.py` that has started up: each command runs in a copy of it, so that a hundred commands
start Django once.

    python -m tests.production.started

reads one command a line (its arguments, and the files for what it says) and answers with its exit
status.
"""

import json
import os
import subprocess
import sys
from pathlib import Path


class Started:
    """The same as `manage.py` with these variables, for as many commands as are asked of it."""

    def __init__(self, root: Path, folder: Path, variables: dict[str, str]) -> None:
        self.variables, self.folder = dict(variables), folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.production.started"],
            cwd=root,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def call(self, *arguments: str) -> subprocess.CompletedProcess:
        out, err = self.folder / "said.out", self.folder / "said.err"
        self.process.stdin.write(json.dumps([arguments, str(out), str(err)]) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def serve() -> None:
    import django  # noqa: PLC0415 -- in the process that has started up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    django.setup()
    for line in sys.stdin:
        arguments, out, err = json.loads(line)
        child = os.fork()
        if not child:
            run(arguments, out, err)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def run(arguments: list[str], out: str, err: str) -> None:
    """As `manage.py` does it, in the copy; ends with its exit status."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    for number, name, mode in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY),
        (2, err, os.O_WRONLY),
    ):
        file = os.open(name, mode | (os.O_CREAT | os.O_TRUNC if mode else 0))
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["manage.py", *arguments]
    execute_from_command_line(sys.argv)
    sys.exit(0)


if __name__ == "__main__":
    serve()
