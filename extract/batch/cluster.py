"""Notices on a Dask cluster: files from any place that fsspec knows, tables as Parquet, a file a table and part.

A part is so many files in order. It is written under names that its number gives, so doing one again (its worker was lost, the run
was killed) leaves the same files. What marks it as done names its files and this tool: a part that has not changed is not read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from extract import read_bytes
from extract.batch.cache import tool_fingerprint
from extract.batch.inputs import SUFFIXES, to_ids
from extract.batch.work import Outcome, attempt
from extract.errors import LimitExceeded, MissingFile, OutputError
from extract.limits import DEFAULT_LIMITS
from extract.model import Notice
from normalize.formats.parquet import arrow_schema, to_arrow
from normalize.package import Failure
from normalize.schema import descriptors
from normalize.typed import Value, to_typed

if TYPE_CHECKING:
    from distributed import Client, Future

FILES_A_PART = 200
#: In the folder of the output, a file for each part that is done.
DONE = "_done"
_TEXTS = pa.schema([pa.field("document_id", pa.string(), nullable=False), pa.field("text", pa.string(), nullable=False)])
_FAILURES = pa.schema([pa.field(item.name, pa.string(), nullable=False) for item in fields(Failure)])
# Parts that the scheduler holds at a time: many, so that no worker waits, and not millions.
_AHEAD = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one part: where each is, the ``document_id`` that it gets, and the mark of the part when it is done."""

    name: str
    files: tuple[tuple[str, str], ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run, or a part of one, has in the output."""

    read: int = 0
    failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.read + other.read, self.failed + other.failed)


def run_on_cluster(documents: Sequence[str], out: str, scheduler: str, files_a_part: int = FILES_A_PART) -> Counts:
    """Read every document (URLs, folders or patterns of fsspec) and write the tables under the URL ``out``.

    There, ``<table>/part-000000.parquet`` and so on hold the tables; ``texts/`` the canonical texts, ``failures/`` the files that
    could not be read. Raises ``NoticeError`` where there is nothing to read or no scheduler answers.
    """
    from distributed import Client, as_completed
    from distributed.scheduler import KilledWorker

    parts = list(to_parts(find_urls(documents), files_a_part))
    try:
        target, root = url_to_fs(out)
        target.makedirs(posixpath.join(root, DONE), exist_ok=True)
    except (OSError, ValueError, ImportError) as error:
        raise OutputError(out, f"can't be written ({error})", "give a path, or a URL that fsspec knows") from error
    _remove_strange_parts(target, root, {part.name for part in parts})
    counts = Counts()
    left = iter(parts)
    try:
        client = Client(scheduler)
    except OSError as error:
        raise MissingFile(scheduler, f"no Dask scheduler answers ({error})", "check the address") from error
    with client:
        flying: dict[Future, Part] = {}
        waiting = as_completed()
        for _, part in zip(range(_AHEAD), left, strict=False):
            _submit(client, part, out, flying, waiting)
        for future in waiting:
            part = flying.pop(future)
            if isinstance(future.exception(), KilledWorker):
                # Some file ends every process that reads it. Halves tell which.
                for half in _halves(part, out):
                    _submit(client, half, out, flying, waiting)
                counts += Counts(failed=len(part.files) == 1)
            else:
                counts += future.result()
            if (following := next(left, None)) is not None:
                _submit(client, following, out, flying, waiting)
    return counts


def find_urls(documents: Sequence[str]) -> list[tuple[str, str]]:
    """The files that the documents name, in order, each with what changes when its content does."""
    found: dict[str, str] = {}
    for document in documents:
        try:
            system, path = url_to_fs(document)
        except (ValueError, ImportError) as error:
            raise MissingFile(document, f"no such kind of place ({error})", "give a path, or a URL that fsspec knows") from error
        paths = sorted(system.glob(path)) if any(sign in path for sign in "*?[") else [path]
        before = len(found)
        for place in paths:
            for name, info in sorted(system.find(place, detail=True).items(), key=lambda item: _as_walked(item[0])):
                if name == place or _is_notice(name.removeprefix(place)):
                    version = [str(info.get(key, "")) for key in ("size", "mtime", "ETag", "etag", "LastModified", "last_modified")]
                    found[system.unstrip_protocol(name)] = " ".join(version)
        if len(found) == before:
            raise MissingFile(document, "there is no notice there", "check the address")
    return list(found.items())


def _as_walked(path: str) -> list[tuple[bool, str]]:
    """Sorts paths as a walk through folders finds them: the files of a folder before its folders."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _is_notice(path: str) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.split("/"))
    return not hidden and posixpath.splitext(path)[1].lower() in SUFFIXES


def to_parts(urls: Sequence[tuple[str, str]], files_a_part: int) -> Iterator[Part]:
    """So many files each, in order, with their ids."""
    tool = tool_fingerprint()
    names = to_ids([url for url, _ in urls])
    for number, start in enumerate(range(0, len(urls), files_a_part)):
        own = urls[start : start + files_a_part]
        ids = names[start : start + files_a_part]
        digest = hashlib.sha256(json.dumps([tool, own, ids]).encode("utf-8", "surrogateescape")).hexdigest()
        yield Part(f"part-{number:06}", tuple((url, name) for (url, _), name in zip(own, ids, strict=True)), digest)


def read_part(part: Part, out: str) -> Counts:
    """Read the files of a part and write its tables. This is what a worker does; it can be done any number of times."""
    target, root = url_to_fs(out)
    done = posixpath.join(root, DONE, part.name)
    if target.exists(done):
        marked = json.loads(target.cat_file(done))
        if marked["mark"] == part.mark:
            return Counts(marked["read"], marked["failed"])
    rows: dict[str, list[list[Value]]] = {table["name"]: [] for table in descriptors()}
    texts: list[list[Value]] = []
    failures: list[list[Value]] = []
    for url, document_id in part.files:
        found = attempt(url, PurePosixPath(url).name, DEFAULT_LIMITS, lambda url=url: _read(url))  # type: ignore[misc]
        if isinstance(found, Outcome):
            if found.failure is not None:
                failures.append(list(astuple(found.failure)))
            continue
        for name, own in found[0].items():
            rows[name] += [[document_id, *to_typed(row, name)[1:]] for row in own]
        texts.append([document_id, found[1]])
    _write_part(target, root, part.name, rows, texts, failures)
    counts = Counts(len(texts), len(failures))
    mark = {"mark": part.mark, "read": counts.read, "failed": counts.failed}
    target.pipe_file(done, json.dumps(mark).encode())
    return counts


def _read(url: str) -> Notice:
    system, path = url_to_fs(url)
    try:
        with system.open(path, "rb") as file:
            data = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        raise MissingFile(url, f"can't be read ({error.strerror or error})", "check the address and its rights") from error
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise LimitExceeded(url, f"more than {DEFAULT_LIMITS.file_bytes >> 20} MiB", "give a smaller file")
    return read_bytes(data, url)


def _write_part(
    target: AbstractFileSystem, root: str, name: str, rows: dict[str, list[list[Value]]], texts: list[list[Value]],
    failures: list[list[Value]],
) -> None:  # fmt: skip
    tables = [(table["name"], rows[table["name"]], arrow_schema(table)) for table in descriptors()]
    for table, own, schema in [*tables, ("texts", texts, _TEXTS), ("failures", failures, _FAILURES)]:
        buffer = io.BytesIO()
        pq.write_table(to_arrow(own, schema), buffer, compression="zstd")
        target.makedirs(posixpath.join(root, table), exist_ok=True)
        # In one piece: nobody finds half a file.
        target.pipe_file(posixpath.join(root, table, f"{name}.parquet"), buffer.getvalue())


def _submit(client: Client, part: Part, out: str, flying: dict[Future, Part], waiting: Any) -> None:
    future = client.submit(read_part, part, out, pure=False, retries=2)
    flying[future] = part
    waiting.add(future)


def _halves(part: Part, out: str) -> Iterator[Part]:
    """A part that no worker survives, in two; of a single file, nothing but the failure is written."""
    if len(part.files) > 1:
        middle = len(part.files) // 2
        for suffix, files in (("a", part.files[:middle]), ("b", part.files[middle:])):
            yield Part(f"{part.name}{suffix}", files, f"{part.mark}{suffix}")
        return
    target, root = url_to_fs(out)
    cause = "the processes that read it died (out of memory, or a fault in a library)"
    failure = Failure(part.files[0][0], "", cause, "read it alone, with more memory, or leave it out")
    _write_part(target, root, part.name, {table["name"]: [] for table in descriptors()}, [], [list(astuple(failure))])


def _remove_strange_parts(target: AbstractFileSystem, root: str, names: set[str]) -> None:
    """Parts of an earlier run that this one does not have would be rows twice."""
    for path in target.find(root):
        stem = posixpath.basename(path).removesuffix(".parquet")
        if stem.startswith("part-") and stem not in names:
            target.rm_file(path)
