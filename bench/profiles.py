"""What takes the time, where an aim isn't reached: samples of a running program, and what a new process loads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.results import ROOT

_SHOWN = 8
_SHARES_SHOWN = 15
_INTERVAL = 0.0005  # seconds between samples
_SECONDS = 6
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


def shares(work: Callable[[], object]) -> Iterator[tuple[str, str]]:
    """The modules that a piece of work spends most of its time in, with what they call in libraries, in percent."""
    from pyinstrument import Profiler

    profiler = Profiler(interval=_INTERVAL, async_mode="disabled")
    end = time.monotonic() + _SECONDS
    with profiler:
        while time.monotonic() < end:
            work()
    assert profiler.last_session is not None
    yield from _shown(_by_module(profiler.last_session.root_frame()))


def _by_module(root: Any) -> Counter[str]:
    """Seconds by the module of ours that a sample was last in; what beautifulsoup4 calls back is the parse."""
    spent: Counter[str] = Counter()
    stack = [(root, "")]
    while stack:
        frame, module = stack.pop()
        path = frame.file_path or ""
        if module != _PARSE:
            module = _PARSE if "/bs4/" in path else _module(path) or module
        stack += [(child, module) for child in frame.children]
        spent[module or "the rest"] += frame.time - sum(child.time for child in frame.children)
    return spent


_PARSE = "beautifulsoup4 and lxml"


def _module(path: str) -> str:
    if not path or not Path(path).is_relative_to(ROOT):
        return ""
    name = Path(path).relative_to(ROOT).as_posix()
    return name if name.startswith(("extract/", "normalize/")) else ""


def shares_of_process(notice: Path, out: Path) -> Iterator[tuple[str, str]]:
    """What a process for one notice does, in percent of its samples."""
    samples = out.with_suffix(".json")
    profiler = [sys.executable, "-m", "pyinstrument", "--renderer=json", f"--interval={_INTERVAL}", "--outfile", str(samples)]
    subprocess.run([*profiler, "-m", "extract", str(notice), "--out", str(out)], cwd=ROOT, capture_output=True, check=True)
    spent: Counter[str] = Counter()
    stack = [(json.loads(samples.read_text(encoding="utf-8"))["root_frame"], "")]
    while stack:
        frame, doing = stack.pop()
        doing = _doing(frame, doing)
        children = frame.get("children") or []
        stack += [(child, doing) for child in children]
        spent[doing or "starting"] += frame["time"] - sum(child["time"] for child in children)
    yield from _shown(spent)


def _doing(frame: dict[str, Any], around: str) -> str:
    path = str(frame.get("file_path") or "")
    if around in (_PATTERNS, _LIBRARIES):
        return around
    if "/re/" in path and frame["function"] == "_compile":
        return _PATTERNS
    if "/site-packages/" in path and frame["function"] == "<module>":
        return _LIBRARIES
    if frame["function"] == "<module>":
        return "loading modules"
    return "reading, understanding, writing" if around in ("", "loading modules") and frame["function"] == "main" else around


_PATTERNS = "compiling patterns"
_LIBRARIES = "loading libraries"


def _shown(spent: Counter[str]) -> Iterator[tuple[str, str]]:
    total = sum(spent.values()) or 1.0
    shown = spent.most_common(_SHARES_SHOWN)
    for name, seconds in shown:
        yield name, f"{100 * seconds / total:.0f}"
    if rest := len(spent) - len(shown):
        yield f"{rest} more", f"{100 * (1 - sum(seconds for _, seconds in shown) / total):.0f}"
