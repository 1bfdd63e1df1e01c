"""Reading the text of a file: asked for with the file, done by a job, there all at once.

A worker that is killed in the middle leaves nothing: pages, preview and state are written in the
transaction that marks its job done, and the next worker begins anew.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from knowledge.choices import TextState
from knowledge.models import File, Page
from knowledge.search.index import index_work
from pip_network.choices import JobStatus, ScanState
from pip_network.files.stored import opened, previews
from pip_network.files.stored.extracting import Extraction, Part
from pip_network.jobs import jobs
from pip_network.models import Job, User
from pip_network.web.locks import for_update

from . import reasons

log = logging.getLogger(__name__)

KIND = "knowledge.tasks.read_text"
REPORT_EVERY = 20  # parts
AT_ONCE = 20  # files of one sweep
READABLE = (ScanState.NOT_SCANNED, ScanState.CLEAN)


def order(file: File, *, by: User | None, at: dt.datetime) -> Job:
    """Ask for the text of a file, inside the transaction of the action that adds it, which has
    asked for the permission.
    """
    return jobs.enqueue(kind=KIND, arguments={"file": file.pk}, requested_by=by, at=at)


def work(job: Job, progress: jobs.Progress) -> Callable[[], None] | None:
    """The job: reads the file, and hands out what writes it. A file that is gone, was read, or
    waits for the scanner needs nothing.
    """
    file = File.objects.select_related("stored").filter(pk=job.arguments["file"]).first()
    if file is None or file.text_state != TextState.WAITING or not file.stored.is_readable:
        return None
    try:
        content = opened(file.stored)
    except OSError:
        log.warning("the bytes of the file %s are away", file.stored.name)
        return partial(_refuse, file, "damaged")
    with content:
        extraction = Extraction(content, file.stored.kind)
        parts = []
        for part in extraction.parts():
            parts.append(part)
            if len(parts) % REPORT_EVERY == 0:
                progress(done=len(parts))
    if extraction.refused:
        return partial(_refuse, file, extraction.refused)
    return partial(_write, file, extraction, parts)


def sweep(*, at: dt.datetime) -> int:
    """Ask again for files that wait and of which no job is under way: the scanner was away, or a
    backup came back. What three workers died of is too heavy. Returns how many were asked for.
    """
    asked = 0
    for file in waiting()[:AT_ONCE]:
        with transaction.atomic():
            last = Job.objects.filter(kind=KIND, arguments__file=file.pk).first()
            if last is not None and not last.ended:
                continue
            if last is not None and last.status == JobStatus.FAILED:
                _refuse(file, "heavy")
                continue
            order(file, by=None, at=at)
            asked += 1
    return asked


def waiting() -> QuerySet[File]:
    """Files whose text could be read and was not yet."""
    files = File.objects.filter(text_state=TextState.WAITING, stored__scan__in=READABLE)
    return files.order_by("pk")


def _write(file: File, extraction: Extraction, parts: list[Part]) -> None:
    """Pages, preview and state of a file that is still waiting for them."""
    has_text = any(letter.isalnum() for part in parts for letter in part.text)
    said = ""
    if extraction.is_cut:
        said = reasons.cut(extraction.reached)
    elif extraction.unread:
        said = reasons.unread(extraction.unread)
    state = TextState.TEXT if has_text else TextState.NO_TEXT
    if not _settle(file, text_state=state, pages=len(parts) or None, reason=said):
        return
    Page.objects.filter(file=file).delete()
    Page.objects.bulk_create(
        (Page(file=file, number=part.number, label=part.label, text=part.text) for part in parts),
        batch_size=200,
    )
    index_work(file.expression.work)
    previews.save(file.stored, extraction.preview)


def _refuse(file: File, key: str) -> None:
    state = TextState.ENCRYPTED if key == "encrypted" else TextState.REFUSED
    if _settle(file, text_state=state, pages=None, reason=key):
        Page.objects.filter(file=file).delete()


def _settle(file: File, **fields: Any) -> bool:
    """Write how it went, unless somebody else has; whether it was written."""
    rows = for_update(File.objects.filter(pk=file.pk, text_state=TextState.WAITING))
    if not list(rows.values_list("pk")):
        return False
    File.objects.filter(pk=file.pk).update(**fields)
    return True
