"""Processes of their own that act on the test's database at one moment, each committing for real.

Each begins as a copy of one process that has loaded the portal and never opened a connection: to
load it anew takes each of them two seconds.
"""

import multiprocessing as mp
import traceback
from collections.abc import Callable

from django.db import connection

PROCESSES = mp.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.loaded"])


def database() -> dict[str, str]:
    """What a process needs to know of the test's database: `settings_dict.update` of it."""
    return {
        name: connection.settings_dict[name]
        for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    }


def at_once(*scripts: str) -> list[str]:
    """What each of the scripts says by `say(text)`, in their order. Each prepares itself up to its
    `wait()`, from where all go on at one moment.
    """
    barrier, answers = PROCESSES.Barrier(len(scripts)), PROCESSES.Queue()
    racers = [
        PROCESSES.Process(
            target=_run, args=(number, script, barrier, answers, database()), daemon=True
        )
        for number, script in enumerate(scripts)
    ]
    for racer in racers:
        racer.start()
    found = dict(answers.get(timeout=90) for _racer in racers)
    for racer in racers:
        racer.join(10)
    failed = {number: error for number, (_said, error) in found.items() if error}
    assert not failed, "\n".join(failed.values())
    return [found[number][0] for number in range(len(scripts))]


def _run(number: int, script: str, barrier, answers, settings: dict[str, str]) -> None:
    from tests import loaded  # noqa: F401, PLC0415 -- it is, but for a start that went wrong

    connection.settings_dict.update(settings)
    said: list[str] = []
    error = ""
    try:
        names: dict[str, Callable] = {"wait": lambda: barrier.wait(60), "say": said.append}
        exec(script, names)  # noqa: S102 -- written by the test
    except Exception:  # the test shows it
        error = traceback.format_exc()
        barrier.abort()
    finally:
        connection.close()
        answers.put((number, (" ".join(said), error)))
