"""What the process does: limits itself, reads, answers."""

import json
import resource
import sys

from .answers import Answer, Limits
from .kinds import read
from .refusals import Refused


def main() -> None:
    """Read standard input within the limits of the first argument; answer on standard output."""
    limits: Limits = json.loads(sys.argv[1])
    limit_process(limits)
    sys.stdout.buffer.write(json.dumps(answer(limits), ensure_ascii=True, allow_nan=False).encode())


def limit_process(limits: Limits) -> None:
    """Bytes of memory and seconds of processor time; no file may be written, few opened."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (most, most))


def answer(limits: Limits) -> Answer:
    """What is read, or why nothing is."""
    try:
        return read(sys.stdin.buffer.read(limits["size"] + 1), limits)
    except Refused as refused:
        return refused.answer
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
