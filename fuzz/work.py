"""What a worker does: change a file, read it, keep it where it breaks something."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path

from fuzz.check import Fault, check
from fuzz.mutations import mutate
from fuzz.seeds import Seeds

FOUND = Path(__file__).parent / "found"
MOST_SECONDS, MOST_BYTES = 10, 1 << 30
_SHRINKS = 300


def work(folder: Path, seed: int) -> None:
    """The life of a worker: change a file, read it, tell what came of it in its folder."""
    _limit_memory()
    rng, seeds = random.Random(seed), Seeds()
    with open(folder / "log", "a", encoding="utf-8", buffering=1) as log:
        while True:
            data = mutate(seeds.draw(rng), seeds.draw(rng), rng)
            (folder / "case").write_bytes(data)
            began = time.monotonic()
            fault = check(data)
            if fault is None and time.monotonic() - began > MOST_SECONDS:
                fault = Fault("slow", f"{time.monotonic() - began:.0f} seconds")
            if fault is not None:
                keep(shrunk(data, fault), fault)
            log.write(f"{fault.name if fault else ''}\n")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(
        resource.RLIMIT_AS, (2 * MOST_BYTES, 2 * MOST_BYTES)
    )  # address space; a third or more of it is never used


def shrunk(data: bytes, fault: Fault) -> bytes:
    """A smaller file with the same fault: slices are taken out as long as it stays."""
    size = len(data) // 2
    for _ in range(_SHRINKS):
        if size < 16 or fault.name == "slow":
            break
        for start in range(0, len(data), size):
            smaller = data[:start] + data[start + size :]
            again = check(smaller)
            if again is not None and again.name == fault.name:
                data = smaller
                break
        else:
            size //= 2
    return data


def keep(data: bytes, fault: Fault) -> None:
    """Write a file down for the tests, the first of each fault, and tell of it."""
    name = "".join(char if char.isalnum() or char in "-_." else "-" for char in fault.name)
    path = FOUND / f"{name}.bin"
    if not path.exists():
        FOUND.mkdir(exist_ok=True)
        path.write_bytes(data)
        print(f"{path} ({hashlib.sha256(data).hexdigest()[:12]}):\n{fault.details}", file=sys.stderr, flush=True)
