"""The folder the portal runs from: where things are, whether it already runs, whether its port is
free.
"""

import errno
import fcntl
import os
import socket
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("PIP_DATA", "").strip() or ROOT / ".data").expanduser().resolve()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = DATA / "log"


class Failure(Exception):
    """One sentence for the person who typed the command: what is wrong and what to do."""


def chosen_port() -> int:
    """PORT, or 8000; raises Failure."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Failure(
            f"PORT is {text!r}; use a whole number from 1 to 65535, for example: make run PORT=8080"
        )
    return int(text)


def chosen_host() -> str:
    return os.environ.get("HOST", "").strip() or "127.0.0.1"


def require_free_port(host: str, port: int) -> None:
    """Raises Failure, with the reason and what to do, when the portal could not listen there."""
    try:
        family, _type, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as test:
            test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            test.bind(address)
    except socket.gaierror as error:
        raise Failure(
            f"HOST is {host!r}, which is no address of this computer; use 127.0.0.1 or 0.0.0.0."
        ) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failure(
                f"Port {port} is taken by another program; choose another one: make run PORT={port + 1}"
            ) from error
        if error.errno == errno.EACCES:
            raise Failure(
                f"Port {port} is reserved for the system; choose one above 1023: make run PORT=8000"
            ) from error
        raise Failure(
            f"The portal cannot listen on {host} port {port} ({error.strerror}); use "
            "HOST=127.0.0.1."
        ) from error


def lock_folder(host: str, port: int) -> None:
    """Hold this folder until the process ends, however it ends; refuse when another process holds
    it.
    """
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        file = open(DATA / "run.lock", "a+", encoding="utf-8")  # noqa: SIM115 -- held until the process ends
    except OSError as error:
        raise Failure(
            f"The folder {DATA} cannot be written ({error.strerror}); give yourself the right to, "
            "or set PIP_DATA."
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        raise Failure(
            f"The portal already runs from this folder ({file.read().strip()}); end it there with "
            "Ctrl-C first."
        ) from error
    file.truncate(0)
    file.write(f"process {os.getpid()}, http://{host}:{port}")
    file.flush()
    global _held
    _held = file


_held = None
