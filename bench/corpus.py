"""``make corpus``: ten thousand notices, one in a hundred broken: rate, memory, failures; a killed run that goes on; a run again.

What is measured is ``python -m extract`` as a user calls it. Memory is that of all its processes together, with what they share
counted once (PSS) where the system tells it, looked at ten times a second.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.make_corpus import SAMPLE, make
from bench.results import ROOT, machine, table, write_part

# After so much of the unbroken run's time the other one is killed.
_KILLED_AFTER = 0.4


@dataclass(frozen=True, slots=True)
class _Run:
    seconds: float
    processor_seconds: float
    mebibytes: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus, run over it three times, print what was found and write it to ``docs/benchmarks.md``."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Time a run over many notices.")
    parser.add_argument("--count", type=int, default=10_000, help="notices (default: 10,000)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw that varies them (default: 1)")
    parser.add_argument("--no-file", action="store_true", help="do not write docs/benchmarks.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        lines = list(_report(Path(folder), options.count, options.seed))
    print("\n".join(lines))
    if not options.no_file:
        write_part("corpus", lines)


def _report(place: Path, count: int, seed: int) -> Iterator[str]:
    about = machine()
    make(place / "in", count, seed, SAMPLE.read_text(encoding="utf-8"))
    tenth = max(1, count // 10)
    make(place / "tenth", tenth, seed, SAMPLE.read_text(encoding="utf-8"))
    small = _run(place, "tenth", "small")
    whole = _run(place, "in", "whole")
    killed = _run(place, "in", "resumed", limit=whole.seconds * _KILLED_AFTER)
    resumed = _run(place, "in", "resumed")
    again = _run(place, "in", "whole")
    with (place / "whole" / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        failures = sum(1 for _ in csv.DictReader(file))
    read = count - failures
    is_same = _digest(place / "whole") == _digest(place / "resumed")
    cache = sum(path.stat().st_size for path in (place / "whole.cache").rglob("*") if path.is_file())
    package = sum(path.stat().st_size for path in (place / "whole").rglob("*") if path.is_file())

    yield f"## {count:,} notices, one in a hundred broken"
    yield ""
    yield f"{about} Made from the sample page with seed {seed}; read by as many processes as there are cores."
    yield ""
    rows = [
        (f"{tenth:,} notices", small, tenth),
        (f"{count:,} notices", whole, count),
        (f"killed after {killed.seconds:.0f} s, then run again", resumed, count),
        ("run again, nothing changed", again, count),
    ]
    yield from table(
        ("", "seconds", "notices a second", "processor ms a notice", "peak MiB"),
        [
            (
                name,
                f"{run.seconds:.0f}",
                f"{files / run.seconds:.0f}",
                f"{run.processor_seconds / files * 1000:.0f}",
                f"{run.mebibytes:.0f}",
            )
            for name, run, files in rows
        ],
    )
    yield f"- Read: {read:,}; in `failures.csv`: {failures:,}."
    yield f"- The killed and resumed package is {'' if is_same else 'NOT '}the unbroken one, byte for byte."
    yield f"- On disk: {package / read / 1024:.0f} KiB of package and {cache / read / 1024:.0f} KiB of cache a notice."
    yield (
        f"- Aims for 10,000 on 2 cores: 180 s and 400 MiB. Here: {whole.seconds / count * 10_000:.0f} s for so many, of which "
        f"{whole.processor_seconds / count * 10_000 / 2:.0f} s of processor time on each of 2 cores, and {whole.mebibytes:.0f} MiB."
    )
    yield ""


def _run(place: Path, source: str, out: str, limit: float = float("inf")) -> _Run:
    """A run over a folder; killed after ``limit`` seconds."""
    command = [sys.executable, "-m", "extract", str(place / source), "--out", str(place / out), "--cache", str(place / f"{out}.cache")]
    start = time.perf_counter()
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    used: dict[int, float] = {}
    while program.poll() is None:
        most = max(most, _look(program.pid, used))
        if time.perf_counter() - start > limit:
            program.kill()
        time.sleep(0.1)
    return _Run(time.perf_counter() - start, sum(used.values()), most)


def _look(process: int, used: dict[int, float]) -> float:
    """MiB of a process and those under it; the processor seconds of each go to ``used``."""
    total = 0
    try:
        parent = psutil.Process(process)
        family = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for member in family:
        try:
            found = member.memory_full_info()
            total += getattr(found, "pss", found.rss)
            times = member.cpu_times()
            used[member.pid] = times.user + times.system
        except psutil.Error:  # it has just ended
            pass
    return float(total / 2**20)


def _digest(folder: Path) -> str:
    """Of every file of a folder and its name."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
