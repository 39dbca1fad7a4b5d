"""What a module that reads one kind of row hands back: rows, claims on numerals, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from normalize.contexts import Claim
from normalize.numerals import Owned

#: A row on its way to a table; ``document_id`` and the ids of checks are added when the tables are put together.
Cells = dict[str, Any]


@dataclass(slots=True)
class Result:
    """Rows by table, the numerals that they account for, and checks (see ``check``)."""

    tables: dict[str, list[Cells]] = field(default_factory=dict)
    owned: list[Owned] = field(default_factory=list)
    checks: list[Cells] = field(default_factory=list)

    def add(self, table: str, row: Cells) -> None:
        self.tables.setdefault(table, []).append(row)

    def own(self, start: int, end: int, kind: str, table: str = "", row_id: str = "") -> None:
        """Claim the numerals in ``text[start:end]`` for a class of the ledger, and for a row where one holds them."""
        self.owned.append(Owned(Claim(start, end, kind), table, row_id))

    def check(
        self, code: str, message: str, start: int | str = "", end: int | str = "", *, severity: str = "warning",
        subject_kind: str = "", subject_id: str = "",
    ) -> None:  # fmt: skip
        """Say what a person should look at. ``severity`` is ``error``, ``warning`` or ``info``; no span: the whole notice."""
        self.checks.append(
            {
                "severity": severity, "code": code, "message": message, "subject_kind": subject_kind,
                "subject_id": subject_id, "start": start, "end": end,
            }  # fmt: skip
        )
