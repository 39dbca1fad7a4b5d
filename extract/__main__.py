"""The command line: notices in, one data package out."""

from __future__ import annotations

import argparse
import io
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from extract.batch.cache import Cache
from extract.batch.inputs import Job, find_files, to_jobs
from extract.batch.pool import cores
from extract.batch.progress import Progress
from extract.batch.run import REPEATED, Totals, read_all
from extract.batch.work import to_failure
from extract.errors import NoticeError, OutputError, on_one_line
from extract.limits import with_settings
from extract.names import MOST_BYTES, to_id
from normalize.formats import LIBRARIES, check_formats
from normalize.package import FAILURES, PackageWriter

OUTPUTS = Path("outputs")
CACHE = ".notices-cache"

_CHECKS_SHOWN = 10
# A process takes as long to start as it takes to read so many notices.
_NOTICES_FOR_A_PROCESS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns 0 where all went well, 1 where a notice or the writing failed, 130 where it was interrupted; wrong usage exits with 2.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.scheduler is not None:
        return _on_cluster(parser, options)
    errors: list[NoticeError] = []
    files = find_files(options.documents, errors)
    for error in errors:
        _complain(error, options.verbose)
    if options.id is not None:
        if len(files) + len(errors) != 1:
            parser.error(f"--id names one notice, but there are {len(files)}")
        if not options.id.strip() or to_id(options.id) != options.id:
            parser.error(f"--id must be usable as the name of a file: no / and no line break, at most {MOST_BYTES} bytes in UTF-8")
    try:
        limits = with_settings(options.limit)
    except ValueError as fault:
        parser.error(str(fault))
    options.out = Path(options.out) if options.out else None
    jobs = list(to_jobs(files))
    if options.id is not None:
        jobs = [replace(job, document_id=options.id) for job in jobs]
    if not jobs:
        return 1
    folder = options.out or _default_folder(options.documents, jobs)
    totals = Totals(failed=len(errors))
    unwritten: list[OutputError] = []
    try:
        check_formats(options.format, folder)
        with PackageWriter(folder) as package, Progress(len(jobs), options.verbose) as progress:
            for error in errors:
                package.add_failure(to_failure(error))
            # One notice is read sooner than looked up.
            cache = Cache.of_this_tool(options.cache or folder.parent / CACHE) if len(jobs) > 1 else None
            read_all(jobs, package, cache, _workers(options.jobs, len(jobs)), progress, totals, limits)
            if totals.read:
                unwritten = package.finish(options.format, totals.unreached)
    except NoticeError as error:
        _complain(error, options.verbose)
        return 1
    if totals.read:
        for line in _summary(totals, folder):
            print(on_one_line(line))
    if totals.attached:
        print(f"{totals.attached} files were read as attachments of notices beside them, and not as notices")
    if totals.repeated:
        print(f"{totals.repeated} notices say word for word what another one says, and count twice: see {REPEATED} in checks.csv")
    for unwritable in unwritten:
        _complain(unwritable, options.verbose)
    if totals.unreached:
        done = totals.read + totals.failed + totals.attached
        if totals.read:
            print(f"{on_one_line(str(folder))}: is not whole, {totals.unreached} files were not reached", file=sys.stderr)
        print(f"interrupted after {done} of {len(jobs) + len(errors)}; run it again to go on", file=sys.stderr)
        return 130
    if totals.failed and totals.read:
        count = totals.read + totals.failed
        print(on_one_line(f"{totals.failed} of {count} could not be read: see {folder / FAILURES}"), file=sys.stderr)
    return 1 if totals.failed or unwritten else 0


def _on_cluster(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """The run on a cluster, which has its own way to be resumed and its own format."""
    if not options.out:
        parser.error("--scheduler needs --out")
    if given := [name for name in ("id", "format", "jobs", "cache", "limit") if getattr(options, name)]:
        parser.error(f"--{given[0]} has no meaning with --scheduler")
    if lacking := [name for name in ("distributed", "fsspec", "pyarrow") if find_spec(name) is None]:
        print(f"--scheduler needs {', '.join(lacking)}; install it: pip install {' '.join(lacking)}", file=sys.stderr)
        return 1
    from extract.batch.cluster import run_on_cluster

    if not options.verbose:
        # What went wrong is told in a line of ours; theirs are tracebacks.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    errors: list[NoticeError] = []
    try:
        counts = run_on_cluster(options.documents, options.out, options.scheduler, errors=errors)
    except NoticeError as error:
        _complain(error, options.verbose)
        return 1
    except KeyboardInterrupt:
        print(f"interrupted; the parts that are done stay in {options.out}: run it again to go on", file=sys.stderr)
        return 130
    finally:
        for missing in errors:
            _complain(missing, options.verbose)
    if not counts.read + counts.failed - len(errors):
        return 1
    attached = f", {counts.attached} read as attachments" if counts.attached else ""
    print(f"{counts.read} notices, {counts.failed} that could not be read{attached}; written to {options.out}")
    return 1 if counts.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract",
        description="Turn Chinese government notices (pages, .doc, .docx, PDF and others) into tables: one data package of CSV files.",
    )
    parser.add_argument(
        "documents", nargs="+", metavar="DOC", help="a notice, a folder of notices, a pattern, or @ and a file that lists them"
    )
    parser.add_argument(
        "--out", metavar="OUT", help="folder of the package (default: outputs/<name of DOC>)"
    )
    parser.add_argument(
        "--id", metavar="ID", help="document_id of the one notice (default: the name of the file without its ending)"
    )
    parser.add_argument(
        "--format", type=_formats, default=[], metavar="F,F", help=f"write the tables as these too: {', '.join(LIBRARIES)}"
    )
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="processes that read notices (default: one a core, where there are many)"
    )
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help=f"where what was read is kept (default: {CACHE} beside the package)"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help="read on the Dask cluster of this scheduler (tcp://…): DOC and OUT are then URLs, the tables partitioned Parquet",
    )  # fmt: skip
    parser.add_argument(
        "--limit", action="append", default=[], metavar="NAME=N",
        help="read larger files, or for longer (pages=900, seconds=600; the names are in extract/limits.py)",
    )  # fmt: skip
    parser.add_argument("-v", "--verbose", action="store_true", help="show where an error arose")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: give a number from 1 up")
    return int(text)


def _formats(text: str) -> list[str]:
    names = [name.strip().lower() for name in text.split(",")]
    if unknown := [name for name in names if name not in LIBRARIES]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: the formats are {', '.join(LIBRARIES)}")
    return names


def _workers(asked: int | None, count: int) -> int:
    return min(asked, count) if asked else min(cores(), -(-count // _NOTICES_FOR_A_PROCESS))


def _complain(error: NoticeError, verbose: bool) -> None:
    """One line on stderr, with the traceback where asked for."""
    if verbose:
        traceback.print_exception(error)
    print(error, file=sys.stderr)


def _default_folder(documents: Sequence[str], jobs: Sequence[Job]) -> Path:
    """``outputs/`` and the name of the notice, of the folder or the list, or ``notices`` for several."""
    if len(documents) > 1:
        return OUTPUTS / "notices"
    path = Path(documents[0])
    if os.path.isdir(path):
        return OUTPUTS / to_id(path.resolve().name or "notices")
    if os.path.lexists(path) or len(jobs) == 1:
        return OUTPUTS / jobs[0].document_id
    is_list = documents[0].startswith("@")
    return OUTPUTS / (to_id(Path(documents[0][1:]).stem) if is_list else "notices")


def _summary(totals: Totals, folder: Path) -> Iterator[str]:
    """What was found, for a person."""
    for document_id, head in totals.notices:
        yield "  ".join(part for part in (document_id, head.title, head.document_number, head.issued_on) if part)
    if totals.read > len(totals.notices):
        yield f"… and {totals.read - len(totals.notices)} more notices"
    yield ", ".join(f"{count} {name}" for name, count in totals.rows.items() if name != "checks")
    yield "checks: " + ", ".join(f"{count} {severity}" for severity, count in totals.severities.items())
    for document_id, severity, subject, message in [*totals.checks["error"], *totals.checks["warning"]][:_CHECKS_SHOWN]:
        parts = (severity, document_id if totals.read > 1 else "", f"[{subject}]" if subject else "", message)
        yield "  " + " ".join(part.replace("\n", " ") for part in parts if part)
    more = totals.severities["error"] + totals.severities["warning"] - _CHECKS_SHOWN
    if more > 0:
        yield f"  … and {more} more: see {folder / 'checks.csv'}"
    yield f"written to {folder}{os.sep}"


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese shows codes; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted; nothing was written")
