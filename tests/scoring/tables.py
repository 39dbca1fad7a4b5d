"""The score of tables whose rows have keys: documents, sections, tasks, indicators; and the two laws of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.scoring.folding import Row, fold_cell

# What only the page's field block says is not asked of a form that has none.
_FIELD_BLOCK = {"index_number", "issuer", "published_on", "category", "topic", "disclosure", "audience"}
_WITHOUT_FIELD_BLOCK = ("doc", "docx")

_INDICATOR_KEY = ("table_no", "seq", "component", "period", "value_kind")
_COLUMNS = {
    "sections": ("title", "lead_units", "level"),
    "tasks": ("title", "responsible_units", "lead_units", "support_units", "domain", "kind"),
}
_SPANNED = ("tasks", "sections", "indicators", "commitments", "responsibilities", "citations")


@dataclass
class Score:
    """``value`` from 0 to 1, the counts it comes from, and the mistakes, each in one line."""

    value: float
    counts: Mapping[str, float] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def score_documents(gold: Row, found: Row) -> Score:
    """The share of gold cells that are right. An empty gold cell asks nothing, but an empty document number does."""
    block_missing = found.get("source_format") in _WITHOUT_FIELD_BLOCK
    columns = [
        column
        for column, cell in gold.items()
        if (cell or column == "document_number") and not (block_missing and column in _FIELD_BLOCK)
    ]
    mistakes = [
        f"{column}: {gold[column]!r}, found {found.get(column, '')!r}"
        for column in columns
        if fold_cell(column, gold[column]) != fold_cell(column, found.get(column, ""))
    ]
    return Score(1 - len(mistakes) / len(columns), {"cells": len(columns)}, mistakes)


def score_keyed(table: str, gold: Sequence[Row], found: Sequence[Row]) -> Score:
    """The share of right cells among those of gold; a row too many costs as much as a row that is missing."""
    if table == "indicators":
        key = [column for column in _INDICATOR_KEY if gold and column in gold[0]] or ["seq"]
        columns = [column for column in gold[0] if column not in key] if gold else []
    else:
        key = [f"{table[:-1]}_id"]
        columns = list(_COLUMNS[table])
    wanted = {tuple(_fold_key(column, row.get(column, "")) for column in key): row for row in gold}
    given: dict[tuple[str, ...], Row] = {}
    for row in found:
        given.setdefault(tuple(_fold_key(column, row.get(column, "")) for column in key), row)
    cells = right = 0
    mistakes: list[str] = []
    for identity, row in wanted.items():
        other = given.get(identity)
        asked = [column for column in columns if column in row]
        cells += len(asked)
        if other is None:
            mistakes.append(f"missing {identity}: {row.get('title') or row.get('name')}")
            continue
        for column in asked:
            if fold_cell(column, row[column]) == fold_cell(column, other.get(column, "")):
                right += 1
            else:
                mistakes.append(f"{identity} {column}: {row[column]!r}, found {other.get(column, '')!r}")
    extra = [identity for identity in given if identity not in wanted]
    mistakes += [
        f"extra {identity}: {given[identity].get('title') or given[identity].get('name')}" for identity in extra
    ]
    matched = len(given) - len(extra)
    total = cells + len(extra) * max(1, len(columns))
    counts = {
        "gold": len(wanted),
        "found": len(found),
        "precision": matched / len(given) if given else 1.0,
        "recall": matched / len(wanted) if wanted else 1.0,
        "cells": cells,
        "right": right,
    }
    return Score(right / total if total else 1.0, counts, mistakes)


def _fold_key(column: str, text: str) -> str:
    return fold_cell("section_id" if column.endswith("_id") else column, text)


def score_ledger(text: str, numerals: Sequence[Row]) -> Score:
    """The share of digit runs of the text that lie in exactly one row of ``numerals``; rows whose surface is not the text's are bad."""
    covering: Counter[int] = Counter()
    mistakes: list[str] = []
    for row in numerals:
        start, end = int(row["start"]), int(row["end"])
        if text[start:end] != row["surface"]:
            mistakes.append(f"surface {row['surface']!r} at {start}, the text has {text[start:end]!r}")
        covering.update(range(start, end))
    runs = list(re.finditer(r"\d+", text))
    lost = [run for run in runs if any(covering[place] != 1 for place in range(*run.span()))]
    mistakes += [f"{run[0]!r} at {run.start()} is not in exactly one row" for run in lost]
    counts = {"digit_runs": len(runs), "other": sum(row["class"] == "other" for row in numerals)}
    return Score(1 - len(mistakes) / len(runs) if runs else 1.0, counts, mistakes)


def score_spans(text: str, tables: dict[str, list[Row]]) -> Score:
    """The share of rows whose span is a stretch of the text."""
    rows = [(table, row) for table in _SPANNED for row in tables[table]]
    mistakes = [
        f"{table}: start {row['start']!r}, end {row['end']!r}"
        for table, row in rows
        if not (row["start"].isdigit() and row["end"].isdigit() and int(row["start"]) < int(row["end"]) <= len(text))
    ]
    return Score(1 - len(mistakes) / len(rows) if rows else 1.0, {"rows": len(rows)}, mistakes)
