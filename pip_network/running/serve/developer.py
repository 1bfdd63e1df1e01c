"""`make test`, `make coverage`, `make check`, `make bench`, `make browser`, `make office`,
`make messages`.

Each is a list of programs that must succeed.
"""

import concurrent.futures
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from fnmatch import fnmatch

from . import catalogues
from .place import DATA, PYTHON, ROOT, Failure

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
STEPS = (
    "amendments",
    "cell_changes",
    "cell_save",
    "correcting",
    "entries",
    "entry_rows",
    "moves",
    "narratives",
    "opening",
    "review",
)
# How many percent of its lines and branches the tests run at least, for each part of the source;
# parts may overlap.
COVERED: dict[str, tuple[tuple[str, ...], float]] = {
    "everything": (("*",), 92),
    "access": (("*/people/access/*",), 100),
    "workflow": (("*/workflow.py",), 100),
    "guards": (("*/guards/*",), 100),
    "actions": (("*/actions.py", "*/actions/*"), 100),
    "steps of a submission": (tuple(f"*/submission/{module}.py" for module in STEPS), 100),
}


def test(arguments: list[str]) -> int:
    """The whole suite without the real browser, or the paths that were given."""
    chosen = any((ROOT / argument.partition("::")[0]).exists() for argument in arguments)
    return _pytest(
        *_among(_processors() + 1),  # some tests wait, for servers that go away and come back
        *([] if chosen else ["tests", "--ignore=tests/browser"]),
        *arguments,
    )


def _among(processes: int) -> tuple[str, ...]:
    """A file stays with one process, so that what a module sets up once (a whole demonstration) is
    set up once. The order is ours (tests/order.py): by itself xdist would begin with the files
    that have most tests.
    """
    return "-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # those that this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def coverage(arguments: list[str]) -> int:
    """The suite, watched: what it runs of the source. Processes that tests start are not seen."""
    report = DATA / "coverage.json"
    report.unlink(missing_ok=True)
    failed = test(["-p", "tests.watching", f"--watched={report}", *arguments])
    if not report.exists():
        return failed or 1
    ran = json.loads(report.read_text("utf-8"))["files"]
    reached = _floors_reached({name: file["summary"] for name, file in ran.items()})
    return failed or int(not reached)


def _floors_reached(files: dict[str, dict[str, int]]) -> bool:
    """Every part of COVERED, printed with what of it ran."""
    reached = True
    for part, (patterns, floor) in COVERED.items():
        parts = [
            summary
            for name, summary in files.items()
            if any(fnmatch(name, pattern) for pattern in patterns)
        ]
        percent = _percent(parts)
        reached = reached and percent >= floor
        print(
            f"{'ok    ' if percent >= floor else 'FAILED'} coverage of {part}: {percent:.2f} % (at least {floor} %)"
        )
    return reached


def _percent(files: list[dict[str, int]]) -> float:
    """Lines and branches run, of all there are. No file at all is nothing run."""
    run = sum(file["covered_lines"] + file["covered_branches"] for file in files)
    missed = sum(file["missing_lines"] + file["missing_branches"] for file in files)
    return 100 * run / (run + missed or 1)


def browser(arguments: list[str]) -> int:
    """The journeys, in a real browser."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")
    if not path or not os.access(path, os.X_OK):
        raise Failure(
            "No chromium was found; install it (Debian, Ubuntu: sudo apt install chromium) or "
            "name it: CHROMIUM=/path/to/it"
        )
    return _pytest(*_among(_processors()), "tests/browser", *arguments, CHROMIUM=path)


def office(arguments: list[str]) -> int:
    """The workbook, opened and saved by LibreOffice."""
    if not shutil.which("soffice"):
        raise Failure(
            "No LibreOffice was found; install it (Debian, Ubuntu: sudo apt install libreoffice-calc)"
        )
    return _pytest("tests/monitoring/workbook/test_office.py", *arguments)


def bench(arguments: list[str]) -> int:
    """Each script of tests/bench prints its times and ratios; one that misses its mark fails."""
    modules = sorted((ROOT / "tests" / "bench").glob("*.py"))
    scripts = [file for file in modules if 'if __name__ == "__main__"' in file.read_text("utf-8")]
    if not scripts:
        raise Failure("There is no script in tests/bench to run.")
    catalogues.build(ROOT / "locale")
    failed = []
    for script in scripts:
        print(f"-- {script.stem}", flush=True)
        command = [str(PYTHON), "-m", f"tests.bench.{script.stem}", *arguments]
        if _call(
            command, {"PIP_MODE": "test", "PIP_DATA": str(DATA / "bench" / script.stem)}
        ).returncode:
            failed.append(script.stem)
    if failed:
        raise Failure(f"Missed: {', '.join(failed)}.")
    return 0


def messages(arguments: list[str]) -> int:
    """Say what locale/parts/*.csv lack or hold in vain; compile them."""
    command = [str(PYTHON), "manage.py", "build_messages", *arguments]
    return _call(command, {"PIP_MODE": "test"}).returncode


def check(arguments: list[str]) -> int:
    """Everything that can be said without running the portal; all of it, even when the first part
    fails.
    """
    catalogues.build(ROOT / "locale")
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        failed = [name for name, well in pool.map(_one_check, _checks().items()) if not well]
    if failed:
        raise Failure(f"make check found something: {', '.join(failed)}.")
    print("All is well.")
    return 0


def _checks() -> dict[str, list[str]]:
    python = str(PYTHON)
    return {
        "types": [python, "-m", "mypy", "--cache-dir", str(DATA / "mypy"), *PACKAGES],
        "format": [
            python,
            "-m",
            "ruff",
            "format",
            "--check",
            "--cache-dir",
            str(DATA / "ruff"),
            ".",
        ],
        "templates": [str(PYTHON.with_name("djangofmt")), "--check", "templates"],
        "style": [python, "-m", "ruff", "check", "--cache-dir", str(DATA / "ruff"), "."],
        "migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
        "production settings": [
            python,
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
        ],
        "translations": [python, "manage.py", "build_messages"],
        "floors": [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_floors.py"],
    }


def _one_check(item: tuple[str, list[str]]) -> tuple[str, bool]:
    name, command = item
    start = time.monotonic()
    variables = _production() if name == "production settings" else {"PIP_MODE": "test"}
    process = _call(command, variables, capture=True)
    print(
        f"{'ok    ' if not process.returncode else 'FAILED'} {name} "
        f"({time.monotonic() - start:.1f} s)",
        flush=True,
    )
    if process.returncode:
        print((process.stdout + process.stderr).strip(), flush=True)
    return name, not process.returncode


def _production() -> dict[str, str]:
    """An environment that production may start with; nothing in it is reached by the checks."""
    return {
        "PIP_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example.org",
        "PUBLIC_URL": "https://portal.example.org",
        "DATABASE_URL": "postgres://portal@localhost/portal",
        "REDIS_URL": "redis://localhost:6379/0",
        "DEFAULT_FROM_EMAIL": "red-pip@example.org",
    }


def _pytest(*arguments: str, **variables: str) -> int:
    # Tests are compiled anew by pytest: written down, they are so only once, whatever the
    # environment says.
    command = [str(PYTHON), "-m", "pytest", *arguments]
    return _call(command, {"PYTHONDONTWRITEBYTECODE": ""} | variables).returncode


def _call(
    command: list[str], variables: Mapping[str, str], *, capture: bool = False
) -> subprocess.CompletedProcess[str]:
    sys.stdout.flush()
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=capture,
        text=True,
        check=False,
    )


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "test": test,
    "coverage": coverage,
    "check": check,
    "bench": bench,
    "browser": browser,
    "office": office,
    "messages": messages,
}
