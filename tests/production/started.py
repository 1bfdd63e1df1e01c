"""A `manage.py` that has started up: each command runs in a copy of it, so that a hundred commands
start Django once.

    python -m tests.production.started

reads one command a line (its arguments, its environment if it has one of its own, and the files for
what it says) and answers with its exit status.
"""

import gc
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterable
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

    def call(
        self, *arguments: str, variables: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess:
        """`variables`: all of another environment, by which this command reads the settings anew."""
        out, err = self.folder / "said.out", self.folder / "said.err"
        self.process.stdin.write(json.dumps([arguments, variables, str(out), str(err)]) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def serve(lines: Iterable[str]) -> None:
    start_up()
    for line in lines:
        arguments, variables, out, err = json.loads(line)
        child = os.fork()
        if not child:
            speak_into(out, err)
            if variables is not None:
                read_settings_anew(variables)
            end_with(run(arguments))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
    end_with(0)


def start_up() -> None:
    """Load what a command would load before it begins: applications, commands, and every page,
    which the checks ask for.

    None of it is garbage, so no copy looks for garbage in it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415 -- in the process that has started up

    django.setup()
    from django.core import checks, management  # noqa: PLC0415 -- they need the applications

    management.get_commands()
    checks.run_checks()  # asks no database; each command asks again
    gc.freeze()


def read_settings_anew(variables: dict[str, str]) -> None:
    """For commands that look at the settings alone: what took a setting as it was loaded keeps it."""
    from django.conf import settings  # noqa: PLC0415 -- in the process that has started up
    from django.utils.functional import empty  # noqa: PLC0415 -- in the process that has started up

    os.environ.clear()
    os.environ.update({"DJANGO_SETTINGS_MODULE": "pip_network.settings"} | variables)
    del sys.modules["pip_network.settings"]
    settings._wrapped = empty


def speak_into(out: str, err: str) -> None:
    for number, name, mode in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY),
        (2, err, os.O_WRONLY),
    ):
        file = os.open(name, mode | (os.O_CREAT | os.O_TRUNC if mode else 0))
        os.dup2(file, number)
        os.close(file)


def run(arguments: list[str]) -> int:
    """As `manage.py` does it, in the copy; its exit status."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- in the copy

    sys.argv = ["manage.py", *arguments]
    try:
        execute_from_command_line(sys.argv)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)  # noqa: T201 -- as the interpreter does
            return 1
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def end_with(status: int) -> None:
    """Nothing is taken down piece by piece."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve(sys.stdin)
