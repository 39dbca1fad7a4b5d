"""Files over processes: outcomes as they come, a process that dies included."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from extract.batch.inputs import Job
from extract.batch.work import Outcome
from extract.errors import LimitExceeded
from extract.names import to_text
from normalize.package import Failure

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Work = Callable[[Job], Outcome]

# Enough that no process waits for the next file, few enough that memory stays flat.
_AHEAD = 4


def outcomes(jobs: Iterable[Job], work: Work, workers: int) -> Generator[tuple[int, Outcome], None, None]:
    """The outcome of every file with its number, in any order; by ``workers`` processes, or in this one for a single worker.

    A file whose process dies (memory, a fault in a library) is read again with nothing beside it; if that dies too, it is a failure.
    """
    if workers < 2:
        yield from ((number, work(job)) for number, job in enumerate(jobs))
        return
    rest = iter(enumerate(jobs))
    is_done = False
    while not is_done:
        suspects: list[tuple[int, Job]] = []
        yield from _together(rest, work, workers, suspects)
        is_done = not suspects
        yield from _one_by_one(suspects, work)


def _together(
    rest: Iterator[tuple[int, Job]], work: Work, workers: int, suspects: list[tuple[int, Job]]
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes until the files end or a process dies; then ``suspects`` holds what was under way."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    flying: dict[Future[Outcome], tuple[int, Job]] = {}
    pool = _pool(workers)
    try:
        while not suspects:
            while len(flying) < _AHEAD * workers and (item := next(rest, None)) is not None:
                try:
                    flying[_submitted(pool, work, item[1])] = item
                except BrokenProcessPool:
                    suspects.append(item)
                    break
            if not flying:
                return
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                number, job = flying.pop(future)
                try:
                    yield number, future.result()
                except BrokenProcessPool:
                    suspects.append((number, job))
        suspects += flying.values()
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(suspects: list[tuple[int, Job]], work: Work) -> Iterator[tuple[int, Outcome]]:
    from concurrent.futures.process import BrokenProcessPool

    for number, job in sorted(suspects, key=lambda item: item[0]):
        with _pool(1) as pool:
            try:
                yield number, _submitted(pool, work, job).result()
            except BrokenProcessPool:
                cause = "the process that read it died (out of memory, or a fault in a library)"
                yield number, Outcome(failure=Failure(to_text(str(job.path)), "", cause, "read it alone, with more memory, or leave it out"))


def _submitted(pool: ProcessPoolExecutor, work: Work, job: Job) -> Future[Outcome]:
    """The outcome to come. The first one starts the processes; raises ``LimitExceeded`` where the system has none for us."""
    try:
        return pool.submit(work, job)
    except (OSError, EOFError) as error:  # an end of file is that of the server that forks
        cause = f"processes can't be started ({error or type(error).__name__})"
        raise LimitExceeded("--jobs", cause, "read in this one alone: --jobs 1 (JOBS=1)") from error


def _pool(workers: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A child of the fork server shares what has been imported, and inherits no lock that a thread of ours holds.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([Outcome.__module__])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """A worker ends with its parent, and leaves it to the parent what an interrupt means."""
    import multiprocessing
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=partial(_end_with, parent.join), daemon=True).start()


def _end_with(join: Callable[[], None]) -> None:
    join()
    os._exit(1)


def cores() -> int:
    """How many processes can run at a time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
