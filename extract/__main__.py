"""The command line: notices in, one data package out. The one module that knows both packages."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract import read_notice
from extract.errors import MissingFile, NoticeError
from extract.names import to_text
from normalize import normalize
from normalize.package import is_package, write_package
from normalize.schema import Row, Tables, empty_tables
from normalize.validation import validate

OUTPUTS = Path("outputs")

# In a folder these are taken for notices, or for files of which a person should hear why they can't be read. What a file
# is comes from its bytes all the same; the name only keeps pictures, style sheets and notes out of a walk.
_SUFFIXES = frozenset(
    ".html .htm .shtml .xhtml .mht .mhtml .txt .doc .docx .docm .dot .dotx .wps .rtf .odt .pdf .xml .uof .ofd".split()
)
_CHECKS_SHOWN = 10
_SKIPPED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to read and the ``document_id`` that its rows get."""

    path: Path
    document_id: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns 0 where all went well, 1 where a notice or the writing failed; wrong usage exits with 2."""
    parser = _parser()
    options = parser.parse_args(arguments)
    failures = 0
    files: list[Path] = []
    for document in options.documents:
        try:
            files += _notices_in(document)
        except NoticeError as error:
            failures += _complain(str(error), options.verbose)
    if options.id is not None:
        if len(files) + failures != 1:
            parser.error(f"--id names one notice, but there are {len(files)}")
        if not options.id.strip() or options.id in (".", "..") or set(options.id) & set("/\\\0"):
            parser.error("--id must be usable as the name of a file")
    jobs = [_Job(files[0], options.id)] if options.id is not None and files else list(_name(files))
    found, texts = empty_tables(), {}
    for number, job in enumerate(jobs, 1):
        if len(jobs) > 1 and sys.stderr.isatty():
            print(f"\r\x1b[K{number}/{len(jobs)} {job.path.name}", end="", file=sys.stderr, flush=True)
        try:
            notice = read_notice(job.path)
            rows = normalize(notice, job.document_id)
            validate(rows, {job.document_id: notice.text})
        except NoticeError as error:
            failures += _complain(str(error), options.verbose)
        except Exception as error:  # a fault of ours: said in one line, and no reason to lose the other notices
            cause = f"{type(error).__name__}: {error}".replace("\n", " ")
            failures += _complain(
                f"{job.path}: {cause}; this is a fault of the program: please report it (-v shows where)",
                options.verbose,
            )
        else:
            texts[job.document_id] = notice.text
            for name, table in rows.items():
                found[name] += table
    if len(jobs) > 1 and sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if not texts:
        return 1
    folder = options.out or _default_folder(options.documents, jobs)
    try:
        write_package(found, texts, folder)
    except NoticeError as error:
        _complain(str(error), options.verbose)
        return 1
    for line in _summary(found, folder):
        print(line)
    if failures:
        _complain(f"{failures} of {failures + len(texts)} could not be read", False)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract",
        description="Turn Chinese government notices (HTML page, .doc, .docx, text) into tables: one data package of CSV files.",
    )
    parser.add_argument("documents", nargs="+", type=Path, metavar="DOC", help="a notice, or a folder of notices")
    parser.add_argument(
        "--out", type=Path, metavar="OUT", help="folder of the package (default: outputs/<name of DOC>)"
    )
    parser.add_argument(
        "--id", metavar="ID", help="document_id of the one notice (default: the name of the file without its ending)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show where an error arose")
    return parser


def _complain(line: str, verbose: bool) -> int:
    """One line on stderr, with the traceback of the error at hand where asked for; 1, to be counted."""
    if verbose and sys.exc_info()[0] is not None:
        traceback.print_exc()
    print(line, file=sys.stderr)
    return 1


def _notices_in(document: Path) -> list[Path]:
    """The file itself, or the notices under a folder in the order of their names, hidden files and packages of ours left out."""
    if not document.is_dir():
        return [document]
    files: list[Path] = []
    skipped: list[str] = []
    for place, folders, names in os.walk(document):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_package(Path(place, name)))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(place, name)
                (files.append(path) if path.suffix.lower() in _SUFFIXES else skipped.append(name))
    if skipped:
        more = f" and {len(skipped) - _SKIPPED_SHOWN} more" if len(skipped) > _SKIPPED_SHOWN else ""
        print(f"{document}: no notices by their names: {', '.join(skipped[:_SKIPPED_SHOWN])}{more}", file=sys.stderr)
    if not files:
        raise MissingFile(
            str(document), "there is no notice in this folder", "give a folder with .html, .doc, .docx or .txt files"
        )
    return files


def _name(files: Iterable[Path]) -> Iterable[_Job]:
    """Give every file its ``document_id``: the stem; with the ending where stems meet, and a number where names meet too."""
    paths = list(dict.fromkeys(files))
    stems = Counter(_folded(path.stem) for path in paths)
    used: set[str] = set()
    for path in paths:
        name = to_text(path.stem if stems[_folded(path.stem)] == 1 else path.name)
        document_id, number = name, 1
        while _folded(document_id) in used:
            number += 1
            document_id = f"{name}-{number}"
        used.add(_folded(document_id))
        yield _Job(path, document_id)


def _folded(name: str) -> str:
    # Some file systems take these for one name.
    return unicodedata.normalize("NFC", to_text(name)).casefold()


def _default_folder(documents: Sequence[Path], jobs: Sequence[_Job]) -> Path:
    """``outputs/`` and the name of the notice, of the folder, or ``notices`` for several."""
    if len(documents) > 1:
        return OUTPUTS / "notices"
    if documents[0].is_dir():
        return OUTPUTS / (documents[0].resolve().name or "notices")
    return OUTPUTS / jobs[0].document_id


def _summary(found: Tables, folder: Path) -> Iterable[str]:
    """What was found, for a person."""
    for document in found["documents"][:_CHECKS_SHOWN]:
        parts = (document["document_id"], document["title"], document["document_number"], document["issued_on"])
        yield "  ".join(part for part in parts if part)
    if len(found["documents"]) > _CHECKS_SHOWN:
        yield f"… and {len(found['documents']) - _CHECKS_SHOWN} more notices"
    yield ", ".join(f"{len(rows)} {name}" for name, rows in found.items() if name != "checks")
    by_severity = {
        severity: [row for row in found["checks"] if row["severity"] == severity]
        for severity in ("error", "warning", "info")
    }
    yield "checks: " + ", ".join(f"{len(rows)} {severity}" for severity, rows in by_severity.items())
    important = by_severity["error"] + by_severity["warning"]
    for row in important[:_CHECKS_SHOWN]:
        yield f"  {_check_line(row, len(found['documents']) > 1)}"
    if len(important) > _CHECKS_SHOWN:
        yield f"  … and {len(important) - _CHECKS_SHOWN} more: see {folder / 'checks.csv'}"
    yield f"written to {folder}{os.sep}"


def _check_line(row: Row, named: bool) -> str:
    subject = f"{row['subject_kind']} {row['subject_id']}".strip()
    parts = (row["severity"], row["document_id"] if named else "", f"[{subject}]" if subject else "", row["message"])
    return " ".join(part.replace("\n", " ") for part in parts if part)


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that has no Chinese shows codes; it is no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted; nothing was written")
