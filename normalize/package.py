"""Notices to files: one data package, a folder of CSV tables, canonical texts and the ``datapackage.json`` that describes them.

The same notices in the same order give the same bytes. A package is put together beside its place, notice by notice, and moved
in whole: a failing run leaves what was there, and memory does not grow with the tables.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from extract.errors import OutputError
from extract.version import VERSION
from normalize import derived_schema
from normalize.formats import no_room, remove_formats, write_formats
from normalize.records import NoticeRecords, csv_lines, first_cell, header, to_records
from normalize.records import to_cell as to_cell
from normalize.schema import Tables, descriptors, empty_tables, tables
from normalize.validation import validate

DESCRIPTOR = "datapackage.json"
FAILURES = "failures.csv"
TEXTS = "texts"
GENERATOR = "notice-tables"

#: What file managers leave in every folder that they show.
DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}
_TITLES_NAMED = 5
_LEFT_AFTER = 3600  # seconds without a change, after which a package in the making is no one's
_TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: a row of ``failures.csv``, which a package has where there is one."""

    file: str
    place: str
    cause: str
    remedy: str


@dataclass(slots=True)
class _File:
    """A file being written, with what the descriptor says of it."""

    stream: BinaryIO
    length: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> None:
        self.stream.write(data)
        self.length += len(data)
        self.digest.update(data)

    def fingerprint(self) -> dict[str, Any]:
        return {"bytes": self.length, "hash": f"sha256:{self.digest.hexdigest()}"}


class PackageWriter:
    """A package in the making. As a context: what is not finished when it ends, or fails, leaves no trace.

    Raises ``OutputError`` where the folder can't be written, or holds what is no package of ours.
    """

    def __init__(self, folder: Path | str) -> None:
        # A link to a folder stays a link.
        self.folder = Path(os.path.realpath(folder))
        self._fresh = self.folder.with_name(f".{self.folder.name}.{os.getpid()}.new")
        self._files: dict[str, _File] = {}
        self._texts: list[tuple[str, str, dict[str, Any]]] = []
        self._failures: list[Failure] = []
        with self._told():
            _refuse_strangers(self.folder)

    def add(self, document_id: str, notice: NoticeRecords) -> None:
        """Put a notice behind those that are there; no other may have its id."""
        cell = first_cell(document_id)
        text = notice.text.encode("utf-8")
        with self._told():
            self._begin()
            for name, records in notice.records.items():
                if records:
                    self._files[f"{name}.csv"].write((cell + cell.join(records)).encode("utf-8"))
            (self._fresh / TEXTS / f"{document_id}.txt").write_bytes(text)
        self._texts.append((document_id, notice.head.title or document_id, _fingerprint(text)))

    def add_failure(self, failure: Failure) -> None:
        """Put a file that could not be read behind those that are there."""
        self._failures.append(failure)

    def finish(self, formats: Sequence[str] = (), unreached: int = 0) -> list[OutputError]:
        """Add other formats, describe the package and let it take the place of what is in ``folder``.

        ``unreached`` says how many files a run that was interrupted did not come to. Returns why formats could not be written; the
        CSV files are there all the same.
        """
        errors: list[OutputError] = []
        with self._told():
            self._begin()
            self._write_failures()
            self._close()
            others = write_formats(formats, self._fresh, self.folder, errors)
            try:
                self._describe(others, unreached)
            except OSError as error:
                if not others:
                    raise
                # They took the last of the room.
                remove_formats(others, self._fresh)
                errors.append(no_room(formats, self.folder, error))
                self._describe([], unreached)
            self._move()
        return errors

    def __enter__(self) -> PackageWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._abandon()

    def _begin(self) -> None:
        if self._files:
            return
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._sweep()
        (self._fresh / TEXTS).mkdir(parents=True)
        for name, schema in tables().items():
            self._open(f"{name}.csv", header(schema.columns))

    def _sweep(self) -> None:
        """Take away what a run that was killed left of the same package; what was written to lately may be another's work."""
        for left in self.folder.parent.glob(f".{glob.escape(self.folder.name)}.*.new"):
            with suppress(OSError):
                if time.time() - max(left.stat().st_mtime, (left / TEXTS).stat().st_mtime) > _LEFT_AFTER:
                    shutil.rmtree(left, ignore_errors=True)

    def _write_failures(self) -> None:
        if not self._failures:
            return
        self._open(FAILURES, ",".join(column.name for column in fields(Failure)) + "\n")
        lines = csv_lines([to_cell(cell, True) for cell in astuple(failure)] for failure in self._failures)
        self._files[FAILURES].write("".join(lines).encode("utf-8"))

    def _open(self, name: str, first_line: str) -> None:
        self._files[name] = _File((self._fresh / name).open("wb"))
        self._files[name].write(_BOM + first_line.encode("utf-8"))

    def _close(self) -> None:
        for file in self._files.values():
            file.stream.close()

    def _abandon(self) -> None:
        with suppress(OSError):  # a full disk is told by what failed first
            self._close()
        shutil.rmtree(self._fresh, ignore_errors=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error of the system as one line for people."""
        try:
            yield
        except OSError as error:
            cause = f"can't be written ({error.strerror or error})"
            raise OutputError(str(self.folder), cause, "choose another folder") from error

    def _move(self) -> None:
        former = self.folder.with_name(f".{self.folder.name}.{os.getpid()}.old")
        if self.folder.exists():
            self.folder.rename(former)
        try:
            self._fresh.rename(self.folder)
        except BaseException:
            if former.exists():
                former.rename(self.folder)
            raise
        shutil.rmtree(former, ignore_errors=True)

    def _describe(self, others: Sequence[str], unreached: int) -> None:
        descriptor = json.dumps(self._descriptor(others, unreached), ensure_ascii=False, indent=2) + "\n"
        (self._fresh / DESCRIPTOR).write_bytes(descriptor.encode("utf-8"))

    def _descriptor(self, others: Sequence[str], unreached: int) -> dict[str, Any]:
        """``datapackage.json``: Data Package v2, made from the schema; no date and no path of this machine stands in it."""
        titles = "; ".join(title for _, title, _ in self._texts[:_TITLES_NAMED])
        more = len(self._texts) - _TITLES_NAMED
        description = "Tables read from government notices. A target is what a notice says is to be reached, not what was."
        if unreached:
            description = f"NOT WHOLE: the run was interrupted, and {unreached} files were not reached. {description}"
        return {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "notices",
            "title": f"{titles} … and {more} more" if more > 0 else titles,
            "description": description,
            "generator": GENERATOR,
            "version": VERSION,
            **({"files_not_reached": unreached} if unreached else {}),
            "resources": [
                *self._table_resources(),
                *self._failure_resource(),
                *self._text_resources(),
                *self._other_resources(others),
            ],
        }

    def _table_resources(self) -> Iterator[dict[str, Any]]:
        for table in descriptors():
            path = f"{table['name']}.csv"
            yield {
                **_table_resource(table, path),
                **self._files[path].fingerprint(),
                "schema": {
                    "$schema": _TABLE_SCHEMA,
                    "fields": table["fields"],
                    "missingValues": [""],
                    "primaryKey": table["primaryKey"],
                    "foreignKeys": [_widened(key, table) for key in table["foreignKeys"]],
                },
            }

    def _failure_resource(self) -> Iterator[dict[str, Any]]:
        if FAILURES in self._files:
            table = next(table for table in derived_schema.descriptors() if table["name"] == "failures")
            yield {
                **_table_resource(table, FAILURES),
                **self._files[FAILURES].fingerprint(),
                "schema": {
                    "$schema": _TABLE_SCHEMA,
                    "fields": table["fields"],
                    "missingValues": [""],
                },
            }

    def _other_resources(self, paths: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Files in other formats; those that are CSV too with their columns, as the tables have them."""
        derived = {f"{table['name']}.csv": table for table in derived_schema.of_package(self._fresh)} if paths else {}
        for path in paths:
            if path in derived:
                schema = {"$schema": _TABLE_SCHEMA, "fields": derived[path]["fields"], "missingValues": [""]}
                yield {**_table_resource(derived[path], path), "schema": schema}
            else:
                yield _other_resource(path)

    def _text_resources(self) -> Iterator[dict[str, Any]]:
        # Names of resources are plain ASCII, and a document_id need not be.
        for number, (document_id, title, fingerprint) in enumerate(self._texts, 1):
            yield {
                "name": f"text-{number}",
                "path": f"{TEXTS}/{document_id}.txt",
                "title": title,
                "description": "The canonical text of the notice: start and end of every table count its code points.",
                "scheme": "file",
                "format": "txt",
                "mediatype": "text/plain",
                "encoding": "utf-8",
                **fingerprint,
            }


def write_package(found: Tables, texts: Mapping[str, str], folder: Path | str) -> None:
    """Write every table of the schema and the text of every ``document_id`` to ``folder``; an older package there is replaced.

    Raises ``OutputError`` where the folder can't be written, or holds what is no package of ours; ``TableError`` where rows
    break the schema. Either way the folder is as it was.
    """
    validate(found, texts)
    notices = {document["document_id"]: empty_tables() for document in found["documents"]}
    for name, rows in found.items():
        for row in rows:
            notices[row["document_id"]][name].append(row)
    with PackageWriter(folder) as package:
        for document_id, own in notices.items():
            package.add(document_id, to_records(own, texts[document_id]))
        package.finish()


def _table_resource(table: dict[str, Any], path: str) -> dict[str, Any]:
    return {
        "name": table["name"].replace("_", "-"),
        "type": "table",
        "path": path,
        **{key: table[key] for key in ("title", "title_zh", "description", "description_zh")},
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    }


def _other_resource(path: str) -> dict[str, Any]:
    """A file with the same tables in another format. Its bytes may hold what its library chose, and are not told."""
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", path.lower()),
        "path": path,
        "title": "The tables for another program",
        "scheme": "file",
        "format": Path(path).suffix[1:],
    }


def _widened(key: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """A foreign key that may be empty, without ``document_id``.

    In SQL a key with an empty column points nowhere and is right. Data Package validators take it for broken unless all of its
    columns are empty, and ``document_id`` never is. The whole key has been checked here before.
    """
    required = {field["name"] for field in table["fields"] if field.get("constraints", {}).get("required")}
    *_, own = key["fields"]
    if own in required:
        return key
    return {"fields": [own], "reference": {**key["reference"], "fields": key["reference"]["fields"][-1:]}}


def _fingerprint(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def is_package(folder: Path) -> bool:
    """Whether a folder holds a package that this tool wrote."""
    return _own_paths(folder) is not None


def _own_paths(folder: Path) -> set[str] | None:
    """The paths of the files that a package of ours declares; ``None`` where the folder is none."""
    try:
        if not (folder / DESCRIPTOR).is_file():  # a pipe would be waited for
            return None
        package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        if package["generator"] != GENERATOR:
            return None
        return {DESCRIPTOR, *(resource["path"] for resource in package["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refuse_strangers(folder: Path) -> None:
    """Raise ``OutputError`` where replacing the folder would lose anything but a package of ours."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(str(folder), "there is a file of that name", "choose another folder")
    own = _own_paths(folder) or set()
    for path in sorted(folder.rglob("*")):
        if (
            (path.is_symlink() or not path.is_dir())
            and path.name not in DROPPINGS
            and path.relative_to(folder).as_posix() not in own
        ):
            place = path.relative_to(folder).as_posix()
            raise OutputError(str(folder), f"holds {place}, which this tool did not write", "choose another folder")
