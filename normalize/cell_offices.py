"""The units that answer, as a cell of a table names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Cell, Notice, Span
from normalize.cell_kinds import is_nothing, is_person, value_of
from normalize.column_roles import Column
from normalize.lead_rules import first_leads
from normalize.measures import is_measure
from normalize.offices import Office
from normalize.responsibilities import read_cell

#: 同上 stands for what the cell above holds.
SAME_AS_ABOVE = re.compile(r"同上|[〃″]")


def offices_under(notice: Notice, cell: Cell | None, column: Column) -> list[tuple[str, Office]]:
    """The units that a cell of a column names; the first leads where the column's heading says so and no cell does."""
    found = list(offices_in(notice, cell, column.role))
    if found and first_leads(column.heading) and all(role != "lead" for role, _ in found):
        found[0] = ("lead", found[0][1])
    return found


def offices_in(notice: Notice, cell: Cell | None, role: str) -> Iterator[tuple[str, Office]]:
    """The units that a cell names, with their roles: the column's, or what a label or verb in the cell says."""
    if cell is None or not cell.paragraphs:
        return
    text = notice.folded[cell.paragraphs[0].start : cell.paragraphs[-1].end]
    if is_nothing(text) or is_measure(text) or value_of(text).state == "values":
        return
    spans = [Span(p.start, p.end) for p in cell.paragraphs]
    for own_role, office in read_cell(notice.text, notice.folded, spans, role):
        if not is_person(office.name) and not SAME_AS_ABOVE.fullmatch(office.name):
            yield own_role, office
