"""A process that ends with its parent: nobody is left behind when a parent is killed without a
word.
"""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
SECONDS = 0.5


def end_with_parent(expected: int | None = None) -> None:
    """End this process as soon as its parent is gone; `expected` is the parent that was there when
    it was started.

    Linux tells the kernel to do it; elsewhere, and as a second rope, a thread looks for a changed
    parent.
    """
    parent = expected or os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we asked
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS)
    os._exit(1)
