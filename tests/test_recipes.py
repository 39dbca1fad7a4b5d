"""The recipes of the documentation, run: what they print is what the page says. In both languages they are the same."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from extract import __main__ as cli

ROOT = Path(__file__).parents[1]
PAGES = ("recipes.md", "recipes.zh-CN.md")
FORMATS = "parquet,xlsx,sqlite,duckdb,dta"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Each recipe of a page: language, program, and what it is said to print ("" where it prints nothing)."""
    found = _BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    recipes = []
    for number, (language, program) in enumerate(found):
        printed = found[number + 1][1] if number + 1 < len(found) and found[number + 1][0] == "text" else ""
        if language != "text":
            recipes.append((language, program, printed))
    return recipes


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample has been extracted, as the recipes' first line does."""
    folder = tmp_path_factory.mktemp("recipes")
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        assert cli.main([str(ROOT / "samples" / "fenghua-2023.html"), "--format", FORMATS]) == 0
    return folder


def test_recipes_of_python_print_what_is_said(place: Path) -> None:
    for library in ("pandas", "pyarrow", "polars", "duckdb"):
        pytest.importorskip(library)
    recipes = [(program, printed) for language, program, printed in blocks(PAGES[0]) if language == "python"]
    assert len(recipes) == 4
    names: dict[str, object] = {}
    for program, printed in recipes:
        told = io.StringIO()
        with contextlib.chdir(place), contextlib.redirect_stdout(told):
            exec(program, names)
        assert told.getvalue() == printed, program


def test_recipe_of_sql_prints_what_is_said(place: Path) -> None:
    ((program, printed),) = [(program, printed) for language, program, printed in blocks(PAGES[0]) if language == "sql"]
    with sqlite3.connect(place / "outputs" / "fenghua-2023" / "notices.sqlite") as base:
        rows = base.execute(program).fetchall()
    assert "\n".join("|".join(map(str, row)) for row in rows) + "\n" == printed


def test_recipe_of_datasette_prints_what_is_said(place: Path) -> None:
    pytest.importorskip("datasette")
    ((program, printed),) = [(program, printed) for language, program, printed in blocks(PAGES[0]) if language == "sh"]
    words = shlex.split(program)
    assert words[0] == "datasette"
    done = subprocess.run([sys.executable, "-m", *words], cwd=place, capture_output=True, text=True, check=True)
    assert done.stdout.encode().decode("unicode_escape").strip() == printed.strip()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_recipe_of_r_prints_what_is_said(place: Path) -> None:
    ((program, printed),) = [(program, printed) for language, program, printed in blocks(PAGES[0]) if language == "r"]
    done = subprocess.run(["Rscript", "-e", program], cwd=place, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed.strip()


def test_both_languages_have_the_same_recipes() -> None:
    one, two = (blocks(page) for page in PAGES)
    assert one == two
    headings = [
        re.findall(r"^#+ (pandas|polars|DuckDB|SQLite|Datasette|Excel|R|Stata)$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
        for page in PAGES
    ]
    assert headings[0] == headings[1]
    assert len(headings[0]) == 8
