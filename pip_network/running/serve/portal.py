"""`make run`: from a bare clone to a running portal, and back to nothing with Ctrl-C."""

import contextlib
import hashlib
import os
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import catalogues, environment
from .place import (
    DATA,
    LOGS,
    PYTHON,
    ROOT,
    VENV,
    Failure,
    chosen_host,
    chosen_port,
    lock_folder,
    require_free_port,
)
from .processes import (
    Child,
    Stopped,
    call,
    clean_environment,
    listen_for_the_end,
    supervise,
    take_the_keyboard,
)

DATABASE = DATA / "portal.sqlite3"
TEMPORARY = DATA / "tmp"  # the queue in files moves messages through it, too
READY_SECONDS = 180.0


def run() -> int:
    """Everything from the first look at the port to the last process ended; returns the exit
    status.
    """
    if os.environ.get("PIP_MODE", "").strip() not in ("", "demo"):
        raise Failure(
            "make run serves the demonstration only; unset PIP_MODE, or use docker compose for "
            "production."
        )
    host, port = chosen_host(), chosen_port()
    lock_folder(host, port)
    require_free_port(host, port)
    listen_for_the_end()
    give_back = take_the_keyboard()
    try:
        environment.prepare("run")
        prepare_state()
        serve(host, port)
    except Stopped:
        print("Stopped.", flush=True)
    finally:
        give_back()
    return 0


def prepare_state() -> None:
    """Translations, database, demonstration data and static files.

    A new embedded database is built aside and moved in when it is whole.
    """
    catalogues.build(ROOT / "locale")
    shutil.rmtree(TEMPORARY, ignore_errors=True)
    TEMPORARY.mkdir()
    for left in DATA.glob("seeding-*"):
        left.unlink()
    if os.environ.get("DATABASE_URL", "").strip() or DATABASE.exists():
        manage("prepare_portal", "The database could not be brought up to date")
    else:
        print(
            "Loading reference and demonstration data (a minute or two the first time) ...",
            flush=True,
        )
        aside = DATA / f"seeding-{os.getpid()}.sqlite3"
        try:
            manage(
                "prepare_portal",
                "The demonstration data could not be loaded",
                DATABASE_URL=f"sqlite://{aside}",
            )
            move_in(aside)
        finally:
            for left in DATA.glob("seeding-*"):
                left.unlink()
    collect_static_files()


def move_in(aside: Path) -> None:
    """The one step that makes the database appear: closed (no write-ahead log beside it), on disk,
    renamed.
    """
    if list(DATA.glob(f"{aside.name}-*")):
        raise Failure(f"The new database {aside} was not closed properly; type the command again.")
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(DATABASE)


def collect_static_files() -> None:
    """Unless those of the last time were made of the same files."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    listing = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    wanted = hashlib.sha256(
        "\n".join([*listing, (VENV / "run.stamp").read_text()]).encode()
    ).hexdigest()
    stamp = DATA / "static.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    manage(
        "collectstatic", "The static files could not be collected", "--noinput", "--clear", "-v0"
    )
    stamp.write_text(wanted)


def manage(command: str, sentence: str, *arguments: str, **variables: str) -> None:
    """Run a command of the portal to its end; raises Failure with `sentence` and its last line."""
    log = LOGS / f"{command}.log"
    if call([str(PYTHON), "manage.py", command, *arguments], log, child_environment(**variables)):
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        raise Failure(
            f"{sentence}: {lines[-1].strip()[:300] if lines else 'no reason was given'} (all of it in {log})."
        )


def child_environment(**variables: str) -> dict[str, str]:
    """What every program of the portal is told by us, besides `variables`."""
    ours = {
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(TEMPORARY),
        "PIP_DATA": str(DATA),
        "PIP_SUPERVISOR": str(os.getpid()),
    }
    return clean_environment(**ours, **variables)


def serve(host: str, port: int) -> None:
    """Web and worker until the end."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    python, variables = [str(PYTHON), "-m"], child_environment()
    web = [*python, "gunicorn", "--config", "pip_network/running/serve/web.py", "--bind", address]
    worker = [
        *python,
        "celery",
        "-A",
        "pip_network",
        "worker",
        "-B",
        "-P",
        "prefork",
        "-c",
        "2",
        "-l",
        "INFO",
    ]
    children = [
        Child("web", web, variables),
        Child("worker", [*worker, "--without-gossip", "--without-mingle"], variables),
    ]
    shown = address.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")  # noqa: S104 -- only shown
    supervise(children, Welcome(f"http://{shown}/"))


class Welcome:
    """Prints the address and who may sign in as soon as the portal answers that it is ready."""

    def __init__(self, address: str) -> None:
        self.address, self.is_printed = address, False
        self.until = time.monotonic() + READY_SECONDS

    def __call__(self) -> None:
        if self.is_printed:
            return
        if self._ready():
            self.is_printed = True
            print(
                f"\nThe portal of Red PIP is ready: {self.address}\n{_accounts()}Ctrl-C ends it.",
                flush=True,
            )
        elif time.monotonic() > self.until:
            raise Failure(
                f"The portal was not ready after {READY_SECONDS:.0f} s; the reason is in {LOGS}."
            )

    def _ready(self) -> bool:
        with contextlib.suppress(OSError, urllib.error.URLError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return opener.open(self.address + "readyz", timeout=5).status == 200
        return False


def _accounts() -> str:
    """What prepare_portal said about demonstration accounts, if there are any."""
    log = LOGS / "prepare_portal.log"
    lines = [
        line
        for line in log.read_text(errors="replace").splitlines()
        if line.startswith("  ") and "@demo.pip" in line
    ]
    return (
        "".join(f"{line}\n" for line in ["Demonstration accounts and their password:", *lines])
        if lines
        else ""
    )
