"""Asking the process that looks into files: what a file is, and the text of its pages."""

import contextlib
import json
import logging
import os
import subprocess
import threading
from collections.abc import Generator, Iterator
from typing import IO, Any

from django.core.files import File
from django.utils.translation import gettext as _

from pip_network.choices import FileKind
from pip_network.files import starting
from pip_network.files.incoming import Refused

log = logging.getLogger(__name__)

MEMORY = 500 << 20  # bytes
SECONDS = 20  # of processor time, whatever the errand says
WALL_SECONDS = 30
LOOK_SECONDS = 8  # of processor time: somebody waits for the answer

Answer = dict[str, Any]


def look(file: IO[bytes] | File) -> FileKind:
    """What the file is, by its content. Raises Refused with one sentence for what is not kept."""
    answers = list(ask(file, {"do": "look", "seconds": LOOK_SECONDS}))
    if "refused" in answers[-1]:
        raise refusal(answers[-1]["refused"])
    return FileKind(answers[0]["kind"])


def ask(
    file: IO[bytes] | File, errand: Answer, *, wall: float = WALL_SECONDS
) -> Generator[Answer, None, None]:
    """The answers of the process as they come, the last of them an end or a refusal. It has so many
    seconds.

    It has no environment: the secrets of the portal are not there to be read.
    """
    limits = {"memory": MEMORY, "seconds": min(errand["seconds"], SECONDS), "files": 64}
    file.seek(0)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with subprocess.Popen(  # noqa: S603 -- our own script; the file goes in by its standard input
        starting.command({**errand, "limits": limits}),
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
        cwd="/",
    ) as process:
        clock = threading.Timer(wall, process.kill)
        clock.start()
        try:
            yield from _answers(process)
        finally:
            clock.cancel()
            with contextlib.suppress(OSError):
                process.kill()


def _answers(process: subprocess.Popen[bytes]) -> Iterator[Answer]:
    for line in process.stdout or ():
        try:
            answer = json.loads(line)
        except ValueError:  # cut in the middle
            break
        yield answer
        if "end" in answer or "refused" in answer:
            return
    if process.wait() < 0:  # ended by the system: processor time or memory
        yield {"refused": "heavy"}
        return
    said = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
    log.warning("the process that looks into files failed: %s", said[-2000:])
    yield {"refused": "heavy" if "MemoryError" in said else "damaged"}


def refusal(key: str, **numbers: int) -> Refused:
    """The error of a file that is not kept."""
    return Refused(sentence_of(key) % numbers, key=key)


def sentence_of(key: str) -> str:
    """Why a file is not kept, or not read, in the reader's language."""
    return {
        "empty": _("The file is empty."),
        "size": _("The file is larger than %(megabytes)s MB: divide it or make it smaller."),
        "kind": _(
            "The file is none of those that are kept, whatever its name says: PDF, Word, Excel, "
            "PowerPoint, OpenDocument, CSV, plain text, PNG or JPEG."
        ),
        "markup": _("This is a web page or a drawing with code in it: save it as PDF."),
        "program": _("This is a program: it is not kept."),
        "old_office": _(
            "This is a file of an old Office (.doc, .xls, .ppt): save it as .docx, .xlsx, .pptx "
            "or PDF."
        ),
        "encrypted": _("The file is protected with a password: save it without one."),
        "macros": _("The file contains macros or programs: save it without them."),
        "reaches_out": _(
            "The file loads a template or an object from elsewhere: save it as PDF, or without it."
        ),
        "scripts": _("The PDF contains scripts or starts programs: print it anew as PDF."),
        "attachments": _("The PDF carries other files inside: save it without attachments."),
        "damaged": _(
            "The file is damaged, cut short, or not what it begins like: open it, save it again "
            "and try once more."
        ),
        "bomb": _("Unpacked, the file is too large to be read: save it again, or divide it."),
        "heavy": _(
            "Reading the file took more time or memory than is allowed: save it again, or divide "
            "it."
        ),
        "longer": _("More bytes came than were announced."),
        "virus": _("The virus scanner refuses this file; it was not kept."),
    }[key]
