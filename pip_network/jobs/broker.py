"""Hints to the worker.

The rows are the truth: a broker that is away costs a page a second at most, and loses nothing.
"""

import logging
import time
from typing import Any

from celery import current_app

log = logging.getLogger(__name__)

# after a failure nobody waits for the broker again so soon; sweep and timetable send what waits
QUIET_SECONDS = 10.0
_away_until = 0.0


def hint(task: str, *arguments: Any, countdown: float | None = None) -> bool:
    """Ask a worker to run `task`; False when the broker did not take it, which is no error: what is
    asked for is a row.
    """
    global _away_until
    if time.monotonic() < _away_until:
        return False
    try:
        current_app.send_task(task, args=list(arguments), countdown=countdown, retry=False)
    except Exception:  # whatever the broker's library raises
        _away_until = time.monotonic() + QUIET_SECONDS
        log.warning("the broker is away; %s runs when it is back", task, exc_info=True)
        return False
    return True
