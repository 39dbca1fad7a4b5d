"""A time limit for one document, on every platform: the thread at work is told by another that its time is up."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from extract.errors import LimitExceeded

_MOST_SECONDS = threading.TIMEOUT_MAX


class _TimeIsUp(BaseException):
    """Raised between two steps of the thread at work. No ``except Exception`` of a library may take it for its own."""


_at_work = threading.local()


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Do what is inside within some seconds, else raise ``LimitExceeded``. Inside another time limit, that one holds.

    A call into a library written in C is over before the exception is raised.
    """
    if getattr(_at_work, "is_limited", False):
        yield
        return
    watch = _Watch(threading.get_ident())
    timer = threading.Timer(min(seconds, _MOST_SECONDS), watch.interrupt)
    timer.daemon = True
    try:
        try:
            _at_work.is_limited = True
            timer.start()
            yield
        finally:
            _at_work.is_limited = False
            timer.cancel()
            watch.end()
    except _TimeIsUp:
        raise LimitExceeded(
            name, f"not read within {seconds:g} seconds", "split the document, or raise the limit `seconds`"
        ) from None


class _Watch:
    """Interrupts a thread, unless the work has ended."""

    def __init__(self, thread: int) -> None:
        self._thread, self._lock = ctypes.c_ulong(thread), threading.Lock()
        self._has_ended = self._has_interrupted = False

    def interrupt(self) -> None:
        with self._lock:
            if not self._has_ended:
                self._has_interrupted = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(_TimeIsUp))

    def end(self) -> None:
        with self._lock:
            self._has_ended = True
            # What was set and not yet raised is taken back. Where nothing was, this call would do harm: the interpreter
            # would look for an exception at every step from then on, and a profiler hangs there (CPython 3.11).
            if self._has_interrupted:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)
