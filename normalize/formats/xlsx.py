"""An Excel workbook: the codebook, then a sheet a table, with frozen headings, filters, widths that fit and true numbers."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from normalize import codebook
from normalize.records import to_cell
from normalize.schema import column_names, tables
from normalize.typed import Value, read_typed
from normalize.wide import wide_rows

FILE = "notices.xlsx"
# What a sheet and a cell can hold.
_ROWS = 1_048_576
_CHARACTERS = 32_767
_CUT = " … (cut: the whole text is in the CSV file)"
_WIDTHS = (8, 60)
_FIRST_DAY = datetime.date(1900, 3, 1)
# The same tables give the same bytes.
_MADE_ON = datetime.datetime(2000, 1, 1)


def write(folder: Path) -> list[str]:
    book = xlsxwriter.Workbook(
        str(folder / FILE),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": "Notices", "created": _MADE_ON})
    styles = {
        "heading": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        # Text that begins as a formula stays text, in the cell's editor too.
        "guarded": book.add_format({"quote_prefix": True}),
    }
    _add_sheets(book, "codebook", codebook.COLUMNS, codebook.codebook(folder), styles)
    for name in tables():
        _add_sheets(book, name, column_names(name), read_typed(folder, name), styles)
    wide = wide_rows(folder)
    _add_sheets(book, "indicators_wide", [str(name) for name in next(wide)], wide, styles)
    book.close()
    return [FILE]


def _add_sheets(book: Any, name: str, columns: Iterable[str], rows: Iterable[Iterable[Value]], styles: dict[str, Any]) -> None:
    """A sheet for a table, and more where it has more rows than a sheet takes."""
    names = list(columns)
    left = iter(rows)
    number = 1
    row = next(left, None)
    while number == 1 or row is not None:
        sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
        sheet.freeze_panes(1, 0)
        widths = [_width(column) + 2 for column in names]  # the arrow of the filter stands beside the heading
        for place, column in enumerate(names):
            sheet.write_string(0, place, column, styles["heading"])
        at = 0
        while row is not None and at < _ROWS - 1:
            at += 1
            for place, value in enumerate(row):
                if value is not None and value != "":
                    widths[place] = max(widths[place], _write(sheet, at, place, value, styles))
            row = next(left, None)
        sheet.autofilter(0, 0, at, len(names) - 1)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width, _WIDTHS[0]), _WIDTHS[1]))
        number += 1


def _write(sheet: Any, row: int, column: int, value: Value, styles: dict[str, Any]) -> int:
    """Write a cell by its type; how wide it is."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return 5
    if isinstance(value, datetime.date):
        if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day), styles["date"])
        else:  # Excel knows no day before, and counts one too many until then
            sheet.write_string(row, column, value.isoformat())
        return 10
    if isinstance(value, int | float) and float(f"{value:.15g}") == value:
        sheet.write_number(row, column, value)
        return len(f"{value:g}")
    # A number of more digits than Excel keeps (of a file, say) stays whole as text.
    text = format(Decimal(repr(value)), "f") if isinstance(value, int | float) else str(value)
    if len(text.encode("utf-16-le")) // 2 > _CHARACTERS:
        text = text[: _CHARACTERS // 2 - len(_CUT)] + _CUT
    sheet.write_string(row, column, text, styles["guarded"] if to_cell(text, True) != text else None)
    return max(_width(line) for line in text[:200].split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
