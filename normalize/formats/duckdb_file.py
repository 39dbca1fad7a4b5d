"""DuckDB: one file with every table, its keys, the canonical texts, the codebook and the views."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from normalize import codebook
from normalize.formats.sql import create_table, parents_first, quoted, views
from normalize.records import is_guarded
from normalize.schema import Column

FILE = "notices.duckdb"
_TYPES = {
    "string": "VARCHAR", "boolean": "BOOLEAN", "integer": "BIGINT", "year": "INTEGER", "number": "DOUBLE", "date": "DATE",
}  # fmt: skip
# As in ``normalize.records``: one ' less where a sign follows.
_WITHOUT_GUARD = r"CASE WHEN regexp_matches({0}, '^''+[=+\-@\t\r]') THEN substr({0}, 2) ELSE {0} END"
_LONGEST_LINE = 64 << 20


def write(folder: Path) -> list[str]:
    with closing(duckdb.connect(str(folder / FILE))) as base:
        for schema in parents_first():
            name = schema.name
            # A key to the table itself can't be put off to the end of a load here, as SQLite can.
            base.execute(create_table(schema, _TYPES, own_keys=None))
            columns = ", ".join(f"{_string(column.name)}: {_string(_TYPES[column.type])}" for column in schema.columns)
            values = ", ".join(_value(column) for column in schema.columns)
            base.execute(
                f"INSERT INTO {quoted(name)} SELECT {values} FROM read_csv({_string(str(folder / f'{name}.csv'))}, "
                f"header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', columns = {{{columns}}}, "
                f"auto_detect = false, parallel = false, max_line_size = {_LONGEST_LINE})"
            )
        base.execute("CREATE TABLE texts (document_id VARCHAR PRIMARY KEY REFERENCES documents (document_id), text VARCHAR NOT NULL)")
        base.execute(
            f"INSERT INTO texts SELECT d.document_id, x.content FROM documents d JOIN read_text({_string(str(folder / 'texts' / '*.txt'))}) x "
            f"ON x.filename = {_string(str(folder / 'texts') + '/')} || d.document_id || '.txt'"
        )
        base.execute(f"CREATE TABLE codebook ({', '.join(f'{quoted(name)} VARCHAR' for name in codebook.COLUMNS)})")
        base.executemany(f"INSERT INTO codebook VALUES ({', '.join('?' * len(codebook.COLUMNS))})", list(codebook.codebook(folder)))
        for statement in views(folder):
            base.execute(statement)
    return [FILE]


def _value(column: Column) -> str:
    name = quoted(column.name)
    return _WITHOUT_GUARD.format(name) if is_guarded(column) else name


def _string(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
