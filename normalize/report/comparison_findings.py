"""What a comparison's page says before its tables: what to look at, how much changed, and what the charts draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from normalize.report.amounts_shown import show_side
from normalize.report.comparison_views import COMMITMENTS, INDICATORS, TASKS, key_of, pairs_of
from normalize.report.labels import Label, label
from normalize.report.package_files import TextRow, WrittenComparison
from normalize.report.views import Cell, Column, Line, Numbering, View, join_parts, word

STATUSES = ("kept", "renamed", "new", "dropped")
DIRECTIONS = ("tightened", "loosened", "unchanged", "incomparable")
#: What became of an indicator: its direction where it lives on, else its status.
FATES = (*DIRECTIONS, "new", "dropped")

_SIGNS = {"tightened": "▲", "loosened": "▼", "unchanged": "="}
# More lines than this are no chart.
_MOST_DUMBBELLS = 60


def find_checks(comparison: WrittenComparison, numbering: Numbering) -> View:
    """What a person should look at first: what could not be compared, and which pairs of indicators are doubtful."""
    lines = [_check(numbering, "error", "not_compared", gap) for gap in comparison.gaps]
    lines += [_check(numbering, "warning", "mind", note) for note in comparison.notes]
    mild = []
    for row in comparison.tables[INDICATORS]:
        leads_to = numbering.by_key[INDICATORS, key_of(row)]
        names = " → ".join(dict.fromkeys(filter(None, (row["component"] + row["name_a"], row["name_b"]))))
        if row["match"] == "none":
            if row["nearest_name"]:
                said = f"{names} | {row['nearest_name']} ({row['similarity']})"
                mild.append(_check(numbering, "info", "not_joined", said, leads_to))
        elif row["direction"] == "incomparable":
            lines.append(_check(numbering, "warning", "incomparable", join_parts(f"{names}:", row["reason"]), leads_to))
        elif row["match"] == "fuzzy":
            mild.append(_check(numbering, "info", "joined_by_likeness", f"{names} ({row['similarity']})", leads_to))
    columns = [Column(Label("", ""))] * 3
    return View("checks", columns, lines + mild)


def _check(numbering: Numbering, severity: str, code: str, said: str, leads_to: int = 0) -> Line:
    cells = [word("severity", severity), word("finding", code), Cell(said)]
    return Line(numbering.number("checks", f"{code} {said}"), cells, (), severity, leads_to)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a table are of each status, and how many pairs of each direction."""

    label: Label
    statuses: list[int]
    directions: list[int]


def tally(comparison: WrittenComparison) -> list[Tally]:
    """The tally of every table that has rows."""
    found = []
    for name, view in ((INDICATORS, "indicators"), (TASKS, "tasks"), (COMMITMENTS, "commitments")):
        rows = comparison.tables[name]
        statuses = Counter(row["status"] for row in rows)
        directions = Counter(row.get("direction", "") for row in rows if row["match"] != "none")
        if rows:
            found.append(
                Tally(label("view", view), [statuses[one] for one in STATUSES], [directions[one] for one in DIRECTIONS])
            )
    return found


def domain_bars(comparison: WrittenComparison) -> list[dict[str, Any]]:
    """What became of the indicators of each topic, for a chart of bars."""
    counted: dict[str, Counter[str]] = {}
    for row in comparison.tables[INDICATORS]:
        counted.setdefault(row["domain_a"] or row["domain_b"], Counter())[_fate(row)] += 1
    return [{"name": name, "parts": [fates[fate] for fate in FATES]} for name, fates in counted.items()]


def _fate(row: TextRow) -> str:
    return row["status"] if row["match"] == "none" else row["direction"]


@dataclass(frozen=True, slots=True)
class DumbbellChart:
    """Pairs of values of one topic, and how many of them the chart has no room for."""

    name: str
    rows: list[dict[str, Any]]
    left_out: int


def find_dumbbells(comparison: WrittenComparison) -> list[DumbbellChart]:
    """Pairs of values that can be held against each other, by topic (and by pair of notices, where there are several)."""
    is_several = len(pairs_of(comparison)) > 1
    found: dict[str, list[dict[str, Any]]] = {}
    for row in comparison.tables[INDICATORS]:
        if row["match"] == "none" or row["direction"] == "incomparable" or not row["value_a"] or not row["value_b"]:
            continue
        a, b = float(row["value_a"]), float(row["value_b"])
        if min(a, b) < 0:
            continue
        pair = f"{row['document_id_a']} → {row['document_id_b']}" if is_several else ""
        year = row["period_b"] if row["period_a"] == row["period_b"] else ""
        said = [show_side(row, "a"), "→", show_side(row, "b"), _SIGNS[row["direction"]]]
        found.setdefault(" · ".join(filter(None, (pair, row["domain_b"] or row["domain_a"]))), []).append({
            "name": join_parts(row["component"] + row["name_b"], year), "a": a, "b": b, "direction": row["direction"],
            "says": " ".join(said),
        })  # fmt: skip
    return [
        DumbbellChart(name, rows[:_MOST_DUMBBELLS], max(len(rows) - _MOST_DUMBBELLS, 0)) for name, rows in found.items()
    ]
