"""What changed between the notices of two years or more, as data frames: the only module that needs pandas.

    from normalize.compare import compare
    frames = compare("outputs/fenghua-2023", "outputs/fenghua-2024")
    frames["comparison"].query("direction == 'loosened'")
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

import pandas

from normalize.comparing import Comparison, compare_editions
from normalize.comparison_files import to_csv
from normalize.comparison_schema import tables
from normalize.editions import COMPARED, Edition, EditionError, read_edition
from normalize.mapping import read_mapping
from normalize.package_reading import find_package, read_package
from normalize.schema import Row

#: A notice: the folder of its package, ``PACKAGE/DOCUMENT`` where it holds several, or tables as ``normalize`` gives them.
Source = str | PathLike[str] | Mapping[str, Sequence[Row]]

_TYPES = {"string": "string", "number": "Float64", "integer": "Int64", "year": "Int64", "boolean": "boolean", "date": "string"}


def compare(*notices: Source, mapping: str | PathLike[str] | None = None) -> dict[str, pandas.DataFrame]:
    """The tables ``comparison``, ``task_comparison`` and ``commitment_comparison`` of two notices or more, by name.

    Each notice is compared with the next, a plan with each notice of its years. ``mapping`` is the path of a ``mapping.csv``.
    Raises ``NoticeError`` for what can't be compared. A table that one of two notices lacks has no rows for the pair;
    ``attrs`` of each frame names such ``gaps``, and ``notes``.
    """
    rules = read_mapping(Path(mapping)) if mapping is not None else []
    return to_frames(compare_editions([_read(notice) for notice in notices], rules))


def to_frames(comparison: Comparison) -> dict[str, pandas.DataFrame]:
    """The tables as data frames, with the cells that the files have; an unknown one is missing."""
    frames = {}
    for name, rows in comparison.tables.items():
        schema = tables()[name]
        types = {column.name: _TYPES[column.type] for column in schema.columns}
        data = io.BytesIO(to_csv(schema, rows, guarded=False))
        frame = pandas.read_csv(data, dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        frame.attrs = {"gaps": list(comparison.gaps), "notes": list(comparison.notes)}
        frames[name] = frame
    return frames


def _read(notice: Source) -> Edition:
    if isinstance(notice, Mapping):
        return read_edition(notice, "tables")
    package = find_package(Path(notice))
    if package is None:
        raise EditionError(str(notice), "is no package of this tool", "run make extract first, and give the folder it writes")
    folder, document_id = package
    return read_edition(read_package(folder, ("documents", *COMPARED), document_id), str(folder))
