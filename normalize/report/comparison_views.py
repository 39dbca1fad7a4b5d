"""The tables of a comparison as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from normalize.report.amounts_shown import show_side, with_unit
from normalize.report.labels import Label, heading, label
from normalize.report.package_files import TextRow, WrittenComparison
from normalize.report.views import Cell, Column, Line, Numbering, Place, View, number, word

INDICATORS, TASKS, COMMITMENTS = "comparison", "task_comparison", "commitment_comparison"

#: What tells where a row of a notice stands: document, table (``indicators``, ``tasks``, ``commitments``), id and component.
PlaceKey = tuple[str, str, str, str]

_SAME = "〃"
_FIRST_COLUMNS = (Column(label("heading", "id"), "id"), Column(label("heading", "notices"), "names", is_choice=True))


class ComparisonViews:
    """The views of a comparison, in the order of the page's tabs. ``places`` knows of the texts that the page has."""

    def __init__(self, comparison: WrittenComparison, numbering: Numbering, places: Mapping[PlaceKey, Place]) -> None:
        self._tables, self._numbering, self._places = comparison.tables, numbering, places
        pairs = pairs_of(comparison)
        self._has_pairs = len(pairs) > 1
        self._names = (
            (Label("A", "甲"), Label("B", "乙")) if self._has_pairs else tuple(Label(one, one) for one in pairs[0])
        )

    def all(self) -> list[View]:
        """The views that have rows."""
        views = (self._view_indicators(), self._view_tasks(), self._view_commitments())
        return [view.without_empty_columns() for view in views if view.lines]

    def _sides(self, what: str) -> list[Label]:
        """A heading for each side: 指标 fenghua-2023."""
        named = label("heading", what)
        return [Label(f"{named.en} {side.en}", f"{named.zh} {side.zh}") for side in self._names]

    def _line(self, table: str, kind: str, key: str, row: TextRow, cells: list[Cell]) -> Line:
        found = (self._place(row, side, kind, row[f"{key}_{side}"]) for side in ("a", "b"))
        places = tuple(place for place in found if place)
        line = self._numbering.number(table, key_of(row))
        return Line(line, [cells[0], Cell(self._pair(row)), *cells[1:]], places, row.get("direction", ""))

    def _place(self, row: TextRow, side: str, kind: str, key: str) -> Place | None:
        # The component is that of one of two sides; the other may not have it.
        own = (row[f"document_id_{side}"], kind, key)
        return self._places.get((*own, row.get("component", ""))) or self._places.get((*own, ""))

    def _pair(self, row: TextRow) -> str:
        return f"{row['document_id_a']} → {row['document_id_b']}" if self._has_pairs else ""

    def _view_indicators(self) -> View:
        name_a, name_b = self._sides("name")
        columns = [
            *_FIRST_COLUMNS,
            Column(heading(INDICATORS, "status"), "", is_choice=True),
            Column(name_a, "name"),
            Column(name_b, "name"),
            *self._value_columns(INDICATORS),
            Column(heading(INDICATORS, "component"), "", is_choice=True),
            Column(heading("indicators", "domain"), "", is_choice=True),
            *_matching_columns(INDICATORS),
            Column(label("heading", "other_changes")),
        ]
        lines = [
            self._line(INDICATORS, "indicators", "indicator_id", row, [
                Cell(row["comparison_id"]),
                word("compared_status", row["status"]),
                Cell(row["name_a"]),
                Cell(_other(row["name_a"], row["name_b"])),
                *_value_cells(row),
                Cell(row["component"]),
                Cell(row["domain_a"] or row["domain_b"]),
                *_matching_cells(row),
                _other_changes(row),
            ])
            for row in self._tables[INDICATORS]
        ]  # fmt: skip
        return View("indicators", columns, lines)

    def _view_tasks(self) -> View:
        title_a, title_b = self._sides("task")
        columns = [
            *_FIRST_COLUMNS,
            Column(heading(TASKS, "status"), "", is_choice=True),
            Column(title_a, "name"),
            Column(title_b, "name"),
            Column(heading("tasks", "domain"), "", is_choice=True),
            Column(heading(TASKS, "offices_added"), "names"),
            Column(heading(TASKS, "offices_dropped"), "names"),
            Column(heading(TASKS, "text_similarity"), "number extra"),
            *_matching_columns(TASKS),
        ]
        lines = [
            self._line(TASKS, "tasks", "task_id", row, [
                Cell(row["comparison_id"]),
                word("compared_status", row["status"]),
                Cell(row["title_a"]),
                Cell(_other(row["title_a"], row["title_b"])),
                Cell(row["domain_a"] or row["domain_b"]),
                Cell(row["offices_added"]),
                Cell(row["offices_dropped"]),
                number(row["text_similarity"], row["text_similarity"]),
                *_matching_cells(row),
            ])
            for row in self._tables[TASKS]
        ]  # fmt: skip
        return View("tasks", columns, lines)

    def _view_commitments(self) -> View:
        object_a, object_b = self._sides("commitment")
        columns = [
            *_FIRST_COLUMNS,
            Column(heading(COMMITMENTS, "status"), "", is_choice=True),
            Column(object_a, "name"),
            Column(object_b, "name"),
            *self._value_columns(COMMITMENTS),
            *_matching_columns(COMMITMENTS),
            Column(heading(COMMITMENTS, "clause_a"), "quote extra"),
            Column(heading(COMMITMENTS, "clause_b"), "quote extra"),
        ]
        lines = [
            self._line(COMMITMENTS, "commitments", "commitment_id", row, [
                Cell(row["comparison_id"]),
                word("compared_status", row["status"]),
                Cell(row["action_a"] + row["object_a"]),
                Cell(_other(row["action_a"] + row["object_a"], row["action_b"] + row["object_b"])),
                *_value_cells(row),
                *_matching_cells(row),
                Cell(row["clause_a"]),
                Cell(row["clause_b"]),
            ])
            for row in self._tables[COMMITMENTS]
        ]  # fmt: skip
        return View("commitments", columns, lines)

    def _value_columns(self, table: str) -> list[Column]:
        return [
            *(Column(side, "number") for side in self._names),
            Column(heading(table, "direction"), "verdict", is_choice=True),
            Column(heading(table, "change_percent"), "number"),
            Column(heading(table, "change"), "number extra"),
        ]


def key_of(row: TextRow) -> str:
    """What tells a row of a comparison from all others of its table."""
    return "\n".join((row["document_id_a"], row["document_id_b"], row["comparison_id"]))


def pairs_of(comparison: WrittenComparison) -> list[tuple[str, str]]:
    """The pairs of notices that a comparison has rows for."""
    found = ((row["document_id_a"], row["document_id_b"]) for rows in comparison.tables.values() for row in rows)
    return list(dict.fromkeys(found)) or [("A", "B")]


def _matching_columns(table: str) -> list[Column]:
    return [
        Column(label("heading", "reason"), "quote"),
        Column(heading(table, "nearest_name"), "quote extra"),
        Column(heading(table, "match"), "extra", is_choice=True),
        Column(heading(table, "similarity"), "number extra"),
        Column(heading(table, "pairing"), "extra", is_choice=True),
    ]


def _matching_cells(row: TextRow) -> list[Cell]:
    return [
        Cell(row["reason"]),
        Cell(row["nearest_name"]),
        word("match", row["match"]),
        number(row["similarity"], row["similarity"]),
        word("pairing", row["pairing"]),
    ]


def _value_cells(row: TextRow) -> list[Cell]:
    is_pair = row["match"] != "none"
    return [
        *(number(show_side(row, side), row[f"value_{side}"], row.get(f"value_text_{side}", "")) for side in ("a", "b")),
        word("direction", row["direction"] if is_pair else ""),
        number(_signed(row["change_percent"], "%"), row["change_percent"]),
        number(_signed(row["change"], row["base_unit"]), row["change"]),
    ]


def _signed(text: str, unit: str) -> str:
    if not text:
        return ""
    sign = "−" if text.startswith("-") else "+" if Decimal(text) else ""
    return with_unit(sign + text.removeprefix("-"), unit)


def _other(one: str, other: str) -> str:
    return _SAME if one and one == other else other


def _other_changes(row: TextRow) -> Cell:
    found = [heading(INDICATORS, column) for column in ("offices_changed", "core_changed") if row[column] == "true"]
    if not found:
        return Cell("")
    both = Label("; ".join(one.en for one in found), "；".join(one.zh for one in found))
    return Cell(both.en, both)
