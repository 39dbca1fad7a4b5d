"""Small tables made by hand, for tests of what is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from normalize.schema import Row, Tables, column_names, empty_tables

TEXT = "一、重点任务\n1.新增托位450个,其中普惠托位270个\n=1+1"


def row(table: str, **cells: Any) -> Row:
    """A row with every column of the table: those given, the others empty."""
    unknown = cells.keys() - set(column_names(table))
    assert not unknown, unknown
    return {name: cells.get(name, "") for name in column_names(table)}


def small_tables(document_id: str = "a") -> Tables:
    """A notice with a section, a task, two promises and a line that a spreadsheet would take for a formula."""
    found = empty_tables()

    def add(table: str, **cells: Any) -> None:
        found[table].append(row(table, document_id=document_id, **cells))

    add("documents", title="关于新增托位的通知", issued_on="2023-04-24", target_year=2023)
    add("blocks", block_id="b1", kind="heading", section_id="s1", start=0, end=7)
    add("blocks", block_id="b2", kind="paragraph", section_id="s1", start=7, end=29)
    add("blocks", block_id="b3", kind="other", start=29, end=33)
    add("sections", section_id="s1", level=1, label="一、", title="重点任务", start=0, end=6)
    add("tasks", task_id="t1.1", section_id="s1", kind="task", seq=1, title="新增托位450个", start=7, end=28)
    add(
        "commitments", commitment_id="c1", task_id="t1.1", section_id="s1", action="新增", object="托位", modality="binding",
        comparator="=", value=Decimal(450), kind="level", unit="个", base_value=Decimal(450), base_unit="个", start=13, end=17,
    )  # fmt: skip
    add(
        "commitments", commitment_id="c2", task_id="t1.1", section_id="s1", object="普惠托位", modality="binding", part_of="c1",
        comparator=">=", value=Decimal("2.7E+2"), kind="level", unit="个", clause="=1+1", start=24, end=28,
    )  # fmt: skip
    add("indicators", value_id="i1.1:2023:target", indicator_id="i1.1", table_no=1, is_core=True, period=2023,
        value_kind="target", comparator=">=", value=Decimal("8.50"), value_text="-8.50", start=0, end=4)  # fmt: skip
    add("numerals", start=7, end=8, surface="1", value=Decimal(1), **{"class": "ordinal"})
    add("checks", check_id="k1", severity="warning", code="unplaced_text", message="no kind fits", start=29, end=33)
    return found
