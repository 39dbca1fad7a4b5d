"""Written packages to pages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from extract.errors import OutputError
from normalize.report.counts import count
from normalize.report.labels import Label, heading, label
from normalize.report.marks import KINDS, Mark, cut_text, gather_marks
from normalize.report.notice_views import NoticeViews
from normalize.report.package_files import TextRow, WrittenNotice, read_notices, span_of
from normalize.report.rendering import MARK_OF_OURS, render
from normalize.report.views import Line, Numbering

# What a reader wants to know of a notice at first sight; the rest is in documents.csv.
_FACTS = (
    "enclosed_title", "document_number", "issuer", "signatory", "issued_on", "published_on", "region", "target_year", "plan_start",
    "plan_end", "source_file", "source_url",
)  # fmt: skip
_ROWS_OF_TABLES = ("indicators", "tasks")


def write_report(package: Path, out: Path) -> list[Path]:
    """Write a page for every notice of a package to the folder ``out``: ``<document_id>.html``. Returns the files.

    Raises ``NoticeError`` where the package can't be read, or a file of that name is there that is no page of ours.
    """
    return [
        _write(out / f"{notice.document['document_id']}.html", notice_page(notice)) for notice in read_notices(package)
    ]


def notice_page(notice: WrittenNotice) -> str:
    """The page of one notice."""
    numbering = Numbering()
    views = NoticeViews(notice, numbering)
    checks, shown = views.checks(), views.all()
    marks = gather_marks(notice.text, notice.tables, numbering.by_key)
    lines = [line for view in (checks, *shown) for line in view.lines]
    counts = count(notice)
    return render(
        "notice.html",
        document=notice.document,
        facts=_facts(notice.document),
        checks=checks,
        overview={"name": "overview", "label": label("view", "overview")},
        views=shown,
        totals=_totals(notice),
        counts=counts,
        legend=_legend(marks),
        blocks=cut_text(notice.text, notice.tables["blocks"], marks, _bounds(lines), _row_starts(notice)),
        data={"domains": [asdict(one) for one in counts.domains], "offices": [asdict(one) for one in counts.offices]},
    )


def _facts(document: TextRow) -> list[tuple[Label, str]]:
    return [(heading("documents", name), document[name]) for name in _FACTS if document[name]]


def _totals(notice: WrittenNotice) -> list[tuple[Label, int]]:
    tables = notice.tables
    return [
        (label("fact", "indicators"), len({row["indicator_id"] for row in tables["indicators"]})),
        (label("fact", "commitments"), len(tables["commitments"])),
        (label("fact", "tasks"), len(tables["tasks"])),
        (label("fact", "offices"), len(tables["organizations"])),
    ]


def _legend(marks: Iterable[Mark]) -> list[tuple[str, int]]:
    counted = Counter(mark.kind for mark in marks)
    return [(kind, counted[kind]) for kind in KINDS if counted[kind]]


def _bounds(lines: Iterable[Line]) -> set[int]:
    return {bound for line in lines for place in line.places for bound in (place.start, place.end)}


def _row_starts(notice: WrittenNotice) -> set[int]:
    """Where rows of tables begin in the text."""
    return {span[0] for name in _ROWS_OF_TABLES for row in notice.tables[name] if (span := span_of(row))}


def _write(path: Path, page: str) -> Path:
    """Put a page in its place, beside which it was written first."""
    try:
        if path.exists() and MARK_OF_OURS not in path.read_bytes()[:1000].decode("utf-8", "replace"):
            raise OutputError(str(path), "is there, and no page of ours", "choose another folder with --out")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
        fresh.write_text(page, encoding="utf-8", newline="")
        fresh.replace(path)
    except OSError as error:
        cause = f"can't be written ({error.strerror or error})"
        raise OutputError(str(path), cause, "choose another folder with --out") from error
    return path
