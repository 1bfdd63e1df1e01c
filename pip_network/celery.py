"""The Celery application and what a worker does as it starts.

The job row is the truth, the queue only a hint.
"""

import logging
import os
import threading
from typing import Any

from celery import Celery
from celery.signals import (
    beat_embedded_init,
    beat_init,
    worker_init,
    worker_process_init,
    worker_ready,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")

app = Celery("pip_network")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

log = logging.getLogger(__name__)


@worker_init.connect
@beat_init.connect
def refuse_unsafe_settings(**kwargs: Any) -> None:
    from pip_network.running.checks import refuse_unsafe  # noqa: PLC0415 -- needs loaded apps

    refuse_unsafe()


@worker_init.connect
def end_with_supervisor(**kwargs: Any) -> None:
    from pip_network.running.lifeline import end_with_parent  # noqa: PLC0415 -- only a supervised worker needs it

    if supervisor := os.environ.get("PIP_SUPERVISOR"):
        end_with_parent(int(supervisor))


@worker_process_init.connect
@beat_embedded_init.connect
def end_with_worker(**kwargs: Any) -> None:
    from pip_network.running.lifeline import end_with_parent  # noqa: PLC0415 -- only a child of the worker needs it

    end_with_parent()


@worker_ready.connect
def start_work(**kwargs: Any) -> None:
    """Send again what the last worker left behind, and say "I am here" from now on."""
    from django.db import connection  # noqa: PLC0415 -- needs loaded apps
    from django.utils import timezone  # noqa: PLC0415 -- needs loaded apps

    from pip_network.jobs import jobs  # noqa: PLC0415 -- needs loaded apps
    from pip_network.running import health  # noqa: PLC0415 -- needs loaded apps

    def beat() -> None:
        while True:
            try:
                health.worker_is_alive()
            except Exception:  # a cache that is away for a moment must not end the heart
                log.warning("no heartbeat of the worker", exc_info=True)
            finally:
                # this thread's own: one that was cut would never be opened again
                connection.close()
            pause.wait(health.WORKER_BEATS_SECONDS)

    pause = threading.Event()
    threading.Thread(target=beat, name="worker-heartbeat", daemon=True).start()
    try:
        jobs.sweep(at=timezone.now())
    except Exception:  # the timetable sweeps again
        log.warning("the first sweep failed", exc_info=True)
