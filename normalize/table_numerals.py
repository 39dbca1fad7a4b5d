"""What the digits of a table of targets are that are no values: serials, years, ages in names, dates, remarks."""

from __future__ import annotations

import re

from extract.model import Cell, Notice, Table
from extract.outline import match_label
from normalize.cell_kinds import read_serial
from normalize.columns import TableReading
from normalize.contexts import find_claims
from normalize.results import Result
from normalize.table_parts import Texts

_YEAR = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9.])")
#: What a digit is where nothing around it says more, by the role of its column.
_CLASSES = {"value": "target", "growth": "target", "progress": "fact"} | dict.fromkeys(
    (
        "name",
        "domain",
        "subdomain",
        "component",
        "unit",
        "place",
        "property",
        "lead",
        "responsible",
        "support",
        "people",
    ),
    "name",
)


def claim_table(result: Result, notice: Notice, table: Table, reading: TableReading) -> None:
    """Claim every numeral of a table of targets that no value has claimed yet."""
    texts = Texts(notice)
    roles = {column.index: column.role for column in reading.columns}
    # A short row has its cells under other columns than the grid says.
    moved = {
        (cell.row, cell.column): roles[index]
        for row in reading.rows
        if row.kind == "data"
        for index, cell in enumerate(row.cells)
        if cell is not None and cell.column_span == 1
    }
    kinds = {row.index: row.kind for row in reading.rows}
    for cell in table.cells:
        if not cell.paragraphs or not re.search("[0-9]", texts.lines(cell)):
            continue
        start, end = cell.paragraphs[0].start, cell.paragraphs[-1].end
        kind = kinds.get(cell.row, "data")
        role = moved.get((cell.row, cell.column), roles.get(cell.column, ""))
        if kind == "header":
            for match in _YEAR.finditer(notice.folded, start, end):
                result.own(match.start(), match.end(), "date")
            _claim_frames(result, texts.lines(cell), cell)
            result.own(start, end, "name")
        elif kind == "data" and role in ("serial", "group_serial"):
            result.own(start, end, "ordinal")
        elif kind == "data" and _CLASSES.get(role) in ("target", "fact"):
            result.own(start, end, _CLASSES[role])
        else:
            if kind == "data" and role == "name" and (label := match_label(notice.folded, start, end)):
                result.own(label.start, label.end, "ordinal")
            _claim_frames(result, texts.lines(cell), cell)
            rest = _CLASSES.get(role, "descriptor") if kind == "data" else "name"
            result.own(start, end, rest if kind in ("data", "title", "group") else "descriptor")


def _claim_frames(result: Result, text: str, cell: Cell) -> None:
    """Claim ages, dates, names and the like in a cell, read as one line though it be broken over several."""
    start = cell.paragraphs[0].start
    places = [start + index for index, char in enumerate(text) if char != "\n"]
    joined = text.replace("\n", "")
    for claim in find_claims(joined):
        if claim.end > claim.start:
            result.own(places[claim.start], places[claim.end - 1] + 1, claim.kind)


def claim_serials(result: Result, notice: Notice, reading: TableReading) -> None:
    """Claim the serials of a table that is none of targets; its other numerals are for who reads its cells."""
    texts = Texts(notice)
    for column in reading.with_role("serial", "group_serial"):
        for row in reading.rows:
            cell = row.cells[column.index]
            if row.kind == "data" and cell is not None and cell.paragraphs and read_serial(texts.joined(cell)):
                result.own(cell.paragraphs[0].start, cell.paragraphs[-1].end, "ordinal")
