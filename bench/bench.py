"""``make bench``: how long each stage takes, beside the tools that people would use instead, on the same page in the same run.

The least of several runs counts, since whatever else the machine does only adds. The runs of all pieces alternate, so
that a slow minute slows all of them.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from bench.profiles import imports, shares, shares_of_process
from bench.results import FILE, ROOT, machine, table, write_part
from extract import read_bytes, read_notice
from extract.batch.work import Outcome, attempt
from extract.limits import DEFAULT_LIMITS
from normalize import normalize
from normalize.package import PackageWriter
from normalize.records import to_records
from normalize.validation import validate
from tests.forms_all import BY_LIBREOFFICE, by_libreoffice
from tests.forms_all import FORMS as FORM_WRITERS

SAMPLE = ROOT / "samples" / "fenghua-2023.html"
FORMS = ("html", "docx", "doc", "txt")
PARSE = "bare parse of the page (bs4, lxml)"
UNDERSTAND = "read and understand"
PROCESS = "a process for one notice"
BARE = "a process that imports bs4 and parses the page"
#: How many times as long the long notice is.
TIMES = 100
#: What is hoped for, by what is measured: at most so many times the bare parse, or seconds.
AIMS = {UNDERSTAND: 2.0, "read .doc": 1.0}


def main(arguments: Sequence[str] | None = None) -> None:
    """Time each piece of work, print the tables and write them to ``docs/benchmarks.md``."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench", description="Time the reading of the sample notice.")
    parser.add_argument("--runs", type=int, default=15, help="runs of each piece of work (default: 15)")
    parser.add_argument("--no-file", action="store_true", help=f"do not write {FILE.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    lines = list(_report(max(1, options.runs)))
    print("\n".join(lines))
    if not options.no_file:
        write_part("bench", lines)


def _report(runs: int) -> Iterator[str]:
    page = SAMPLE.read_text(encoding="utf-8")
    yield f"{machine()} Least of {runs} runs; the page has {len(page):,} characters, the notice {len(read_notice(SAMPLE).text):,}."
    yield ""
    with tempfile.TemporaryDirectory() as folder:
        pieces: dict[str, Callable[[], object]] = {PARSE: partial(BeautifulSoup, page, "lxml"), **dict(_stages(Path(folder))), **dict(_peers(page))}
        found = _least(pieces, runs)
        programs: dict[str, Callable[[], object]] = {PROCESS: partial(_run, SAMPLE, Path(folder, "out")), BARE: _run_bare}
        processes = _least(programs, min(runs, 7))
        # One after the other in the same run as the page itself, which they are compared with.
        forms = _least({"page": partial(read_notice, SAMPLE), **dict(_forms(Path(folder)))}, min(runs, 7))
    parse = found[PARSE]
    yield "## One notice, in a process that is warm"
    yield ""
    rows = [(name, f"{s * 1000:.1f}", f"{s / parse:.2f}", _aim(name)) for name, s in found.items()]
    yield from table(("", "ms", "× bare parse", "aim"), rows)
    if left := [name for name, library, _ in _PEERS if find_spec(library) is None]:
        yield f"Not installed here, and not measured: {', '.join(left)}."
        yield ""
    yield "## The same notice in every form"
    yield ""
    yield from table(("reading", "ms", "× page"), [(name, f"{s * 1000:.1f}", f"{s / forms['page']:.2f}") for name, s in forms.items()])
    yield "## One notice, a process of its own"
    yield ""
    bare = processes[BARE]
    rows = [
        (name, f"{s:.2f}", f"{s / bare:.2f}", "0.35 s" if name == PROCESS else "")
        for name, s in processes.items()
    ]
    yield from table(("", "s", "× bare process", "aim"), rows)
    yield "Loading, by package, in milliseconds as the interpreter measures them, the patterns that each compiles included:"
    yield ""
    yield from table(("", "ms"), imports())
    yield from _what_holds_it()
    yield f"## A notice {TIMES} times as long"
    yield ""
    yield from table(("", "sample, ms", f"{TIMES} × as long, ms", "times", "aim"), _linearity(page, max(1, min(runs, 3))))


def _what_holds_it() -> Iterator[str]:
    yield "## Where the time goes"
    yield ""
    yield "By a sampling profiler (pyinstrument), in percent. A module has what it spends in libraries and in matching patterns,"
    yield "but beautifulsoup4 and lxml, which stand for themselves: the first table says how much of reading is the parse alone."
    yield ""
    notice = read_notice(SAMPLE)
    yield from table(("reading the page", "%"), shares(partial(read_notice, SAMPLE)))
    yield from table(("understanding it", "%"), shares(lambda: normalize(replace(notice), "sample")))
    with tempfile.TemporaryDirectory() as folder:
        yield from table(("a process for one notice", "%"), shares_of_process(SAMPLE, Path(folder, "out")))


def _stages(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done in one process: each form of the sample read; then what follows, a stage at a time."""
    for form in FORMS:
        yield f"read .{form}", partial(read_notice, SAMPLE.with_suffix(f".{form}"))
    notice = read_notice(SAMPLE)
    rows = normalize(notice, "sample")
    records = to_records(rows, notice.text)

    def write() -> None:
        with PackageWriter(folder / "package") as package:
            package.add("sample", records)
            package.finish()

    # A notice folds its text once: each run gets one that has not.
    yield "understand", lambda: normalize(replace(notice), "sample")
    yield UNDERSTAND, partial(_understand, SAMPLE)
    yield "check the rows", lambda: validate(rows, {"sample": notice.text})
    yield "rows to records", lambda: to_records(rows, notice.text)
    yield "write the package", write


def _forms(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """The sample written in every form that the tests know; those that LibreOffice makes, where it is installed."""
    page, docx = SAMPLE.read_text(encoding="utf-8"), SAMPLE.with_suffix(".docx")
    for number, (name, (file, write)) in enumerate(FORM_WRITERS.items()):
        # A folder for each: what lies beside a notice may be an attachment of it.
        path = folder / str(number) / file
        path.parent.mkdir()
        path.write_bytes(write(page, docx.read_bytes()))
        yield name, partial(read_notice, path)
    for suffix in BY_LIBREOFFICE:
        (folder / suffix).mkdir()
        for made in by_libreoffice([docx], suffix, folder / suffix):
            yield f".{suffix} by LibreOffice", partial(read_notice, made)


def _understand(path: Path) -> object:
    return normalize(read_notice(path), path.stem)


def _with_pandas(page: str) -> object:
    import pandas

    return pandas.read_html(io.StringIO(page))


def _with_trafilatura(page: str) -> object:
    import trafilatura

    return trafilatura.extract(page, include_tables=True)


def _with_markitdown(page: str) -> object:
    import markitdown

    return markitdown.MarkItDown(enable_plugins=False).convert_stream(io.BytesIO(page.encode()), file_extension=".html")


@cache
def _docling() -> Any:
    """docling's converter, kept as its users keep it: making one for all its forms takes as long as a page."""
    from docling.datamodel.base_models import InputFormat
    from docling.document_converter import DocumentConverter

    for name in ("docling", "docling_core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return DocumentConverter(allowed_formats=[InputFormat.HTML])


def _with_docling(page: str) -> object:
    from docling.datamodel.base_models import DocumentStream

    return _docling().convert(DocumentStream(name="page.html", stream=io.BytesIO(page.encode())))


_PEERS: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("pandas.read_html (tables only)", "pandas", _with_pandas),
    ("trafilatura (text)", "trafilatura", _with_trafilatura),
    ("markitdown (Markdown)", "markitdown", _with_markitdown),
    ("docling (document)", "docling", _with_docling),
)


def _peers(page: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The tools that are installed here, on the same page."""
    warnings.simplefilter("ignore")
    for name, library, work in _PEERS:
        if find_spec(library) is not None:
            yield name, partial(work, page)


def _aim(name: str) -> str:
    return f"{AIMS[name]:g}" if name in AIMS else ""


def _linearity(page: str, runs: int) -> Iterator[tuple[str, ...]]:
    """The sample, and a page with its body so many times over: what reading and understanding each takes."""
    start, end = page.index("<p", page.index("<table")), page.rindex("</p>") + len("</p>")
    long = page[:start] + page[start:end] * TIMES + page[end:]
    text = SAMPLE.with_suffix(".txt").read_text(encoding="utf-8")
    forms = {"page": (page.encode(), long.encode()), "text": (text.encode(), "\n".join([text] * TIMES).encode())}
    for name, (short_data, long_data) in forms.items():
        pieces = {length: partial(_attempt, data, name) for length, data in (("short", short_data), ("long", long_data))}
        found = _least(pieces, runs)
        ratio = found["long"] / found["short"] / (len(long_data) / len(short_data)) * TIMES
        yield f"read and understand the {name}", f"{found['short'] * 1000:.1f}", f"{found['long'] * 1000:.0f}", f"{ratio:.0f}", "110"


def _attempt(data: bytes, name: str) -> object:
    """Read, understand and check, as every run does."""
    found = attempt(name, name, DEFAULT_LIMITS, partial(read_bytes, data, name))
    if isinstance(found, Outcome):
        raise RuntimeError(found.trace)
    return found


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


def _run(notice: Path, out: Path) -> None:
    command = [sys.executable, "-m", "extract", str(notice), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _run_bare() -> None:
    program = "import sys, bs4; bs4.BeautifulSoup(open(sys.argv[1], encoding='utf-8').read(), 'lxml')"
    subprocess.run([sys.executable, "-c", program, str(SAMPLE)], check=True)


if __name__ == "__main__":
    main()
