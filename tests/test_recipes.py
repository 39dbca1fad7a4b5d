"""The recipes of the documentation, run: what they print is what the page says. In both languages they are the same."""

from __future__ import annotations

import contextlib
import csv
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


def test_recipe_of_r_prints_what_is_said(place: Path) -> None:
    ((program, printed),) = [(program, printed) for language, program, printed in blocks(PAGES[0]) if language == "r"]
    assert run_r(program, place).strip() == printed.strip()


# The same table by three readers of R, which has none in common with what wrote the files.
_R_READS = """
suppressPackageStartupMessages({library(readr); library(haven); library(DBI)})
folder <- "outputs/fenghua-2023/"
csv <- as.data.frame(read_csv(paste0(folder, "indicators.csv"), col_types = cols(.default = col_character())))
dta <- as.data.frame(zap_labels(zap_formats(read_dta(paste0(folder, "stata/indicators.dta")))))
base <- dbConnect(RSQLite::SQLite(), paste0(folder, "notices.sqlite"))
sql <- dbGetQuery(base, "SELECT * FROM indicators ORDER BY start, value_id")
told <- function(x) ifelse(is.na(x), "", as.character(x))
csv <- csv[order(as.numeric(csv$start), csv$value_id), ]
dta <- dta[order(dta$start, dta$value_id), ]
for (name in c("value_id", "name", "unit", "comparator", "value_text")) {
  stopifnot(all(told(csv[[name]]) == told(dta[[name]])), all(told(csv[[name]]) == told(sql[[name]])))
}
stopifnot(all.equal(as.numeric(csv$value), as.numeric(dta$value)), all.equal(as.numeric(csv$value), as.numeric(sql$value)))
cat(nrow(csv), nrow(dta), nrow(sql))
"""


def run_r(program: str, place: Path, *packages: str) -> str:
    """What an R program prints; the test is skipped where R or a package of it is not installed."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    for package in packages:
        if subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True).returncode:
            pytest.skip(f"the R package {package} is not installed")
    done = subprocess.run(["Rscript", "-e", program], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_r_reads_csv_stata_and_sqlite_alike(place: Path) -> None:
    assert run_r(_R_READS, place, "readr", "haven", "RSQLite") == "31 31 31"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_r_in_the_readme_shows_what_is_promised(page: str, place: Path) -> None:
    (program,) = [program for language, program in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")) if language == "r"]
    with (place / "outputs" / "fenghua-2023" / "commitments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:3]
    text = (place / "outputs" / "fenghua-2023" / "texts" / "fenghua-2023.txt").read_text(encoding="utf-8")
    printed = run_r(program, place, "readr")
    assert re.findall('"(.*?)"', printed) == [text[int(row["start"]) : int(row["end"])] for row in rows]


def test_both_languages_have_the_same_recipes() -> None:
    one, two = (blocks(page) for page in PAGES)
    assert one == two
    headings = [
        re.findall(r"^#+ (pandas|polars|DuckDB|SQLite|Datasette|Excel|R|Stata)$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
        for page in PAGES
    ]
    assert headings[0] == headings[1]
    assert len(headings[0]) == 8
