"""SQLite: one file with every table, its keys, the canonical texts, the codebook and the views. Datasette and R read it too."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from normalize import codebook
from normalize.formats.sql import create_table, parents_first, quoted, views
from normalize.typed import Value, read_typed

FILE = "notices.sqlite"
_TYPES = {"string": "TEXT", "boolean": "INTEGER", "integer": "INTEGER", "year": "INTEGER", "number": "REAL", "date": "TEXT"}


def write(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / FILE)) as base:
        # The file is made beside its place and moved in whole: a journal would guard nothing.
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA foreign_keys = ON")
        with base:
            for schema in parents_first():
                name = schema.name
                base.execute(create_table(schema, _TYPES, "DEFERRABLE INITIALLY DEFERRED"))
                marks = ", ".join("?" * len(schema.columns))
                rows = ([_stored(value) for value in row] for row in read_typed(folder, name))
                base.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", rows)
                for number, key in enumerate(schema.foreign_keys):
                    if key.columns != schema.primary_key[: len(key.columns)]:
                        columns = ", ".join(quoted(column) for column in key.columns)
                        base.execute(f"CREATE INDEX {quoted(f'{name}_{number}')} ON {quoted(name)} ({columns})")
            base.execute("CREATE TABLE texts (document_id TEXT PRIMARY KEY REFERENCES documents (document_id), text TEXT NOT NULL)")
            base.executemany("INSERT INTO texts VALUES (?, ?)", texts(folder))
            base.execute(f"CREATE TABLE codebook ({', '.join(f'{quoted(name)} TEXT' for name in codebook.COLUMNS)})")
            base.executemany(f"INSERT INTO codebook VALUES ({', '.join('?' * len(codebook.COLUMNS))})", codebook.codebook(folder))
            for statement in views(folder):
                base.execute(statement)
    return [FILE]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The canonical text of every notice by its id."""
    for row in read_typed(folder, "documents"):
        yield str(row[0]), (folder / "texts" / f"{row[0]}.txt").read_bytes().decode("utf-8")


def _stored(value: Value) -> Value:
    return value.isoformat() if isinstance(value, datetime.date) else value
