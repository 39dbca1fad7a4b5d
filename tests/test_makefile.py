"""What ``make`` hands over to the programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
@pytest.mark.parametrize(
    ("pages", "handed"), [("mix out", ["{}/mix out"]), ("one two", ["{}/one", "two"]), ("one", ["{}/one"])]
)
def test_a_folder_with_a_blank_is_one_folder(pages: str, handed: list[str], tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "python"
    program.write_text('#!/bin/sh\nshift 2\nfor argument in "$@"; do echo "$argument"; done\n')
    program.chmod(0o755)
    for mark in (".python", ".run"):
        (tmp_path / mark).touch()
    (tmp_path / "mix out").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--no-print-directory", "-C", str(ROOT), "report", f"VENV={tmp_path}", f"PAGES={tmp_path}/{pages}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [part.format(tmp_path) for part in handed]
