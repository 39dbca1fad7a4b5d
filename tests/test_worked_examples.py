"""The worked examples of the documentation, run: what a page says that they print is what they print."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from normalize.mapping import COLUMNS
from tests.test_recipes import blocks

ROOT = Path(__file__).parents[1]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that has the project's notices and none of its outputs."""
    for name in ("samples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def run(page: str, place: Path) -> int:
    """Run the Python of a page, one program after the other; how many there were."""
    pytest.importorskip("pandas")
    programs = [(program, printed) for language, program, printed in blocks(page) if language == "python"]
    names: dict[str, object] = {}
    for program, printed in programs:
        told = io.StringIO()
        with contextlib.chdir(place), contextlib.redirect_stdout(told):
            exec(program, names)
        assert told.getvalue() == printed, program
    return len(programs)


def csv_of(page: str) -> list[str]:
    return [program for language, program, _ in blocks(page) if language == "csv"]


def test_python_prints_what_is_said(place: Path) -> None:
    assert run("python.md", place) == 4


def test_mapping_settles_what_is_said(place: Path) -> None:
    (mapping,) = csv_of("comparing.md")
    assert tuple(next(csv.reader(mapping.splitlines()))) == COLUMNS
    (place / "mapping.csv").write_text(mapping, encoding="utf-8")
    assert run("comparing.md", place) == 1


@pytest.mark.parametrize("page", ["python", "comparing", "extending"])
def test_both_languages_have_the_same_examples(page: str) -> None:
    assert blocks(f"{page}.md") == blocks(f"{page}.zh-CN.md")


_ADDED = re.compile(r"^<!-- to (\S+) -->\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_rows_added_to_the_lists_do_what_is_said(tmp_path: Path) -> None:
    """Each program prints one thing before the rows behind it are added to a copy of the lists, and another after."""
    for package in ("extract", "normalize"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))

    def printed(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    places = [place for place, _ in _ADDED.findall(text)]
    program = ""
    for language, content, said in blocks("extending.md"):
        if language == "python":
            program = content
        else:
            with (tmp_path / places.pop(0)).open("a", encoding="utf-8") as file:
                file.write(content)
        if said:
            assert printed(program) == said, content
    assert not places


@pytest.mark.parametrize("page", ["extending.md", "extending.zh-CN.md"])
def test_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for line in text.splitlines():
        folder = ""
        for name in re.findall(r"`([\w/.]+\.(?:csv|py))`", line):
            folder = name.rpartition("/")[0] or folder
            assert any((ROOT / place / Path(name).name).exists() for place in (folder, "normalize/vocab", "extract")), name
