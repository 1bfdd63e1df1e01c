"""Is the process alive (`/healthz`), and can the portal do its work (`/readyz`)? Short JSON for
machines, no secrets.

A question is a function that returns "" when all is well and otherwise a short sentence. Which are
asked, those of higher floors too, is written in `pip_network/site/wiring.py`.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pip_network.running.wired import Place

log = logging.getLogger(__name__)

Question = Callable[[], str]
QUESTIONS: Place[dict[str, Question]] = Place("the questions of /readyz")
WORKER_SEEN = "worker-seen"
WORKER_BEATS_SECONDS = 10
WORKER_LOST_SECONDS = 45
FREE_BYTES = 200 * 1024 * 1024


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every question is answered well, else 503 with what is wrong."""
    answers = {name: ask(question) or "ok" for name, question in QUESTIONS().items()}
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse(
        {"status": "ready" if ready else "not ready", "checks": answers},
        status=200 if ready else 503,
    )


def ask(question: Question) -> str:
    """The answer; a question that cannot be asked is answered with why."""
    try:
        return question()
    except Exception as error:  # the answer to a question that cannot be asked is no
        log.warning("a readiness question failed", exc_info=True)
        return f"failed: {type(error).__name__}"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def broker() -> str:
    """Does the queue take messages?"""
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        folder = str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
        return "" if os.access(folder, os.W_OK) else "the folder of the queue cannot be written"
    with current_app.connection_for_write(connect_timeout=1) as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=1)
    return ""


def worker() -> str:
    """Has a worker shown itself of late?"""
    beat = cache.get(WORKER_SEEN)
    if beat is None:
        return "no worker has been seen"
    age = time.time() - beat
    return "" if age < WORKER_LOST_SECONDS else f"the worker was last seen {age:.0f} s ago"


def disk() -> str:
    """Is there room where the portal keeps its state?"""
    return (
        ""
        if shutil.disk_usage(settings.DATA_DIR).free > FREE_BYTES
        else "less than 200 MB of disk are free"
    )


def worker_is_alive() -> None:
    """Written by the worker every WORKER_BEATS_SECONDS."""
    cache.set(WORKER_SEEN, time.time(), timeout=10 * WORKER_LOST_SECONDS)
