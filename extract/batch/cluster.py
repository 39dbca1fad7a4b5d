"""Notices on a Dask cluster: files from any place that fsspec knows, tables as Parquet, a file a table and part."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from itertools import islice

from distributed import Client, Future, as_completed
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from extract.batch.parts import (
    DONE,
    FILES_A_PART,
    Counts,
    Done,
    Part,
    halves,
    own_files,
    read_part,
    to_parts,
    write_part,
)
from extract.batch.places import find_places
from extract.batch.work import to_failure
from extract.errors import MissingFile, NoticeError, OutputError
from extract.names import to_text
from normalize.package import Failure
from normalize.typed import Value

_NAMED, _LONGEST = 3, 300
# Parts that the scheduler holds at a time: many, so that no worker waits, and not millions.
_AHEAD = 1000
_INSTALL = "install this tool where the scheduler and the workers run (pip install '.[cluster]'), in the versions that are here"


def run_on_cluster(
    documents: Sequence[str], out: str, scheduler: str, files_a_part: int = FILES_A_PART, errors: list[NoticeError] | None = None,
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> Counts:  # fmt: skip
    """Read every document (URLs, folders or patterns of fsspec, ``@`` and a file of these) and write the tables under the URL ``out``.

    There, ``<table>/part-000000.parquet`` and so on hold the tables; ``texts/`` the canonical texts, ``failures/`` the files that
    could not be read. What names no file is added to ``errors``; ``say`` is told of each part when it is done. Raises ``NoticeError``
    where there is nothing to read, no scheduler answers, or ``out`` holds files of others.
    """
    errors = [] if errors is None else errors
    parts = list(to_parts(find_places(documents, errors), files_a_part))
    if not parts:
        return Counts(failed=len(errors))
    try:
        target, root = url_to_fs(out)
        own_files(target, root, out)
        target.makedirs(posixpath.join(root, DONE), exist_ok=True)
    except NoticeError:
        raise
    except Exception as error:  # as many kinds as there are places
        raise OutputError(out, f"can't be written ({error})", "give a path, or a URL that fsspec knows") from error
    # Workers have folders of their own to count from.
    place = root if isinstance(target, LocalFileSystem) else out
    try:
        client = Client(scheduler)
    except (OSError, ValueError) as error:
        raise MissingFile(scheduler, f"no Dask scheduler answers ({error})", "check the address") from error
    with client:
        try:
            _wait_for_workers(client, scheduler, say)
            run = _Run(client, target, root, place, say, len(parts))
            run.do(parts)
            run.leave_out_attachments()
        except NoticeError:
            raise
        except Exception as error:  # of this place, of a worker, or of the way between
            raise _told(error, scheduler, out) from error
    if errors:
        run.write_failures(f"part-{len(parts):06}", map(to_failure, errors))
    # Parts of an earlier run that this one does not have would be rows twice, and so would what a worker wrote of one and died.
    target.invalidate_cache()
    for path, name in own_files(target, root, out):
        if name not in run.written:
            target.rm_file(path)
    return sum(run.written.values(), Counts())


def _wait_for_workers(client: Client, scheduler: str, say: Callable[[str], None]) -> None:
    """Raise ``NoticeError`` where a worker lacks this tool: it would end at the first task, and we would wait for ever."""

    def lacks_it() -> bool:
        # Sent whole, as nothing is that stands in a module.
        from importlib.util import find_spec

        return find_spec("extract") is None or find_spec("extract.batch.parts") is None

    if not client.scheduler_info(n_workers=-1)["workers"]:
        say(f"{scheduler}: there is no worker yet; waiting for one")
        client.wait_for_workers(1)
    if lacking := [address for address, lacks in client.run(lacks_it).items() if lacks]:
        raise MissingFile(", ".join(lacking[:_NAMED]), "the worker can't load this tool", _INSTALL)


def _told(error: Exception, scheduler: str, out: str) -> NoticeError:
    """What went wrong on the way, for a person."""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    if "connection" in said and "lost" in said or isinstance(error, CommClosedError):
        return MissingFile(scheduler, "the scheduler was lost on the way", "run it again when it is back: the parts that are done are kept")
    if isinstance(error, ImportError) or "deserializ" in said:
        return MissingFile(scheduler, f"the scheduler or a worker can't load this tool ({said})", _INSTALL)
    return OutputError(out, f"a worker failed ({said})", "see that all workers can write there, and run it again: what is done is kept")


class _Run:
    """Parts on their way: what was submitted, and what became of it."""

    def __init__(self, client: Client, target: AbstractFileSystem, root: str, place: str, say: Callable[[str], None], total: int) -> None:
        self._client, self._target, self._root, self._place = client, target, root, place
        self._say, self._total = say, total
        #: By the names of the parts that are in the output, what they hold.
        self.written: dict[str, Counts] = {}
        self._done: dict[str, tuple[Part, Done]] = {}

    def do(self, parts: Iterable[Part]) -> None:
        """Have every part done, so many at a time."""
        flying: dict[Future, Part] = {}
        waiting = as_completed()

        def submit(part: Part) -> None:
            future = self._client.submit(read_part, part, self._place, pure=False, retries=2)
            flying[future] = part
            waiting.add(future)

        left = iter(parts)
        for part in islice(left, _AHEAD):
            submit(part)
        for future in waiting:
            part = flying.pop(future)
            error = future.exception()
            if isinstance(error, KilledWorker) and len(part.files) > 1:
                # Some file ends every process that reads it. Halves tell which.
                self._total += 1
                self.written.pop(part.name, None)
                self._done.pop(part.name, None)
                for half in halves(part):
                    submit(half)
            elif isinstance(error, KilledWorker):
                cause = "the processes that read it died (out of memory, or a fault in a library)"
                failure = Failure(to_text(part.files[0][0]), "", cause, "read it alone, with more memory, or leave it out")
                self.write_failures(part.name, [failure])
            else:
                self._add(part, future.result())
            for following in islice(left, 1):
                submit(following)

    def leave_out_attachments(self) -> None:
        """Do parts once more that hold attachments of notices in earlier parts, without these: they are no notices of their own."""
        taken: set[str] = set()
        for name in sorted(self._done):
            part, done = self._done[name]
            skipped = frozenset(url for url, _, _ in part.files if url in taken)
            if skipped != done.skipped:
                self.do([replace(part, skipped=skipped)])
                done = self._done[name][1]
            taken |= done.strays

    def write_failures(self, name: str, failures: Iterable[Failure]) -> None:
        """A part that holds nothing but failures."""
        rows: list[list[Value]] = [list(astuple(failure)) for failure in failures]
        write_part(self._target, self._root, name, {}, [], rows)
        self.written[name] = Counts(failed=len(rows))

    def _add(self, part: Part, done: Done) -> None:
        if not self._done and not self._target.exists(posixpath.join(self._root, DONE, part.name)):
            raise OutputError(self._place, f"{part.name} was written elsewhere", "give a place that we and all workers see as one")
        self.written[part.name] = done.counts
        self._done[part.name] = (part, done)
        counts = done.counts
        self._say(f"{part.name}: {counts.read} read, {counts.failed} failed ({len(self.written)} of {self._total} parts)")
