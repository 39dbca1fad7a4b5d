"""The tables of a package in the formats of other programs, each made from its CSV files and the one schema.

A format's module has ``write(folder)``: it reads the CSV files in ``folder``, writes its own there and gives their paths within it.
No module here is imported before its format is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from extract.errors import OutputError

#: The formats that can be asked for, each with the library that writes it. The CSV files are always there.
LIBRARIES = {"csv": "csv", "parquet": "pyarrow", "xlsx": "xlsxwriter", "sqlite": "sqlite3", "duckdb": "duckdb", "dta": "pandas"}
_MODULES = {"csv": "csv_extras", "parquet": "parquet", "xlsx": "xlsx", "sqlite": "sqlite", "duckdb": "duckdb_file", "dta": "dta"}


def check_formats(formats: Sequence[str], folder: Path) -> None:
    """Raise ``OutputError`` where the library of a format is not installed: before the reading, not after it."""
    for name in formats:
        if find_spec(LIBRARIES[name]) is None:
            remedy = f"install it: pip install {LIBRARIES[name]}"
            raise OutputError(str(folder), f"--format {name} needs {LIBRARIES[name]}, which is not installed", remedy)


def write_formats(formats: Sequence[str], folder: Path) -> list[str]:
    """Write the formats beside the CSV files in ``folder``; the paths of the new files within it, in order.

    ``codebook.csv`` and ``indicators_wide.csv`` are written with any format.
    """
    if not formats:
        return []
    wanted = ["csv", *(name for name in LIBRARIES if name in formats and name != "csv")]
    paths: list[str] = []
    for name in wanted:
        try:
            paths += import_module(f"normalize.formats.{_MODULES[name]}").write(folder)
        except (OSError, OutputError):
            raise
        except Exception as error:  # whatever another's library raises, the reading is not to end in a traceback
            cause = f"the tables can't be written as {name} ({error})".replace("\n", " ")
            raise OutputError(str(folder), cause, "leave this format out, and report it please") from error
    return paths
