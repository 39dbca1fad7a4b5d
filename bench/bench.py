"""``make bench``: how long reading and understanding the sample takes, beside a bare parse of the same page.

The least of several runs counts, since whatever else the machine does only adds. The runs of all pieces alternate, so
that a slow minute slows all of them. Compare the ratios between machines, not the times.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bs4 import BeautifulSoup

from extract import read_notice
from normalize import normalize

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "fenghua-2023.html"
FORMS = ("html", "docx", "doc", "txt")
PARSE = "bare parse of the page (bs4, lxml)"


def main(arguments: Sequence[str] | None = None) -> None:
    """Time each piece of work and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench", description="Time the reading of the sample notice.")
    parser.add_argument("--runs", type=int, default=15, help="runs of each piece of work (default: 15)")
    runs = max(1, parser.parse_args(arguments).runs)

    page = SAMPLE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        inside = _least({PARSE: partial(BeautifulSoup, page, "lxml"), **dict(_pieces())}, runs)
        # A process of its own for each run, imports and writing included.
        programs = {
            f"whole program, .{form}": partial(_run, SAMPLE.with_suffix(f".{form}"), Path(folder, form))
            for form in FORMS
        }
        outside = _least(programs, min(runs, 5))

    print(f"{len(page):,} characters of page, {len(read_notice(SAMPLE).text):,} of notice; least of {runs} runs")
    print(f"{'':36}{'ms':>9}{'× parse':>9}")
    for name, seconds in inside.items():
        print(f"{name:36}{seconds * 1000:9.1f}{seconds / inside[PARSE]:9.1f}")
    print(f"{'':36}{'s':>9}")
    for name, seconds in outside.items():
        print(f"{name:36}{seconds:9.2f}")


def _pieces() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done inside one process: each form of the sample read, and read and understood."""
    for form in FORMS:
        path = SAMPLE.with_suffix(f".{form}")
        yield f"read .{form}", partial(read_notice, path)
        yield f"read and understand .{form}", partial(_understand, path)


def _least(pieces: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The least seconds of each piece of work, after one run that warms caches and imports."""
    least = dict.fromkeys(pieces, float("inf"))
    for number in range(runs + 1):
        for name, work in pieces.items():
            start = time.perf_counter()
            work()
            if number:
                least[name] = min(least[name], time.perf_counter() - start)
    return least


def _understand(path: Path) -> object:
    return normalize(read_notice(path), path.stem)


def _run(notice: Path, out: Path) -> None:
    command = [sys.executable, "-m", "extract", str(notice), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
