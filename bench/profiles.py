"""What a new process loads before it can read anything."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

from bench.results import ROOT

_SHOWN = 8
_IMPORT = re.compile(r"import time:\s*(?P<own>\d+) \|\s*\d+ \|\s*(?P<name>\S+)")


def imports() -> Iterator[tuple[str, str]]:
    """The packages that take longest to load with the command line, each with milliseconds of its own."""
    command = [sys.executable, "-X", "importtime", "-c", "import extract.__main__"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    spent: Counter[str] = Counter()
    for match in _IMPORT.finditer(done.stderr):
        spent[match["name"].split(".")[0]] += int(match["own"])
    for name, microseconds in spent.most_common(_SHOWN):
        yield name, f"{microseconds / 1000:.0f}"
