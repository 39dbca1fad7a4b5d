"""The tables of a package in the formats of other programs, each made from its CSV files and the one schema.

A format's module has ``write(folder)``: it reads the CSV files in ``folder``, writes its own there and gives their paths within it.
No module here is imported before its format is asked for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from extract.errors import OutputError

#: The formats that can be asked for, each with the library that writes it. The CSV files are always there.
LIBRARIES = {"csv": "csv", "parquet": "pyarrow", "xlsx": "xlsxwriter", "sqlite": "sqlite3", "duckdb": "duckdb", "dta": "pandas"}
_MODULES = {"csv": "csv_extras", "parquet": "parquet", "xlsx": "xlsx", "sqlite": "sqlite", "duckdb": "duckdb_file", "dta": "dta"}


# How libraries say that a disk or a person's share of it is full.
_FULL = ("no space left", "disk is full", "disk full", "disk quota exceeded", "out of disk")


def check_formats(formats: Sequence[str], folder: Path) -> None:
    """Raise ``OutputError`` where the library of a format is not installed: before the reading, not after it."""
    for name in formats:
        if find_spec(LIBRARIES[name]) is None:
            remedy = f"install it: pip install {LIBRARIES[name]}"
            raise OutputError(str(folder), f"--format {name} needs {LIBRARIES[name]}, which is not installed", remedy)


def write_formats(formats: Sequence[str], fresh: Path, folder: Path, errors: list[OutputError]) -> list[str]:
    """Write the formats beside the CSV files in ``fresh``, which is to be ``folder``; the paths of the new files within it, in order.

    ``codebook.csv`` and ``indicators_wide.csv`` are written with any format. A format that fails leaves nothing, and is added to
    ``errors``: the reading is not lost for it.
    """
    if not formats:
        return []
    wanted = ["csv", *(name for name in LIBRARIES if name in formats and name != "csv")]
    paths: list[str] = []
    for name in wanted:
        before = set(fresh.iterdir())
        try:
            paths += import_module(f"normalize.formats.{_MODULES[name]}").write(fresh)
        except Exception as error:  # whatever another's library raises
            remove_formats([path.name for path in set(fresh.iterdir()) - before], fresh)
            said = error.cause if isinstance(error, OutputError) else str(error)
            cause = f"the tables can't be written as {name} ({said})".replace(str(fresh), str(folder))
            errors.append(OutputError(str(folder), cause, _remedy(error)))
    return paths


def remove_formats(paths: Iterable[str], fresh: Path) -> None:
    """Take away what ``write_formats`` wrote, with the folders made for it."""
    for name in {Path(path).parts[0] for path in paths}:
        path = fresh / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def no_room(formats: Sequence[str], folder: Path, error: OSError) -> OutputError:
    """That the package would not fit with these formats in it."""
    cause = f"there is no room for {', '.join(formats)} beside the CSV files ({error.strerror or error})"
    return OutputError(str(folder), cause, _remedy(error))


def _remedy(error: Exception) -> str:
    if isinstance(error, OutputError):
        return error.remedy
    if any(sign in str(error).lower() for sign in _FULL):
        return "make room and run it again, or leave this format out; the CSV files are written"
    if isinstance(error, OSError):
        return "leave this format out; the CSV files are written"
    return "leave this format out, and report it please; the CSV files are written"
