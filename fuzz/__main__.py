"""``make fuzz``: mutated files, read for some time by workers with limits of time and memory; what breaks is kept in
fuzz/found/.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fuzz.check import Fault
from fuzz.work import MOST_SECONDS, keep, work


def main() -> int:
    """Run; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Read files changed at random.")
    parser.add_argument("--seconds", type=float, default=600, help="how long (default: 600)")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="how many processes")
    parser.add_argument(
        "--seed", type=int, default=None, help="the same seed gives the same files (default: another each time)"
    )
    options = parser.parse_args()
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        count, found = _run(
            [Worker(Path(folder, str(number)), seed + number) for number in range(options.workers)], end
        )
    print(f"{count} files with seed {seed}; {sum(found.values())} faults")
    for name, times in found.most_common():
        print(f"  {times} × {name}")
    return 1 if found else 0


class Worker:
    """A process that reads files, each written down before it is read, so that the one that hangs or kills it is known.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.done = self.began = 0.0
        folder.mkdir()
        self.start()

    def start(self) -> None:
        self.began = time.monotonic()
        self.process = multiprocessing.get_context("spawn").Process(
            target=work, args=(self.folder, self.seed), daemon=True
        )
        self.process.start()

    def case(self) -> bytes:
        try:
            return (self.folder / "case").read_bytes()
        except OSError:
            return b""


def _run(workers: list[Worker], end: float) -> tuple[int, Counter[str]]:
    count = 0
    found: Counter[str] = Counter()
    try:
        while time.monotonic() < end:
            time.sleep(1)
            for worker in workers:
                case = worker.folder / "case"
                is_hanging = case.exists() and time.time() - case.stat().st_mtime > 3 * MOST_SECONDS
                if worker.process.is_alive() and not is_hanging:
                    continue
                fault = (
                    Fault("hangs", "killed") if is_hanging else Fault("dies", f"exit code {worker.process.exitcode}")
                )
                worker.process.kill()
                worker.process.join()
                keep(worker.case(), fault)
                found[fault.name] += 1
                worker.seed += 1000
                case.unlink(missing_ok=True)
                worker.start()
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()
            log = worker.folder / "log"
            for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
                count += 1
                if line:
                    found[line] += 1
    return count, found


if __name__ == "__main__":
    sys.exit(main())
