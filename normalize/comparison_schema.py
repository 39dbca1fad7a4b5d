"""The description of the tables of a comparison, read from ``comparison_schema.json``, which has the shape of ``schema.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from normalize.schema import TableSchema, to_table

FILE = Path(__file__).with_name("comparison_schema.json")


@cache
def descriptors() -> tuple[dict[str, Any], ...]:
    """The tables as ``comparison_schema.json`` has them, in the order they are written. Not to be changed."""
    return tuple(json.loads(FILE.read_text(encoding="utf-8"))["tables"])


@cache
def tables() -> dict[str, TableSchema]:
    """Every table of a comparison by its name.

    >>> tables()["task_comparison"].primary_key
    ('document_id_a', 'document_id_b', 'comparison_id')
    """
    return {table["name"]: to_table(table) for table in descriptors()}
