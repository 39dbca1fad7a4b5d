"""The command line of ``make report``: written packages and comparisons in, pages out."""

from __future__ import annotations

import argparse
import io
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from extract.errors import MissingFile, NoticeError
from normalize.package import is_package
from normalize.report.package_files import is_comparison
from normalize.report.pages import write_comparison_report, write_report

OUTPUTS = Path("outputs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns 0 where every page was written, 1 where one was not; wrong usage exits with 2."""
    options = _parser().parse_args(arguments)
    failures = 0
    for folder in options.folders:
        try:
            for page in _write(_find(folder), options.out, options.folders):
                print(f"written to {page}")
        except NoticeError as error:
            failures += 1
            if options.verbose:
                traceback.print_exc()
            print(error, file=sys.stderr)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m normalize.report", description="One HTML page for people a notice, and one a comparison."
    )
    parser.add_argument(
        "folders", nargs="+", type=Path, metavar="FOLDER",
        help="a package or a comparison, or its name in outputs/; beside a comparison give the packages whose texts its page is to show",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="OUT", help="folder for the pages (default: the one that FOLDER stands in)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show where an error arose")
    return parser


def _find(folder: Path) -> Path:
    return folder if folder.exists() or not (OUTPUTS / folder).exists() else OUTPUTS / folder


def _write(folder: Path, out: Path | None, folders: Sequence[Path]) -> list[Path]:
    out = out or folder.resolve().parent
    if is_comparison(folder):
        packages = [found for other in folders if is_package(found := _find(other)) and not is_comparison(found)]
        return [write_comparison_report(folder, out, packages)]
    if not folder.is_dir():
        raise MissingFile(str(folder), "there is no such folder", "give a package or a comparison")
    return write_report(folder, out)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese shows codes; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
