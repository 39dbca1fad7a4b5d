"""One file, from its bytes to the records of its notice: the work that any process of a run can do."""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extract import read_notice
from extract.batch.cache import Cache
from extract.batch.inputs import Job
from extract.beside import names_beside
from extract.deadline import time_limit
from extract.errors import NoticeError
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model import Notice
from extract.names import to_text
from normalize import normalize
from normalize.package import Failure
from normalize.records import NoticeRecords, to_records
from normalize.schema import Tables
from normalize.validation import validate

# Rows get their own id when they are written.
ANY_ID = "notice"
_OF_ATTACHMENTS = ("attachment_read", "attachment_unread", "attachment_same", "attachment_overlaps", "attachment_unsure")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its records, or the key that the cache has them under, or why there are none.

    ``trace`` tells a developer where a failure arose.
    """

    key: str = ""
    records: NoticeRecords | None = None
    failure: Failure | None = None
    trace: str = ""


def read_one(job: Job, cache: Cache | None = None, limits: Limits = DEFAULT_LIMITS) -> Outcome:
    """Read and understand a file, unless the cache has it. Raises ``OSError`` where the cache can't be written, nothing else."""
    data = _content(job.path, limits)
    if data is None or cache is None:
        found = attempt(str(job.path), job.source, limits, lambda: read_notice(job.path, limits))
        return Outcome(records=to_records(*found)) if isinstance(found, tuple) else found
    key = cache.key(job.source, data, limits, names_beside(job.path))
    if key not in cache:
        found = attempt(str(job.path), job.source, limits, lambda: read_notice(job.path, limits, data))
        if isinstance(found, Outcome):
            return found
        if any(check["code"] in _OF_ATTACHMENTS for check in found[0]["checks"]):
            # The key knows nothing of what those files hold.
            return Outcome(records=to_records(*found))
        cache.write(key, to_records(*found))
    return Outcome(key)


def attempt(name: str, source: str, limits: Limits, read: Callable[[], Notice]) -> tuple[Tables, str, list[str]] | Outcome:
    """The rows of a notice, checked, under an id that stands for any, its text, and the names of the files read as parts of it;
    or the outcome that says why there are none. ``name`` is for messages, ``source`` for the row of the notice."""
    try:
        with time_limit(limits.seconds, name), _no_collection():
            notice = read()
            rows = normalize(notice, ANY_ID)
            rows["documents"][0]["source_file"] = source
            validate(rows, {ANY_ID: notice.text})
            return rows, notice.text, [enclosure.name for enclosure in notice.enclosures]
    except NoticeError as error:
        return Outcome(failure=to_failure(error), trace=traceback.format_exc())
    except Exception as error:  # a fault of ours: said in one line, and no reason to lose the other notices
        cause = f"{type(error).__name__}: {error}".replace("\n", " ")
        remedy = "this is a fault of the program: please report it (-v shows where)"
        if isinstance(error, ModuleNotFoundError):
            cause, remedy = f"{error.name} is not installed", "run make extract, or pip install -r requirements/run.txt"
        return Outcome(failure=Failure(to_text(name), "", cause, remedy), trace=traceback.format_exc())


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles of garbage until the notice is done: what the limits allow fits into memory, and looking through the
    tree of a long page again and again would take more than its share of time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def to_failure(error: NoticeError) -> Failure:
    """What was said to a person, as a row."""
    return Failure(to_text(error.file), error.place, error.cause, error.remedy)


def _content(path: Path, limits: Limits) -> bytes | None:
    """The bytes of a file; ``None`` for what can't be read or is too large, of which ``read_notice`` tells why."""
    if not os.path.isfile(path):  # a pipe would be waited for
        return None
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError:
        return None
    return data if len(data) <= limits.file_bytes else None
