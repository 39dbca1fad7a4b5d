"""What a page calls things, in English and Chinese: columns as the schemas name them, the rest from ``labels.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from normalize import comparison_schema, schema

_FILE = Path(__file__).with_name("labels.csv")


@dataclass(frozen=True, slots=True)
class Label:
    """One thing's name in both languages."""

    en: str
    zh: str


@cache
def _labels() -> dict[tuple[str, str], Label]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {(row["column"], row["value"]): Label(row["en"], row["zh"]) for row in csv.DictReader(file)}


@cache
def _headings() -> dict[tuple[str, str], Label]:
    return {
        (table["name"], field["name"]): Label(field["title"], field["title_zh"])
        for table in (*schema.descriptors(), *comparison_schema.descriptors())
        for field in table["fields"]
    }


def label(column: str, value: str) -> Label:
    """The name of a value of a column. A value that has none, such as the code of a new check, is its own.

    >>> label("modality", "binding"), label("code", "brand_new")
    (Label(en='binding', zh='约束性'), Label(en='brand new', zh='brand new'))
    """
    plain = value.replace("_", " ")
    return _labels().get((column, value)) or Label(plain, plain)


def heading(table: str, column: str) -> Label:
    """The name of a column, as its schema has it.

    >>> heading("tasks", "domain")
    Label(en='Domain', zh='领域')
    """
    return _headings()[table, column]
