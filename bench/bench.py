"""``make bench``: how long reading and understanding the sample takes, beside a bare parse of the same page.

Medians of several runs, in milliseconds; the ratios are what to compare between machines.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bs4 import BeautifulSoup

from extract import read_notice
from normalize import normalize

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "fenghua-2023.html"


def main(arguments: Sequence[str] | None = None) -> None:
    """Time each piece of work and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench", description="Time the reading of the sample notice.")
    parser.add_argument("--runs", type=int, default=9, help="runs of each piece of work (default: 9)")
    runs = parser.parse_args(arguments).runs

    page = SAMPLE.read_text(encoding="utf-8")
    parse = _median(lambda: BeautifulSoup(page, "lxml"), runs)
    rows = [("bare parse of the page (bs4, lxml)", parse)]
    for form in ("html", "docx", "doc", "txt"):
        path = SAMPLE.with_suffix(f".{form}")
        rows.append((f"read .{form}", _median(lambda path=path: read_notice(path), runs)))  # type: ignore[misc]
        rows.append((f"read and understand .{form}", _median(lambda path=path: _tables(path), runs)))  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "extract", str(SAMPLE), "--out", str(Path(folder, "out"))]
        rows.append(("whole program, one page", _median(lambda: _run(command), runs)))

    print(f"{len(page):,} characters of page, {len(read_notice(SAMPLE).text):,} of notice; medians of {runs} runs")
    print(f"{'':36}{'ms':>9}{'× parse':>9}")
    for name, seconds in rows:
        print(f"{name:36}{seconds * 1000:9.1f}{seconds / parse:9.1f}")


def _median(work: Callable[[], object], runs: int) -> float:
    """Seconds, after one run that warms caches and imports."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _tables(path: Path) -> object:
    return normalize(read_notice(path), path.stem)


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
