"""A comparison as files: a folder of CSV tables with the ``datapackage.json`` that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.errors import OutputError
from extract.version import VERSION
from normalize.comparing import Comparison
from normalize.comparison_schema import descriptors, tables
from normalize.package import DESCRIPTOR, GENERATOR
from normalize.records import header, is_guarded, to_cell
from normalize.schema import Row, TableSchema

_NAME = "comparison-of-notices"


def write_comparison(comparison: Comparison, folder: Path) -> None:
    """Write the tables to ``folder``; an older comparison there is replaced.

    Raises ``OutputError`` where the folder can't be written, or holds anything but a comparison; it is then as it was.
    """
    folder = Path(os.path.realpath(folder))
    files = {f"{name}.csv": to_csv(tables()[name], rows) for name, rows in comparison.tables.items()}
    files[DESCRIPTOR] = _describe(comparison, files)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        _refuse_strangers(folder, set(files))
        fresh.mkdir(parents=True)
        for name, data in files.items():
            (fresh / name).write_bytes(data)
        folder.mkdir(exist_ok=True)
        for name in files:
            (fresh / name).replace(folder / name)
    except OSError as error:
        cause = f"can't be written ({error.strerror or error})"
        raise OutputError(str(folder), cause, "choose another folder") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def to_csv(schema: TableSchema, rows: Iterable[Row], *, guarded: bool = True) -> bytes:
    """A table as CSV: UTF-8 with a byte order mark, header first; ``guarded`` keeps text from being taken for formulas."""
    buffer = io.StringIO(newline="")
    buffer.write(header(schema.columns))
    plan = [(column.name, guarded and is_guarded(column) and not column.name.startswith("comparator")) for column in schema.columns]
    csv.writer(buffer, lineterminator="\n").writerows([to_cell(row[name], guard) for name, guard in plan] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _refuse_strangers(folder: Path, own: set[str]) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(str(folder), "there is a file of that name", "choose another folder")
    names = sorted(path.name for path in folder.iterdir())
    if names and not _is_comparison(folder):
        raise OutputError(str(folder), f"holds {names[0]}, and is no comparison of this tool", "choose another folder")
    if strangers := [name for name in names if name not in own]:
        raise OutputError(str(folder), f"holds {strangers[0]}, which this tool did not write", "choose another folder")


def _is_comparison(folder: Path) -> bool:
    try:
        package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        return bool(package["generator"] == GENERATOR and package["name"] == _NAME)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _describe(comparison: Comparison, files: dict[str, bytes]) -> bytes:
    """``datapackage.json``: Data Package v2, made from the schema; no date and no path of this machine stands in it."""
    resources: list[dict[str, Any]] = []
    for table in descriptors():
        data = files[f"{table['name']}.csv"]
        resources.append(
            {
                "name": table["name"].replace("_", "-"),
                "type": "table",
                "path": f"{table['name']}.csv",
                "title": table["title"],
                "title_zh": table["title_zh"],
                "description": table["description"],
                "description_zh": table["description_zh"],
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "schema": {
                    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                    "fields": table["fields"],
                    "missingValues": [""],
                    "primaryKey": table["primaryKey"],
                },
            }
        )
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _NAME,
        "title": "What changed from notice to notice",
        "description": "Pairs of rows of notices that are one thing, and rows alone. A target is what is to be reached, not what was.",
        "generator": GENERATOR,
        "version": VERSION,
        "gaps": list(comparison.gaps),
        "notes": list(comparison.notes),
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
