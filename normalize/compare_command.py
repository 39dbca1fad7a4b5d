"""The command line of ``make compare``: packages or documents in, the tables of what changed out.

A document is read by ``python -m extract``, as a user would: the two programs know each other's files and nothing else.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.errors import MissingFile, NoticeError
from normalize.comparing import Comparison, compare_editions
from normalize.comparison_files import write_comparison
from normalize.comparison_schema import tables
from normalize.editions import COMPARED, Edition, EditionError, read_edition
from normalize.mapping import Rule, read_mapping
from normalize.package_reading import find_package, read_package

OUTPUTS = Path("outputs")
MAPPING = Path("mapping.csv")

_TABLES = {"indicators": "comparison", "tasks": "task_comparison", "commitments": "commitment_comparison"}
_CHANGES = ("new", "dropped", "renamed", "tightened", "loosened", "incomparable")
_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns 0 where all was compared, 1 where something could not be, 3 where what ``--fail-on`` names was found; wrong usage exits
    with 2.
    """
    options = _parser().parse_args(arguments)
    try:
        rules = _read_rules(options.mapping)
        with tempfile.TemporaryDirectory() as folder:
            editions = [_read(name, Path(folder, str(number))) for number, name in enumerate(options.notices)]
        comparison = compare_editions(editions, rules)
        out = options.out or OUTPUTS / f"{editions[0].name}-to-{editions[-1].name}"
        write_comparison(comparison, out)
    except NoticeError as error:
        return _complain(str(error), options.verbose)
    except Exception as error:  # a fault of ours, said in one line
        cause = f"{type(error).__name__}: {error}".replace("\n", " ")
        return _complain(f"{cause}; this is a fault of the program: please report it (-v shows where)", options.verbose)
    for line in _summarize(comparison, out):
        print(line)
    for line in (*comparison.notes, *comparison.gaps):
        print(line, file=sys.stderr)
    found = [f"{table}:{change}" for table, change in options.fail_on if _count(comparison, table)[change]]
    if found:
        print(f"found, as --fail-on asks: {', '.join(found)}", file=sys.stderr)
        return 3
    return 1 if comparison.gaps else 0


def _complain(line: str, verbose: bool) -> int:
    """One line on stderr, with the traceback of the error at hand where asked for; the exit code."""
    if verbose:
        traceback.print_exc()
    print(line, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m normalize.compare_command",
        description="What changed from notice to notice: indicators, tasks, commitments.",
    )
    parser.add_argument(
        "notices", nargs="+", metavar="NOTICE",
        help="a package, its name in outputs/, PACKAGE/DOCUMENT where it holds several notices, or a document; two or more, in order",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="OUT", help="folder for the tables (default: outputs/<a>-to-<b>)")
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE", help=f"which rows are one thing, and which are alone (default: {MAPPING}, if there)"
    )
    parser.add_argument(
        "--fail-on", type=_read_changes, default=[], metavar="CHANGE,…",
        help=f"exit with 3 where there is such a change: {', '.join(_CHANGES)}; of indicators, or with tasks: or commitments: before it",
    )  # fmt: skip
    parser.add_argument("-v", "--verbose", action="store_true", help="show where an error arose")
    return parser


def _read_changes(text: str) -> list[tuple[str, str]]:
    """What ``--fail-on`` names: loosened,tasks:dropped."""
    changes = []
    for word in filter(None, text.split(",")):
        table, _, change = word.strip().rpartition(":")
        if change not in _CHANGES or (table or "indicators") not in _TABLES:
            raise argparse.ArgumentTypeError(f"{word} is none of {', '.join(_CHANGES)}, nor one with tasks: or commitments:")
        changes.append((table or "indicators", change))
    return changes


def _read_rules(path: Path | None) -> list[Rule]:
    if path is None and not MAPPING.exists():
        return []
    return read_mapping(path or MAPPING)


def _read(name: str, scratch: Path) -> Edition:
    """The notice that an argument names; ``scratch`` is where a document's package may be put."""
    for path in (Path(name), OUTPUTS / name):
        if (package := find_package(path)) is not None:
            folder, document_id = package
            return read_edition(read_package(folder, ("documents", *COMPARED), document_id), str(folder))
    path = Path(name)
    if not path.exists():
        raise MissingFile(name, "there is no such package, name in outputs, or document", "check the path")
    if path.is_dir():
        raise EditionError(name, "is a folder, and no package of this tool", f"run make extract DOC={name} first")
    run = subprocess.run(
        [sys.executable, "-m", "extract", "--out", str(scratch), "--", str(path)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if find_package(scratch) is None:
        # Its line is file: cause; remedy, and so is ours.
        cause, _, remedy = run.stderr.strip().rpartition("\n")[2].removeprefix(f"{path}: ").rpartition("; ")
        raise EditionError(name, cause or "was not read", remedy or f"run make extract DOC={name} to see why")
    return read_edition(read_package(scratch, ("documents", *COMPARED)), name)


def _count(comparison: Comparison, table: str) -> Counter[str]:
    """How many rows of a table are of each change; a row alone has no direction."""
    counts: Counter[str] = Counter()
    for row in comparison.tables[_TABLES[table]]:
        counts[row["status"]] += 1
        if row["match"] != "none" and "direction" in row:
            counts[row["direction"]] += 1
    return counts


def _summarize(comparison: Comparison, out: Path) -> Iterator[str]:
    """What was found, for a person."""
    for table in _TABLES:
        counts = _count(comparison, table)
        words = [*sorted(tables()[_TABLES[table]].column("status").values), "tightened", "loosened", "unchanged", "incomparable"]
        yield f"{table}: " + (", ".join(f"{counts[word]} {word}" for word in words if counts[word]) or "nothing compared")
    moved = [row for row in comparison.tables["comparison"] if row["match"] != "none" and row["direction"] != "unchanged"]
    for row in moved[:_SHOWN]:
        yield "  " + _tell(row)
    if len(moved) > _SHOWN:
        yield f"  … and {len(moved) - _SHOWN} more: see {out / 'comparison.csv'}"
    yield f"written to {out}{os.sep}"


def _tell(row: dict[str, object]) -> str:
    values = f"{row['value_a']} → {row['value_b']} {row['base_unit']}".strip()
    name = f"{row['component']}{row['name_a']}"
    reason = f" ({row['reason']})" if row["reason"] else ""
    return f"{row['direction']} {name} {values}{reason}"


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese shows codes; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted; nothing was written")
