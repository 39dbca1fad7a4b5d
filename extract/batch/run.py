"""A run: files read by all cores, put into one package in the order of the files, as far as the run gets."""

from __future__ import annotations

import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from extract.batch.cache import Cache
from extract.batch.inputs import Job
from extract.batch.pool import Work, outcomes
from extract.batch.progress import Progress
from extract.batch.work import Outcome, read_one
from extract.errors import OutputError, on_one_line
from extract.limits import DEFAULT_LIMITS, Limits
from normalize.package import PackageWriter
from normalize.records import Head, NoticeRecords, with_check

#: The code of the check that a notice gets which says what an earlier one says.
REPEATED = "repeats_notice"
_SHOWN = 10


@dataclass(slots=True)
class Totals:
    """What a run found, for a person: counts, and the first few notices and checks."""

    read: int = 0
    failed: int = 0
    attached: int = 0
    repeated: int = 0
    #: Of a run that was interrupted: the files that it did not come to.
    unreached: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    notices: list[tuple[str, Head]] = field(default_factory=list)
    #: Files put into the package, and files read as parts of a notice there, which are no notices of their own.
    put: set[Path] = field(default_factory=set)
    parts: set[Path] = field(default_factory=set)
    #: By a digest of a file, or of what a notice says, the first notice that has it.
    first: dict[bytes, str] = field(default_factory=dict)
    #: By severity, the first checks: document_id, severity, subject, message.
    checks: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=lambda: {"error": [], "warning": []})

    def add(self, document_id: str, notice: NoticeRecords) -> None:
        """Count a notice that is in the package."""
        self.read += 1
        for name, records in notice.records.items():
            self.rows[name] += len(records)
        self.severities.update(notice.head.severities)
        if len(self.notices) < _SHOWN:
            self.notices.append((document_id, notice.head))
        for severity, subject, message in notice.head.important:
            if len(self.checks[severity]) < _SHOWN:
                self.checks[severity].append((document_id, severity, subject, message))


def read_all(
    jobs: Sequence[Job], package: PackageWriter, cache: Cache | None, workers: int, progress: Progress, totals: Totals,
    limits: Limits = DEFAULT_LIMITS,
) -> None:  # fmt: skip
    """Read every file and put it into the package. An interrupt (Ctrl-C, SIGTERM) ends it early, with what is done in the package.

    The package has the notices in the order of the jobs, whoever was done first. ``cache`` is needed for more than one worker.
    """
    work: Work = partial(read_one, cache=cache, limits=limits)
    early: dict[int, Outcome] = {}
    at = 0
    found = outcomes(jobs, work, workers)
    try:
        with _interrupts() as interrupted:
            for number, outcome in found:
                progress.done(jobs[number].path, outcome)
                early[number] = outcome
                while at in early:
                    _put(jobs[at], early.pop(at), package, cache, totals, limits)
                    at += 1
                if interrupted.is_set():
                    totals.unreached = len(jobs) - at - len(early)
                    break
            for number in sorted(early):
                _put(jobs[number], early[number], package, cache, totals, limits)
    except OSError as error:
        place = str(cache.folder if cache else package.folder)
        raise OutputError(place, f"can't be written ({error.strerror or error})", "choose another folder") from error
    finally:
        found.close()


def _put(job: Job, outcome: Outcome, package: PackageWriter, cache: Cache | None, totals: Totals, limits: Limits) -> None:
    if job.path in totals.parts:
        totals.attached += 1
        return
    if outcome.failure is None and outcome.records is None and cache is not None:
        records = cache.read(outcome.key)
        # Damaged, or deleted while we ran: made anew, and kept nowhere.
        outcome = Outcome(records=records) if records else read_one(job, limits=limits)
    if outcome.failure is not None:
        package.add_failure(outcome.failure)
        totals.failed += 1
    elif outcome.records is not None:
        records = _told_from(outcome.records, job.document_id, totals)
        package.add(job.document_id, records)
        totals.put.add(job.path)
        for name in records.head.attachments:
            if (part := job.path.parent / name) in totals.put:
                line = f"{part}: read twice, as a notice and as an attachment of {job.path.name}; move it to count it once"
                print(on_one_line(line), file=sys.stderr)
            totals.parts.add(part)
        totals.add(job.document_id, records)


def _told_from(notice: NoticeRecords, document_id: str, totals: Totals) -> NoticeRecords:
    """The notice, with a check where one that is in the package already is the same."""
    digests = [bytes.fromhex(digest)[:16] for digest in notice.head.sameness]
    known = [totals.first[digest] for digest in digests if digest in totals.first]
    for digest in digests:
        totals.first.setdefault(digest, document_id)
    if not known:
        return notice
    totals.repeated += 1
    return with_check(notice, REPEATED, f"says word for word what {known[0]} says, and counts twice: leave one of the two out")


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """An event that the first interrupt sets, so that no notice is half in the package; the second one stops at once."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def note(number: int, frame: FrameType | None) -> None:
        event.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    for number in former:
        signal.signal(number, note)
    try:
        yield event
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
