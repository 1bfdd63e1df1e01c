"""The virtual environment: made on first use, filled again when the requirements change, whole or
not marked as such.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from .place import LOGS, PYTHON, ROOT, VENV, Failure
from .processes import call, clean_environment

OLDEST, NEWEST = (3, 11), (3, 14)
QUIET = ["--disable-pip-version-check", "--no-input", "-q", "--retries", "2"]
INSTALL = [str(PYTHON), "-m", "pip", "install", *QUIET]
FILES = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}


def prepare(purpose: str) -> None:
    """Make `.venv` hold what `purpose` (`run`, `dev`) needs; returns at once when it does."""
    wanted, stamp = _wanted(purpose), VENV / f"{purpose}.stamp"
    if _read(stamp) == wanted and PYTHON.exists():
        return
    require_python()
    if not _usable():
        print("Building the virtual environment .venv ...", flush=True)
        _call(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "The virtual environment could not be made",
            f"; {_venv_advice()}",
        )
    print(f"Installing {FILES[purpose][-1]} (a minute or two the first time) ...", flush=True)
    for kind in FILES:  # an interrupted installation must not look like a whole one
        (VENV / f"{kind}.stamp").unlink(missing_ok=True)
    (VENV / "half").touch()
    _call(
        [*INSTALL, "--require-hashes", "-r", str(ROOT / FILES[purpose][-1])],
        "The packages could not be installed",
        "; is there a network connection to the package index?",
    )
    (VENV / "half").unlink()
    for kind in FILES if purpose == "dev" else ["run"]:
        (VENV / f"{kind}.stamp").write_text(_wanted(kind))


def require_python() -> None:
    """Raises Failure when this Python is too old, too new, or cannot make environments."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Failure(
            f"This is {_name()}; the portal needs Python 3.11 to 3.14: make run "
            "PYTHON=/path/to/python3"
        )
    try:
        from ensurepip import bootstrap  # noqa: F401, PLC0415 -- the question is whether they are there
        from venv import EnvBuilder  # noqa: F401, PLC0415
    except ImportError as error:
        raise Failure(f"{_name()} lacks its venv module; {_venv_advice()}") from error


def _name() -> str:
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"


def _venv_advice() -> str:
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return f"install it (Debian, Ubuntu: sudo apt install {package}) and type the command again."


def _usable() -> bool:
    """Is the environment there, whole, and of a Python that still exists and that we support?"""
    if (
        not PYTHON.exists()
        or (VENV / "half").exists()
        or not any((VENV / f"{kind}.stamp").exists() for kind in FILES)
    ):
        return False
    asks = "import sys, pip; print(*sys.version_info[:2])"
    answer = subprocess.run(
        [str(PYTHON), "-I", "-c", asks], capture_output=True, text=True, check=False
    )
    return answer.returncode == 0 and OLDEST <= tuple(map(int, answer.stdout.split())) <= NEWEST


def _wanted(purpose: str) -> str:
    return hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in FILES[purpose])
    ).hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _call(command: list[str], sentence: str, advice: str) -> None:
    log = LOGS / "setup.log"
    if call(command, log, clean_environment()):
        lines = [
            line
            for line in log.read_text(errors="replace").splitlines()
            if "ERROR" in line or "rror:" in line
        ]
        why = f" ({lines[-1].strip()[:200]})" if lines else ""
        raise Failure(f"{sentence}{why}{advice} Everything that was said is in {log}.")
