"""What the process does: limits itself, looks or reads, answers line by line."""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from .kinds import look
from .refusals import Refused

Answer = dict[str, Any]
MEMORY = 500 << 20  # bytes
SECONDS = 20  # of processor time, whatever the errand says


def main() -> None:
    """Read standard input as the first argument says; answer on standard output."""
    errand = json.loads(sys.argv[1])
    limit_process(errand["seconds"])
    for answer in answers(errand, sys.stdin.buffer):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def limit_process(seconds: int) -> None:
    """Bytes of memory and seconds of processor time; no file may be written, few opened."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, min(seconds, SECONDS)),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


def answers(errand: Answer, file: BinaryIO) -> Iterator[Answer]:
    """What is read, page by page, or why nothing is."""
    try:
        if errand["do"] == "look":
            yield {"kind": look(file)}
        else:
            from .pages import pages  # noqa: PLC0415 -- the libraries, only when they are needed

            yield from pages(file, errand["kind"], errand["after"], errand["part_seconds"])
        yield {"end": True}
    except Refused as refused:
        yield {"refused": refused.key}
    except (MemoryError, RecursionError):
        yield {"refused": "heavy"}
