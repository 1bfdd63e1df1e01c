"""A stranger's copy of the portal, and `make run` in it as a process with or without a terminal."""

import contextlib
import hashlib
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".data",
    "*.pyc.*",  # being written; what is compiled goes along
    ".*_cache",
    ".hypothesis",
    "node_modules",
    "shots",
    "tests",
    "docs",
    "LC_MESSAGES",
)


def copy(folder: Path) -> Path:
    """The working tree without its state, and an environment that borrows the packages of this one."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    python = binaries / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    (folder / ".venv" / "run.stamp").write_text(
        hashlib.sha256((folder / "requirements.txt").read_bytes()).hexdigest()
    )
    return folder


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without its test settings and services."""
    ours = re.compile(
        "PIP_(MODE|DATA|TEST_.*)|DATABASE_URL|REDIS_.*|DJANGO_.*|PYTEST_.*|MAKE.*|ARGS|MFLAGS|HOST|PORT|PYTHON.*"
    )
    return {
        name: value for name, value in os.environ.items() if not ours.fullmatch(name)
    } | variables


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """`make run` in `folder`.

    With a terminal, `press_ctrl_c` types it; without one stdin is /dev/null, in its own session.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
        terminal: bool = False,
        command=("make", "run"),
        **variables: str,
    ) -> None:
        self.folder, self.port, self.output = folder, port, ""
        env = environment(PORT=str(port), PYTHON=sys.executable, **variables)
        self.master, slave = pty.openpty() if terminal else os.pipe()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=slave if terminal else subprocess.DEVNULL,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=own_terminal if terminal else None,
        )
        os.close(slave)

    def read(self, seconds: float = 0.1) -> str:
        while select.select([self.master], [], [], seconds)[0]:
            try:
                piece = os.read(self.master, 65536)
            except OSError:  # the terminal is gone
                break
            if not piece:
                break
            self.output += piece.decode(errors="replace")
        return self.output

    def wait_for(self, condition, seconds: float = 90.0) -> None:
        until = time.monotonic() + seconds
        while not condition():
            self.read()
            assert time.monotonic() < until, self.output
            assert self.process.poll() is None or condition(), self.output

    def wait_until_ready(self) -> None:
        self.wait_for(lambda: "is ready" in self.read())

    def end(self, seconds: float = 30.0) -> int:
        """Wait for the end; returns the exit status of `make`."""
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            self.read()
            assert time.monotonic() < until, self.output
        self.read()
        return self.process.returncode

    def press_ctrl_c(self) -> None:
        os.write(self.master, b"\x03")

    def supervisor(self) -> int:
        return int(re.search(r"process (\d+)", (self.folder / ".data" / "run.lock").read_text())[1])

    def clean_up(self) -> None:
        for pid in left_behind(self.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def own_terminal() -> None:
    """In the child: make the terminal on stdin its own, as a terminal window does."""
    import fcntl  # noqa: PLC0415 -- runs between fork and exec
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def left_behind(folder: Path) -> list[int]:
    """Processes that run in `folder` (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if Path(os.readlink(entry / "cwd")) == folder and int(entry.name) != os.getpid():
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
                if state != "Z":
                    found.append(int(entry.name))
    return found


def get(port: int, path: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
