"""A part of a run on a cluster: so many files in order, read by one worker, written as a Parquet file a table.

It is written under names that its number gives, so doing one again (its worker was lost, the run was killed) leaves the same files. What
marks it as done names its files and this tool: a part that has not changed is not read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from extract.batch.cache import tool_fingerprint
from extract.batch.inputs import to_ids
from extract.batch.places import as_path, forget, read_place, sibling
from extract.batch.work import Outcome, attempt
from extract.beside import MOST_FILES
from extract.errors import OutputError
from extract.limits import DEFAULT_LIMITS
from normalize.formats.parquet import arrow_schema, to_arrow
from normalize.package import DROPPINGS, Failure
from normalize.schema import descriptors
from normalize.typed import Value, to_typed

FILES_A_PART = 200
#: In the folder of the output, a file for each part that is done.
DONE = "_done"
_TEXTS = pa.schema([pa.field("document_id", pa.string(), nullable=False), pa.field("text", pa.string(), nullable=False)])
_FAILURES = pa.schema([pa.field(item.name, pa.string(), nullable=False) for item in fields(Failure)])
_PART = re.compile(r"part-[0-9]{6,}[ab]*")


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one part: where each is, its ``document_id``, where it lies in what was given; and the mark of the part when it is done.

    ``state`` is that of all files of the run. ``skipped`` are those that notices of earlier parts have as attachments; ``None`` where those are not all known yet.
    """

    name: str
    files: tuple[tuple[str, str, str], ...]
    mark: str
    state: str = ""
    skipped: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run, or a part of one, has in the output."""

    read: int = 0
    failed: int = 0
    attached: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.read + other.read, self.failed + other.failed, self.attached + other.attached)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a part: its counts, the files that were skipped, and the attachments read that are files of other parts, or none."""

    counts: Counts
    skipped: frozenset[str] = frozenset()
    strays: frozenset[str] = frozenset()


def to_parts(found: Mapping[str, tuple[str, str]], files_a_part: int) -> Iterator[Part]:
    """What ``find_places`` found, so many files each, in order, with their ids."""
    tool = tool_fingerprint()
    folders = _folders(found)
    state = hashlib.sha256()
    for item in found.items():
        state.update(json.dumps(item).encode())
    ids = iter(to_ids([as_path(url) for url in found]))
    files = iter(found.items())
    number = 0
    while own := list(islice(files, files_a_part)):
        named = tuple((url, name, source) for (url, (source, _)), name in zip(own, ids, strict=False))
        beside = sorted({folders[sibling(url, "")] for url, _ in own if sibling(url, "") in folders})
        yield Part(f"part-{number:06}", named, _digest([tool, own, named, beside]), state.hexdigest())
        number += 1


def _folders(found: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Small folders, where any file may be an attachment of a notice beside it, each with what changes when one of its files does."""
    files: dict[str, list[tuple[str, str]]] = {}
    for url, (_, version) in found.items():
        inside = files.setdefault(sibling(url, ""), [])
        if len(inside) <= MOST_FILES:
            inside.append((url, version))
    return {folder: _digest(inside) for folder, inside in files.items() if len(inside) <= MOST_FILES}


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def read_part(part: Part, out: str) -> Done:
    """Read the files of a part and write its tables. This is what a worker does; it can be done any number of times."""
    target, root = url_to_fs(out)
    done = posixpath.join(root, DONE, part.name)
    if target.exists(done) and (known := _marked(part, target.cat_file(done))) is not None:
        return known
    forget(part.state)
    rows: dict[str, list[list[Value]]] = {table["name"]: [] for table in descriptors()}
    texts: list[list[Value]] = []
    failures: list[list[Value]] = []
    skipped = part.skipped or frozenset()
    own = {url for url, _, _ in part.files}
    attachments: set[str] = set()
    attached = 0
    for url, document_id, source in part.files:
        if url in skipped or url in attachments:
            attached += 1
            continue
        found = attempt(url, source, DEFAULT_LIMITS, lambda url=url: read_place(url))  # type: ignore[misc]
        if isinstance(found, Outcome):
            if found.failure is not None:
                failures.append(list(astuple(found.failure)))
            continue
        for name, more in found[0].items():
            rows[name] += [[document_id, *to_typed(row, name)[1:]] for row in more]
        texts.append([document_id, found[1]])
        attachments |= {sibling(url, name) for name in found[2]}
    write_part(target, root, part.name, rows, texts, failures)
    result = Done(Counts(len(texts), len(failures), attached), skipped, frozenset(attachments - own))
    mark = {"mark": part.mark, "counts": astuple(result.counts), "skipped": sorted(skipped), "strays": sorted(result.strays)}
    target.pipe_file(done, json.dumps(mark).encode())
    return result


def _marked(part: Part, data: bytes) -> Done | None:
    """What became of a part that was done before, unless it was another then."""
    try:
        content = json.loads(data)
        known = Done(Counts(*content["counts"]), frozenset(content["skipped"]), frozenset(content["strays"]))
    except (ValueError, KeyError, TypeError):
        return None
    return known if content["mark"] == part.mark and part.skipped in (None, known.skipped) else None


def write_part(
    target: AbstractFileSystem, root: str, name: str, rows: Mapping[str, list[list[Value]]], texts: list[list[Value]],
    failures: list[list[Value]],
) -> None:  # fmt: skip
    """Write the files of a part; a table without rows has a file too."""
    tables = [(table["name"], rows.get(table["name"], []), arrow_schema(table)) for table in descriptors()]
    for table, own, schema in [*tables, ("texts", texts, _TEXTS), ("failures", failures, _FAILURES)]:
        buffer = io.BytesIO()
        pq.write_table(to_arrow(own, schema), buffer, compression="zstd")
        target.makedirs(posixpath.join(root, table), exist_ok=True)
        # In one piece: nobody finds half a file.
        target.pipe_file(posixpath.join(root, table, f"{name}.parquet"), buffer.getvalue())


def halves(part: Part) -> tuple[Part, Part]:
    """A part that no worker survives, in two."""
    middle = len(part.files) // 2
    one, two = part.files[:middle], part.files[middle:]
    return (
        replace(part, name=f"{part.name}a", files=one, mark=f"{part.mark}a"),
        replace(part, name=f"{part.name}b", files=two, mark=f"{part.mark}b"),
    )


def own_files(target: AbstractFileSystem, root: str, out: str) -> list[tuple[str, str]]:
    """The files that runs wrote below ``root``, each with the name of its part. Raises ``OutputError`` where there are others."""
    folders = {DONE, "texts", "failures", *(table["name"] for table in descriptors())}
    own = []
    for path in target.find(root):
        place = path.removeprefix(root).strip("/")
        folder, _, name = place.rpartition("/")
        stem = name if folder == DONE else name.removesuffix(".parquet")
        if folder in folders and _PART.fullmatch(stem) and (folder == DONE) == (stem == name):
            own.append((path, stem))
        elif name not in DROPPINGS:
            raise OutputError(out, f"holds {place or 'a file'}, which this tool did not write", "choose another folder")
    return own
