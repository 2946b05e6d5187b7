"""Forking: where it is safe, and how a forked process ends."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1  # of prctl(2)


def can_fork() -> bool:
    """Tell whether a process may be forked here: beside threads it may not."""
    return threading.active_count() == 1 and sys.platform == "linux"


def begin() -> None:
    """Leave interrupting to the parent, and end when the parent does, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":  # the kernel sees to it: beside a thread nothing more may be forked
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != getattr(multiprocessing.parent_process(), "pid", None):
            os._exit(1)  # it has ended already
    else:
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
