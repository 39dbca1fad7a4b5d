"""Stata: a file a table under ``stata/``, of Stata 14 and later, with the titles of the columns as labels.

Numbers are doubles, days are days, an empty text is ``""`` and an empty number is missing. ``end`` and ``class`` are words of
Stata's own and are called ``end_`` and ``class_``. A table is in memory while it is written.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from normalize.schema import descriptors
from normalize.typed import read_typed

# Of what is longer, in bytes, Stata makes a "long string".
_STRING_BYTES = 2045
_LABEL_CHARACTERS = 80
_RESERVED = {"end", "class"}
# The same tables give the same bytes.
_MADE_ON = datetime.datetime(2000, 1, 1)


def write(folder: Path) -> list[str]:
    (folder / "stata").mkdir()
    return [_write(folder, table) for table in descriptors()]


def _write(folder: Path, table: dict[str, Any]) -> str:
    path = f"stata/{table['name']}.dta"
    rows = list(read_typed(folder, table["name"]))
    columns: dict[str, Any] = {}
    long = []
    for place, field in enumerate(table["fields"]):
        name = variable(field["name"])
        values = [row[place] for row in rows]
        if field["type"] == "string":
            texts = [value if isinstance(value, str) else "" for value in values]
            columns[name] = pd.Series(texts, dtype=object)
            if max((len(text.encode("utf-8")) for text in texts), default=0) > _STRING_BYTES:
                long.append(name)
        elif field["type"] == "date":
            columns[name] = pd.to_datetime(pd.Series(values, dtype=object))
        else:
            columns[name] = pd.Series(values, dtype="float64")
    pd.DataFrame(columns).to_stata(
        folder / path,
        write_index=False,
        version=118,
        convert_strl=long,
        convert_dates={variable(field["name"]): "td" for field in table["fields"] if field["type"] == "date"},
        variable_labels={variable(field["name"]): field["title"][:_LABEL_CHARACTERS] for field in table["fields"]},
        data_label=table["title"],
        time_stamp=_MADE_ON,
    )
    return path


def variable(column: str) -> str:
    """The name of a column in Stata.

    >>> variable("start"), variable("end")
    ('start', 'end_')
    """
    return f"{column}_" if column in _RESERVED else column
