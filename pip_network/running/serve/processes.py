"""One supervisor for web server and worker: starts them, starts again what dies, ends all of it
once.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .place import LOGS, ROOT, Failure

STOP_SECONDS = 8.0
LOOK_SECONDS = 0.2
MOST_DEATHS, DEATHS_WITHIN = 5, 60.0
LOG_BYTES = 5_000_000
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to end: Ctrl-C, or SIGTERM from a service manager."""


def listen_for_the_end() -> None:
    """SIGINT, SIGTERM and SIGHUP raise Stopped, once; what comes after it is not heard while we
    tidy up.
    """

    def stop(number: int, frame: object) -> None:
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise Stopped

    for ending in ENDINGS:
        signal.signal(ending, stop)


def take_the_keyboard() -> Callable[[], None]:
    """Let Ctrl-C reach only this process and not `make` above it, which would report an error;
    returns how to undo it.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return lambda: None
    before = os.getpgrp()
    if before == os.getpid() or os.tcgetpgrp(terminal) != before:
        os.close(terminal)
        return lambda: None
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(
        signal.SIGTSTP, signal.SIG_IGN
    )  # stopped, it could not be brought back: the shell does not know it
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())

    def give_back() -> None:
        with contextlib.suppress(OSError):
            os.tcsetpgrp(terminal, before)

    return give_back


def end_with_supervisor() -> None:
    """Runs in a child before its program: on Linux the kernel ends it with its parent."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def call(command: list[str], log: Path, environment: dict[str, str] | None = None) -> int:
    """Run a program to its end, its output into `log`; it ends with us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_supervisor,
            check=False,
        ).returncode


def clean_environment(**variables: str) -> dict[str, str]:
    """Ours, without what would lead the Python of `.venv` astray, and with `variables`."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    } | variables


class Child:
    """A program that runs as long as the portal does."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = LOGS / f"{name}.log"
        self.deaths: list[float] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        LOGS.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as output:
            # A session of its own: Ctrl-C reaches it through us, once.
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_supervisor,
            )

    def revive(self) -> None:
        """Start it again if it died; a program that keeps dying ends the portal."""
        if self.process is None or self.process.poll() is None:
            return
        self.kill_group()  # what it may have left behind
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < DEATHS_WITHIN] + [now]
        if len(self.deaths) >= MOST_DEATHS:
            raise Failure(
                f"The {self.name} ended {MOST_DEATHS} times within a minute; the reason is at the "
                f"end of {self.log}."
            )
        print(
            f"The {self.name} ended unexpectedly and is started again (see {self.log}).",
            file=sys.stderr,
            flush=True,
        )
        self.start()

    def kill_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def supervise(children: list[Child], tick: Callable[[], None]) -> None:
    """Keep `children` running until Stopped (or a Failure) is raised; `tick` is called a few times
    a second.
    """
    try:
        for child in children:
            child.start()
        while True:
            for child in children:
                child.revive()
            tick()
            time.sleep(LOOK_SECONDS)
    finally:
        stop(children)


def stop(children: list[Child]) -> None:
    """Ask all to end, give them a few seconds, then end what is left: a job cut short is done again
    at the next start.
    """
    running = [(child, child.process) for child in children if child.process is not None]
    for _child, process in running:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for child, process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
        child.kill_group()
        process.wait()
