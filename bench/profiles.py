"""What holds an aim that is not reached: where the time of a warm process goes, and what a new process loads."""

from __future__ import annotations

import cProfile
import pstats
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.results import ROOT

_SHOWN = 10
_IMPORT = re.compile(r"import time:\s*(?P<own>\d+) \|\s*\d+ \|\s*(?P<name>\S+)")


def time_by_module(work: Callable[[], object], runs: int = 5) -> Iterator[tuple[str, str]]:
    """The modules with most time of their own, each with its share of all; built-in functions count for whoever called them."""
    profile = cProfile.Profile()
    for _ in range(runs):
        profile.runcall(work)
    spent: Counter[str] = Counter()
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, dict[tuple[str, int, str], tuple[int, int, float, float]]]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if file == "~":
            for (caller, _, _), (_, _, for_it, _) in callers.items():
                spent[_module(caller)] += for_it  # type: ignore[assignment]
        else:
            spent[_module(file)] += own  # type: ignore[assignment]
    total = sum(spent.values())
    for name, seconds in spent.most_common(_SHOWN):
        yield name, f"{seconds / total:.0%}"


def imports() -> Iterator[tuple[str, str]]:
    """The packages that take longest to load with the command line, each with milliseconds of its own."""
    command = [sys.executable, "-X", "importtime", "-c", "import extract.__main__"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    spent: Counter[str] = Counter()
    for match in _IMPORT.finditer(done.stderr):
        spent[match["name"].split(".")[0]] += int(match["own"])
    for name, microseconds in spent.most_common(_SHOWN):
        yield name, f"{microseconds / 1000:.0f}"


def _module(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1]
    return "Python's own library" if path.suffix == ".py" else "other"
