"""A notice's rows as they will stand in the CSV files, still without ``document_id``: what is kept between reading and writing.

Which id a notice gets depends on the other files of a run. Records without it can be made by one process, kept on disk and
put into any package later, and the package has the same bytes whoever made them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from normalize.schema import Column, Row, Tables, column_names, tables

# A spreadsheet takes a cell that begins so for a formula. What already has a ' before the sign gets one more, so that a
# guard can be taken off again without a doubt. In these two columns the sign is the value itself.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_UNGUARDED_COLUMNS = {"comparator", "surface"}

# What a page has and a Word file of the same notice has not: fields, links to files.
_OF_FORMS = {"metadata", "attachment"}

#: Records of a table: lines of CSV (a cell may hold line breaks) without the first column, each with its ``\n``.
Records = list[str]


@dataclass(frozen=True, slots=True)
class Head:
    """What a summary and the descriptor say of a notice: no table needs to be read again for it."""

    title: str
    document_number: str
    issued_on: str
    severities: dict[str, int]
    #: The first checks that a person should look at: severity, subject, message.
    important: list[list[str]]
    #: The names of the files beside the notice that were read as parts of it.
    attachments: list[str] = field(default_factory=list)
    #: Alike for notices that are one notice: digests of the file, and of what the notice says.
    sameness: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoticeRecords:
    """One notice, ready to be written: its canonical text and the records of every table."""

    head: Head
    records: dict[str, Records]
    text: str

    def to_bytes(self) -> bytes:
        """For a file of the cache; ``from_bytes`` reads it. Packed, since a corpus has many."""
        content = {"head": asdict(self.head), "records": self.records, "text": self.text}
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> NoticeRecords:
        """Raises ``ValueError`` for what ``to_bytes`` did not make, or a part of it."""
        try:
            content = json.loads(zlib.decompress(data))
            if list(content["records"]) != list(tables()):
                raise ValueError("not the tables of the schema")
            return cls(Head(**content["head"]), content["records"], content["text"])
        except (zlib.error, KeyError, TypeError) as error:
            raise ValueError(f"not a notice's records: {error}") from error


def to_records(found: Tables, text: str, attachments: Sequence[str] = (), important: int = 10) -> NoticeRecords:
    """The rows of one notice as records; ``important`` says how many checks its head names."""
    document = found["documents"][0]
    severities = {"error": 0, "warning": 0, "info": 0}
    for check in found["checks"]:
        severities[check["severity"]] += 1
    named = [
        [check["severity"], f"{check['subject_kind']} {check['subject_id']}".strip(), check["message"]]
        for severity in ("error", "warning")
        for check in found["checks"]
        if check["severity"] == severity
    ]
    head = Head(
        document["title"], document["document_number"], document["issued_on"], severities, named[:important],
        list(attachments), [document["source_sha256"], *_said(found, text)],
    )  # fmt: skip
    return NoticeRecords(
        head, {name: _records(schema.columns[1:], found[name]) for name, schema in tables().items()}, text
    )


def with_check(notice: NoticeRecords, code: str, message: str) -> NoticeRecords:
    """The notice with one more warning about the whole of it, which came up when it was put beside others."""
    row = dict.fromkeys(column_names("checks"), "") | {"severity": "warning", "code": code, "message": message}
    row["check_id"] = f"k{len(notice.records['checks']) + 1}"
    more = _records(tables()["checks"].columns[1:], [row])
    head = replace(
        notice.head,
        severities=notice.head.severities | {"warning": notice.head.severities["warning"] + 1},
        important=[*notice.head.important, ["warning", "", message]],
    )
    return NoticeRecords(head, notice.records | {"checks": [*notice.records["checks"], *more]}, notice.text)


def _said(found: Tables, text: str) -> Iterator[str]:
    """A digest of what a notice says in any form: without blanks, widths, and what pages have above and below it."""
    parts = (text[row["start"] : row["end"]] for row in found["blocks"] if row["kind"] not in _OF_FORMS)
    said = "".join(unicodedata.normalize("NFKC", "".join(parts)).split())
    if said:
        yield hashlib.sha256(said.encode("utf-8")).hexdigest()


def _records(columns: Sequence[Column], rows: Iterable[Row]) -> Records:
    plan = [(column.name, is_guarded(column)) for column in columns]
    return csv_lines([to_cell(row[name], guard) for name, guard in plan] for row in rows)


def csv_lines(rows: Iterable[Iterable[str]]) -> list[str]:
    """Rows of cells as lines of CSV, each with its ``\\n``.

    >>> csv_lines([["a", "b,c"], ["d\\r", "e\\n"]])
    ['a,"b,c"\\n', '"d\\r","e\\n"\\n']
    """
    lines: list[str] = []
    # The writer hands every line over whole. It quotes what holds a sign of its line end (Python 3.11, 3.12), so that end has both.
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerows(rows)
    return [f"{line[:-2]}\n" for line in lines]


def header(columns: Iterable[Column]) -> str:
    """The first line of a CSV file."""
    return ",".join(column.name for column in columns) + "\n"


def first_cell(document_id: str) -> str:
    """What makes a record a line of the file: the cell of ``document_id`` and its comma.

    >>> first_cell("a"), first_cell("-a"), first_cell("a,b"), first_cell("a\\nb")
    ('a,', "'-a,", '"a,b",', '"a\\nb",')
    """
    [line] = csv_lines([[to_cell(document_id, True), ""]])
    return line.removesuffix("\n")


def is_guarded(column: Column) -> bool:
    """Whether the column's cells are kept from being taken for formulas."""
    return column.type == "string" and column.name not in _UNGUARDED_COLUMNS


def to_cell(value: Any, guard: bool = False) -> str:
    """A value as it stands in CSV; ``guard`` keeps a spreadsheet from taking text for a formula.

    >>> to_cell(True), to_cell(Decimal("4.37E+5")), to_cell("=1+1", guard=True), to_cell(">=")
    ('true', '437000', "'=1+1", '>=')
    """
    if isinstance(value, str):
        return f"'{value}" if guard and value and _FORMULA.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def without_guard(cell: str) -> str:
    """The text of a guarded cell: what ``to_cell`` was given.

    >>> [without_guard(to_cell(text, guard=True)) for text in ("=1", "'=1", "'1", "")]
    ['=1', "'=1", "'1", '']
    """
    return cell[1:] if _GUARDED.match(cell) else cell
