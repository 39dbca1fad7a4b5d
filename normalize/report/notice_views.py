"""The tables of one notice as its page shows them."""

from __future__ import annotations

from collections import Counter, defaultdict

from normalize.report.amounts_shown import show_amount, with_unit
from normalize.report.labels import Label, heading, label
from normalize.report.package_files import TextRow, WrittenNotice, span_of
from normalize.report.views import Cell, Column, Line, Numbering, Place, View, join_parts, number, word

_CONTEXT = 12


class NoticeViews:
    """The views of a notice, in the order of the page's tabs; ``text`` is the number of its text on the page."""

    def __init__(self, notice: WrittenNotice, numbering: Numbering, text: int = 0) -> None:
        self._notice, self._numbering, self._text = notice, numbering, text
        self._tables = notice.tables
        self._tasks = {row["task_id"]: row for row in self._tables["tasks"]}
        self._sections = {row["section_id"]: row for row in self._tables["sections"]}
        self._names = {row["organization_id"]: row["name"] for row in self._tables["organizations"]}
        self._indicators = {row["value_id"]: row for row in self._tables["indicators"]}
        self._indicator_names = {row["indicator_id"]: row["name"] for row in self._tables["indicators"]}
        self._commitments = {row["commitment_id"]: row for row in self._tables["commitments"]}

    def checks(self) -> View:
        """What a person should look at, the gravest first."""
        rows = sorted(self._tables["checks"], key=lambda row: ("error", "warning", "info").index(row["severity"]))
        columns = [
            Column(heading("checks", "severity")),
            Column(label("heading", "what")),
            Column(heading("checks", "message")),
        ]
        lines = [
            self._line(
                "checks", row["check_id"], row,
                [word("severity", row["severity"]), word("code", row["code"]), Cell(row["message"])], row["severity"],
            )
            for row in rows
        ]  # fmt: skip
        return View("checks", columns, lines)

    def all(self) -> list[View]:
        """The views that have rows."""
        views = (
            self._view_indicators(), self._view_commitments(), self._view_tasks(), self._view_responsibilities(),
            self._view_reconciliations(), self._view_numerals(), self._view_citations(), self._view_attachments(),
        )  # fmt: skip
        return [view.without_empty_columns() for view in views if view.lines]

    def _line(self, table: str, key: str, row: TextRow, cells: list[Cell], style: str = "") -> Line:
        span = span_of(row)
        places = (Place(self._text, *span),) if span else ()
        return Line(self._numbering.number(table, key), cells, places, style)

    def _view_indicators(self) -> View:
        """A line for each indicator and component, with a column for each year and kind of value."""
        rows = self._tables["indicators"]
        values = sorted({(row["period"], row["value_kind"]) for row in rows})
        grouped: dict[tuple[str, str], list[TextRow]] = defaultdict(list)
        for row in rows:
            grouped[row["indicator_id"], row["component"]].append(row)
        columns = [
            Column(label("heading", "id"), "id"),
            _column("indicators", "domain", is_choice=True),
            Column(label("heading", "name"), "name"),
            _column("indicators", "component", is_choice=True),
            *(Column(_name_of_values(period, kind), "number") for period, kind in values),
            _column("indicators", "per"),
            _column("indicators", "property", is_choice=True),
            Column(label("heading", "lead"), "names", is_choice=True),
            Column(label("heading", "offices"), "names", is_choice=True),
            Column(label("heading", "support"), "names", is_choice=True),
        ]
        lines = []
        for group in grouped.values():
            first = group[0]
            shown = {(row["period"], row["value_kind"]): row for row in group}
            line = self._line("indicators", first["value_id"], first, [
                Cell(first["indicator_id"]),
                Cell(first["domain"]),
                Cell(("★" if first["is_core"] == "true" else "") + first["name"]),
                Cell(first["component"]),
                *(_value_cell(shown.get(key)) for key in values),
                Cell(next((row["per"] for row in group if row["per"]), "")),
                Cell(first["property"]),
                Cell(first["lead_units"]),
                Cell(first["responsible_units"]),
                Cell(first["support_units"]),
            ])  # fmt: skip
            for row in group:
                self._numbering.add("indicators", row["value_id"], line.number)
            lines.append(line)
        return View("indicators", columns, lines)

    def _view_commitments(self) -> View:
        columns = [
            Column(label("heading", "id"), "id"),
            _column("commitments", "object", "name"),
            _column("commitments", "action"),
            Column(label("heading", "value"), "number"),
            Column(label("heading", "offices"), "names", is_choice=True),
            _column("tasks", "domain", is_choice=True),
            _column("commitments", "modality", is_choice=True),
            Column(label("heading", "period")),
            _column("commitments", "per"),
            Column(label("heading", "part_of")),
            Column(label("heading", "task"), "name extra"),
            _column("commitments", "clause", "quote"),
            _column("commitments", "kind", "extra", is_choice=True),
        ]
        lines = []
        for row in self._tables["commitments"]:
            task = self._tasks.get(row["task_id"])
            whole = self._commitments.get(row["part_of"])
            cells = [
                Cell(row["commitment_id"]),
                Cell(row["object"]),
                Cell(row["action"]),
                number(show_amount(row), row["base_value"] or row["value"]),
                Cell(_join_units(task)),
                Cell(task["domain"] if task else ""),
                word("modality", row["modality"]),
                Cell(join_parts(row["frequency"], row["period_text"] or row["due"])),
                Cell(row["per"]),
                Cell(join_parts(whole["object"], show_amount(whole)) if whole else ""),
                Cell(task["title"] if task else self._title_of_section(row["section_id"])),
                Cell(row["clause"]),
                word("commitment_kind", row["kind"]),
            ]
            lines.append(self._line("commitments", row["commitment_id"], row, cells))
        return View("commitments", columns, lines)

    def _view_tasks(self) -> View:
        promised = Counter(row["task_id"] for row in self._tables["commitments"])
        columns = [
            Column(label("heading", "id"), "id"),
            _column("tasks", "domain", is_choice=True),
            _column("tasks", "title", "name"),
            _column("tasks", "kind", is_choice=True),
            Column(label("heading", "commitments"), "number"),
            Column(label("heading", "lead"), "names", is_choice=True),
            Column(label("heading", "offices"), "names", is_choice=True),
            Column(label("heading", "support"), "names", is_choice=True),
            _column("tasks", "time_limit"),
        ]
        lines = [
            self._line("tasks", row["task_id"], row, [
                Cell(row["task_id"]),
                Cell(row["domain"]),
                Cell(row["title"]),
                word("task_kind", row["kind"]),
                number(str(promised[row["task_id"]] or ""), str(promised[row["task_id"]])),
                Cell(row["lead_units"]),
                Cell(row["responsible_units"]),
                Cell(row["support_units"]),
                Cell(row["time_limit"]),
            ])
            for row in self._tables["tasks"]
        ]  # fmt: skip
        return View("tasks", columns, lines)

    def _view_responsibilities(self) -> View:
        columns = [
            Column(label("heading", "office"), "names", is_choice=True),
            _column("responsibilities", "role", is_choice=True),
            _column("responsibilities", "subject_kind", is_choice=True),
            Column(label("heading", "subject"), "name"),
            Column(label("heading", "written"), "names"),
        ]
        lines = []
        for place, row in enumerate(self._tables["responsibilities"]):
            name = self._names.get(row["organization_id"], row["name_as_written"])
            lines.append(self._line("responsibilities", str(place), row, [
                Cell(name),
                word("role", row["role"]),
                word("subject_kind", row["subject_kind"]),
                Cell(join_parts(row["subject_id"], self._title_of(row["subject_kind"], row["subject_id"]))),
                Cell(row["name_as_written"] if row["name_as_written"] != name else ""),
            ]))  # fmt: skip
        return View("responsibilities", columns, lines)

    def _view_reconciliations(self) -> View:
        columns = [
            Column(label("heading", "id"), "id"),
            Column(label("heading", "name"), "name"),
            Column(label("heading", "in_table"), "number"),
            Column(label("heading", "in_prose"), "number"),
            _column("reconciliations", "relation", "verdict", is_choice=True),
            _column("commitments", "clause", "quote"),
            _column("reconciliations", "similarity", "number"),
        ]
        lines = []
        for row in self._tables["reconciliations"]:
            indicator, commitment = self._indicators[row["value_id"]], self._commitments[row["commitment_id"]]
            cells = [
                Cell(row["indicator_id"]),
                Cell(join_parts(indicator["name"], indicator["component"])),
                number(with_unit(row["indicator_value"], row["indicator_unit"]), row["indicator_value"]),
                number(with_unit(row["commitment_value"], row["commitment_unit"]), row["commitment_value"]),
                word("relation", row["relation"]),
                Cell(commitment["clause"]),
                number(row["similarity"], row["similarity"]),
            ]
            spans = [span for one in (indicator, commitment) if (span := span_of(one))]
            key = f"{row['value_id']}~{row['commitment_id']}"
            places = tuple(Place(self._text, *span) for span in spans)
            lines.append(Line(self._numbering.number("reconciliations", key), cells, places, row["relation"]))
        return View("reconciliations", columns, lines)

    def _view_numerals(self) -> View:
        text = self._notice.text
        columns = [
            _column("numerals", "surface", "number"),
            _column("numerals", "class", is_choice=True),
            Column(label("heading", "context"), "quote"),
        ]
        lines = []
        for row in self._tables["numerals"]:
            start, end = int(row["start"]), int(row["end"])
            first = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
            stop = text.find("\n", end, end + _CONTEXT)
            around = text[first : stop if stop >= 0 else end + _CONTEXT]
            cells = [number(row["surface"], row["value"]), word("class", row["class"]), Cell(around)]
            lines.append(self._line("numerals", row["start"], row, cells, "other" if row["class"] == "other" else ""))
        return View("numerals", columns, lines)

    def _view_citations(self) -> View:
        columns = [
            _column("citations", "title", "name"),
            _column("citations", "document_number"),
            _column("citations", "role", is_choice=True),
            Column(label("heading", "subject"), "name"),
        ]
        lines = [
            self._line("citations", row["citation_id"], row, [
                Cell(row["title"] or row["document_number"]),
                Cell(row["document_number"]),
                word("citation_role", row["role"]),
                Cell(join_parts(row["subject_id"], self._title_of(row["subject_kind"], row["subject_id"]))),
            ])
            for row in self._tables["citations"]
        ]  # fmt: skip
        return View("citations", columns, lines)

    def _view_attachments(self) -> View:
        columns = [
            _column("attachments", "name", "name"),
            _column("attachments", "status", is_choice=True),
            _column("attachments", "media_type"),
            _column("attachments", "href", "quote"),
        ]
        lines = [
            self._line("attachments", row["attachment_id"], row, [
                Cell(row["name"]), word("status", row["status"]), Cell(row["media_type"]), Cell(row["href"]),
            ])
            for row in self._tables["attachments"]
        ]  # fmt: skip
        return View("attachments", columns, lines)

    def _title_of(self, kind: str, key: str) -> str:
        if kind == "indicator":
            return self._indicator_names.get(key, "")
        if kind == "task":
            return self._tasks[key]["title"] if key in self._tasks else ""
        return self._title_of_section(key)

    def _title_of_section(self, key: str) -> str:
        return self._sections[key]["title"] if key in self._sections else ""


def _column(table: str, name: str, style: str = "", *, is_choice: bool = False) -> Column:
    return Column(heading(table, name), style, is_choice)


def _name_of_values(period: str, kind: str) -> Label:
    named = label("value_kind", kind)
    return Label(join_parts(period, named.en), f"{period}年{named.zh}" if period else named.zh)


def _value_cell(row: TextRow | None) -> Cell:
    return (
        number(show_amount(row) or row["value_text"], row["base_value"] or row["value"], row["value_text"])
        if row
        else Cell("")
    )


def _join_units(task: TextRow | None) -> str:
    """Who answers for a task, leading or not."""
    if not task:
        return ""
    units = "、".join(filter(None, (task["lead_units"], task["responsible_units"])))
    return "、".join(dict.fromkeys(units.split("、")))
