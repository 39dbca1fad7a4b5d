"""Written packages to pages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from extract.errors import OutputError
from normalize.report.comparison_findings import (
    DIRECTIONS,
    FATES,
    STATUSES,
    domain_bars,
    find_checks,
    find_dumbbells,
    tally,
)
from normalize.report.comparison_views import COMMITMENTS, INDICATORS, ComparisonViews, PlaceKey, key_of, pairs_of
from normalize.report.counts import Count, count
from normalize.report.labels import Label, heading, label
from normalize.report.marks import KINDS, Mark, MarkedBlock, cut_text, gather_marks
from normalize.report.notice_views import NoticeViews
from normalize.report.package_files import (
    TextRow,
    WrittenComparison,
    WrittenNotice,
    read_comparison,
    read_notices,
    span_of,
)
from normalize.report.rendering import MARK_OF_OURS, render
from normalize.report.views import Line, Numbering, Place

# What a reader wants to know of a notice at first sight; the rest is in documents.csv.
_FACTS = (
    "enclosed_title", "document_number", "issuer", "signatory", "issued_on", "published_on", "region", "target_year", "plan_start",
    "plan_end", "source_file", "source_url",
)  # fmt: skip
_ROWS_OF_TABLES = ("indicators", "tasks")
# The tables of a notice that are compared, with the ids that a comparison knows.
_COMPARED = {"indicators": "indicator_id", "tasks": "task_id", "commitments": "commitment_id"}


def write_report(package: Path, out: Path) -> list[Path]:
    """Write a page for every notice of a package to the folder ``out``: ``<document_id>.html``. Returns the files.

    Raises ``NoticeError`` where the package can't be read, or a file of that name is there that is no page of ours.
    """
    return [
        _write(out / f"{notice.document['document_id']}.html", notice_page(notice)) for notice in read_notices(package)
    ]


def write_comparison_report(folder: Path, out: Path, packages: Iterable[Path] = ()) -> Path:
    """Write the page of a comparison to the folder ``out``: ``<name of its folder>.html``. Returns the file.

    Where one of ``packages`` holds a notice that is compared, the page has its text, and rows lead there. Raises ``NoticeError``
    as ``write_report`` does.
    """
    comparison = read_comparison(folder)
    compared = {name for pair in pairs_of(comparison) for name in pair}
    notices = {
        document_id: notice
        for package in packages
        for notice in read_notices(package)
        if (document_id := notice.document["document_id"]) in compared
    }
    return _write(out / f"{folder.resolve().name}.html", comparison_page(comparison, list(notices.values())))


def comparison_page(comparison: WrittenComparison, notices: Sequence[WrittenNotice]) -> str:
    """The page of a comparison; ``notices`` are those whose texts it has."""
    numbering = Numbering()
    places = _places(notices)
    shown = ComparisonViews(comparison, numbering, places).all()
    lines = [line for view in shown for line in view.lines]
    titles = {notice.document["document_id"]: notice.document["title"] for notice in notices}
    marks = [
        gather_marks(notice.text, notice.tables, _lines_by_row(notice, comparison, numbering)) for notice in notices
    ]
    charts = find_dumbbells(comparison)
    return render(
        "comparison.html",
        pairs=pairs_of(comparison),
        titles=titles,
        checks=find_checks(comparison, numbering),
        overview={"name": "overview", "label": label("view", "overview")},
        views=shown,
        tallies=tally(comparison),
        statuses=STATUSES,
        directions=DIRECTIONS,
        fates=FATES,
        charts=charts,
        legend=_legend(chain.from_iterable(marks)),
        texts=[
            (notice.document["document_id"], _cut(notice, marks[number], _bounds(lines, number)))
            for number, notice in enumerate(notices)
        ],
        data={"domains": domain_bars(comparison), "dumbbells": [chart.rows for chart in charts]},
    )


def _places(notices: Sequence[WrittenNotice]) -> dict[PlaceKey, Place]:
    """Where the rows stand that are compared. Without a component a key is for the first row of its id."""
    found: dict[PlaceKey, Place] = {}
    for number, notice in enumerate(notices):
        for table, key in _COMPARED.items():
            for row in notice.tables[table]:
                if span := span_of(row):
                    for component in ("", row.get("component", "")):
                        place_key = (notice.document["document_id"], table, row[key], component)
                        found.setdefault(place_key, Place(number, *span))
    return found


def _lines_by_row(
    notice: WrittenNotice, comparison: WrittenComparison, numbering: Numbering
) -> dict[tuple[str, str], int]:  # fmt: skip
    """Which line of the page a row of the notice is compared in, by its table and key."""
    document_id = notice.document["document_id"]
    found = {}
    for name, table, key in ((INDICATORS, "indicators", "value_id"), (COMMITMENTS, "commitments", "commitment_id")):
        compared = _COMPARED[table]
        lines: dict[tuple[str, str], int] = {}
        for row in comparison.tables[name]:
            for side in ("a", "b"):
                if row[f"document_id_{side}"] == document_id:
                    for component in ("", row.get("component", "")):
                        lines.setdefault((row[f"{compared}_{side}"], component), numbering.by_key[name, key_of(row)])
        for row in notice.tables[table]:
            # The component is that of one of two sides; the other may not have it.
            line = lines.get((row[compared], row.get("component", ""))) or lines.get((row[compared], ""))
            if line:
                found[table, row[key]] = line
    return found


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
        blocks=_cut(notice, marks, _bounds(lines, 0)),
        data={"domains": _bars(counts.domains), "offices": _bars(counts.offices)},
    )


def _bars(counts: Iterable[Count]) -> list[dict[str, object]]:
    return [{"name": one.name, "parts": [one.indicators, one.commitments]} for one in counts]


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


def _bounds(lines: Iterable[Line], text: int) -> set[int]:
    """Where the places begin and end that lines have in one text of the page."""
    places = (place for line in lines for place in line.places if place.text == text)
    return {bound for place in places for bound in (place.start, place.end)}


def _cut(notice: WrittenNotice, marks: Sequence[Mark], bounds: Iterable[int]) -> list[MarkedBlock]:
    row_starts = {span[0] for name in _ROWS_OF_TABLES for row in notice.tables[name] if (span := span_of(row))}
    return cut_text(notice.text, notice.tables["blocks"], marks, bounds, row_starts)


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
