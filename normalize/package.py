"""Tables to files: one data package, a folder of CSV tables, canonical texts and the ``datapackage.json`` that describes them.

The same tables give the same bytes. A package is put together beside its place and moved in whole, so that a failing run
leaves what was there.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.errors import OutputError
from extract.version import VERSION
from normalize.schema import Row, Tables, TableSchema, descriptors, tables
from normalize.validation import validate

DESCRIPTOR = "datapackage.json"
TEXTS = "texts"
GENERATOR = "notice-tables"

# A spreadsheet takes a cell that begins so for a formula. In these two columns the sign is the value itself.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNGUARDED = {"comparator", "surface"}
# What file managers leave in every folder that they show.
_DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def write_package(found: Tables, texts: Mapping[str, str], folder: Path | str) -> None:
    """Write every table of the schema and the text of every ``document_id`` to ``folder``; an older package there is replaced.

    Raises ``OutputError`` where the folder can't be written, or holds what is no package of ours; ``TableError`` where rows
    break the schema. Either way the folder is as it was.
    """
    validate(found, texts)
    # A link to a folder stays a link.
    folder = Path(os.path.realpath(folder))
    try:
        _refuse_strangers(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _replace(folder, _files(found, texts))
    except OSError as error:
        raise OutputError(
            str(folder), f"can't be written ({error.strerror or error})", "choose another folder"
        ) from error


def _files(found: Tables, texts: Mapping[str, str]) -> dict[str, bytes]:
    """The package's files by their path within it."""
    files = {f"{name}.csv": to_csv(schema, found[name]) for name, schema in tables().items()}
    files |= {f"{TEXTS}/{document_id}.txt": text.encode("utf-8") for document_id, text in texts.items()}
    return files | {DESCRIPTOR: _descriptor(found, files)}


def to_csv(schema: TableSchema, rows: Iterable[Row]) -> bytes:
    """A table as CSV: UTF-8 with a byte order mark (or Excel garbles it), header first, ``\\n`` at the end of a row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    names = [column.name for column in schema.columns]
    guarded = [column.type == "string" and column.name not in _UNGUARDED for column in schema.columns]
    writer.writerow(names)
    writer.writerows([to_cell(row[name], guard) for name, guard in zip(names, guarded, strict=True)] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def to_cell(value: Any, guard: bool = False) -> str:
    """A value as it stands in CSV; ``guard`` keeps a spreadsheet from taking text for a formula.

    >>> to_cell(True), to_cell(Decimal("4.37E+5")), to_cell("=1+1", guard=True), to_cell(">=")
    ('true', '437000', "'=1+1", '>=')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return f"'{text}" if guard and text.startswith(_FORMULA) else text


def _descriptor(found: Tables, files: Mapping[str, bytes]) -> bytes:
    """``datapackage.json``: Data Package v2, made from the schema; no date and no path of this machine stands in it."""
    resources = [
        {
            "name": table["name"],
            "type": "table",
            "path": f"{table['name']}.csv",
            "title": table["title"],
            "title_zh": table["title_zh"],
            "description": table["description"],
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {
                "delimiter": ",",
                "lineTerminator": "\n",
                "quoteChar": '"',
                "doubleQuote": True,
                "header": True,
            },
            **_fingerprint(files[f"{table['name']}.csv"]),
            "schema": {
                "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                "fields": table["fields"],
                "missingValues": [""],
                "primaryKey": table["primaryKey"],
                "foreignKeys": [_widened(key, table) for key in table["foreignKeys"]],
            },
        }
        for table in descriptors()
    ]
    # Names of resources are plain ASCII, and a document_id need not be.
    resources += [
        {
            "name": f"text-{number}",
            "path": f"{TEXTS}/{document['document_id']}.txt",
            "title": document["title"] or document["document_id"],
            "description": "The canonical text of the notice: start and end of every table count its code points.",
            "scheme": "file",
            "format": "txt",
            "mediatype": "text/plain",
            "encoding": "utf-8",
            **_fingerprint(files[f"{TEXTS}/{document['document_id']}.txt"]),
        }
        for number, document in enumerate(found["documents"], 1)
    ]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "notices",
        "title": "; ".join(document["title"] or document["document_id"] for document in found["documents"]),
        "description": "Tables read from government notices. A target is what a notice says is to be reached, not what was.",
        "generator": GENERATOR,
        "version": VERSION,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


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
            and path.name not in _DROPPINGS
            and path.relative_to(folder).as_posix() not in own
        ):
            place = path.relative_to(folder).as_posix()
            raise OutputError(str(folder), f"holds {place}, which this tool did not write", "choose another folder")


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files to a new folder beside ``folder``, then let it take the place of ``folder``."""
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    former = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        (fresh / TEXTS).mkdir(parents=True)
        for path, data in files.items():
            (fresh / path).write_bytes(data)
        if folder.exists():
            folder.rename(former)
        try:
            fresh.rename(folder)
        except BaseException:
            if former.exists():
                former.rename(folder)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)
