"""Where measurements are kept: ``docs/benchmarks.md``, a part for each program that measures, each replaced by its program alone."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from extract.batch.pool import cores

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "benchmarks.md"
_TITLE = """# Benchmarks

Written by `make bench` and `make corpus`; nobody edits it by hand. Compare ratios between machines, not times.

由 `make bench` 和 `make corpus` 写出，不作手工修改。不同机器之间请比较倍数，不要比较时间。表中：notices 份数，seconds 秒，processor ms a notice 每份通知的
处理器毫秒数，peak MiB 内存峰值，× bare parse 为只解析网页所用时间的倍数，aim 目标；read 读取，understand 理解，write the package 写出数据包。
"""


def write_part(name: str, lines: Iterable[str], file: Path = FILE) -> None:
    """Put the lines in the place of what the program wrote before, or behind the other parts."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    part = "\n".join([start, *lines, end])
    # What stands above the parts is written anew: it is kept in one place.
    parts = file.read_text(encoding="utf-8").partition("<!-- ") if file.exists() else ("", "", "")
    text = f"{_TITLE}\n{parts[1]}{parts[2]}"
    before, found, rest = text.partition(start)
    text = before + part + rest.partition(end)[2] if found else f"{text.rstrip()}\n\n{part}\n"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    """A table of Markdown, the first column of text and the others of numbers."""
    yield f"| {' | '.join(heading)} |"
    yield f"| --- |{' ---: |' * (len(heading) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def machine() -> str:
    """What was measured on, and how busy it was."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} on {platform.machine()}, {cores()} cores, Python {platform.python_version()}{load}."
