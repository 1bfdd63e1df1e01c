"""What the process does: limits itself, reads, answers line by line."""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from .refusals import Refused

Answer = dict[str, Any]


def main() -> None:
    """Read standard input as the first argument says; answer on standard output."""
    errand = json.loads(sys.argv[1])
    limit_process(**errand["limits"])
    for answer in answers(errand, sys.stdin.buffer):
        sys.stdout.write(json.dumps(answer, allow_nan=False) + "\n")
        sys.stdout.flush()


def limit_process(*, memory: int, seconds: int, files: int) -> None:
    """Bytes of memory and seconds of processor time; no file may be written, few opened."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, files),
    ):
        resource.setrlimit(kind, (most, most))


def answers(errand: Answer, file: BinaryIO) -> Iterator[Answer]:
    """What is read, or why nothing is."""
    try:
        yield from _read(errand, file)
    except Refused as refused:
        yield refused.answer
    except (MemoryError, RecursionError):
        yield {"refused": "heavy"}


def _read(errand: Answer, file: BinaryIO) -> Iterator[Answer]:
    """The libraries only when they are needed: each costs memory and time."""
    match errand["do"]:
        case "tables":
            from .tables.kinds import read  # noqa: PLC0415

            yield read(file.read(errand["size"] + 1), errand)
        case "look":
            from .documents.kinds import look  # noqa: PLC0415

            yield {"kind": look(file)}
            yield {"end": True}
        case "read":
            from .documents.pages import pages  # noqa: PLC0415

            yield from pages(file, errand["kind"], errand["after"], errand["part_seconds"])
            yield {"end": True}
