from __future__ import annotations

from typing import Any

import pytest

from normalize import comparison_schema, derived_schema, schema


@pytest.mark.parametrize("name", schema.tables())
def test_table_is_described(name: str) -> None:
    table = schema.tables()[name]
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.primary_key) <= set(names)
    assert table.columns[0].name == "document_id"
    for part in table.primary_key:
        assert table.column(part).required, f"{part} is a key and may be empty"


@pytest.mark.parametrize("name", schema.tables())
def test_foreign_keys_point_at_keys(name: str) -> None:
    table = schema.tables()[name]
    for key in table.foreign_keys:
        target = schema.tables()[key.table]
        assert key.key == target.primary_key
        own = [table.column(column).type for column in key.columns]
        assert own == [target.column(column).type for column in key.key]
    if name != "documents":
        assert schema.ForeignKey(("document_id",), "documents", ("document_id",)) in table.foreign_keys


#: Every table that the tool writes, with what is made of the tables, and of a comparison.
TOLD = [*schema.descriptors(), *derived_schema.descriptors(), *comparison_schema.descriptors()]


def is_told_in_both(what: dict[str, Any]) -> bool:
    """Whether an English description and a Chinese one are there, each a sentence in its own words."""
    english, chinese = what["description"], what["description_zh"]
    return english.endswith((".", "。", "…")) and chinese.endswith("。") and chinese != english and any("\u4e00" <= char <= "\u9fff" for char in chinese)


def test_every_column_is_named_in_both_languages_and_told() -> None:
    for table in TOLD:
        assert table["title"].isascii()
        assert is_told_in_both(table), table["name"]
        for field in table["fields"]:
            where = f"{table['name']}.{field['name']}"
            assert field["title"].isascii(), where
            assert field["title_zh"], where
            assert not field["title_zh"].isascii(), where
            assert is_told_in_both(field), where
            assert field["name"].isascii(), where
            assert len(field["name"]) <= 32, f"{where} is too long for Stata"


def test_names_say_what_the_type_is() -> None:
    for table in schema.tables().values():
        for column in table.columns:
            if column.name.startswith("is_"):
                assert column.type == "boolean"
            if column.name.endswith("_on"):
                assert column.type == "date"
            if column.name.endswith(("_id", "_text")):
                assert column.type == "string"
            if column.name in ("start", "end"):
                assert column.type == "integer"


def test_documents_come_first() -> None:
    assert next(iter(schema.tables())) == "documents"


def test_values_that_a_column_may_have_are_explained_in_chinese() -> None:
    for table in TOLD:
        for field in table["fields"]:
            values = field.get("constraints", {}).get("enum", ())
            if field["name"] != "comparator" and any(value.isascii() for value in values):
                missing = [value for value in values if value not in field["description_zh"]]
                assert not missing, (table["name"], field["name"])


def test_a_column_of_a_comparison_is_called_in_chinese_as_in_its_table() -> None:
    own = {(table["name"], field["name"]): field["title_zh"] for table in schema.descriptors() for field in table["fields"]}
    compared = {"comparison": "indicators", "task_comparison": "tasks", "commitment_comparison": "commitments"}
    for table in comparison_schema.descriptors():
        for field in table["fields"]:
            name, _, side = field["name"].rpartition("_")
            if side in ("a", "b") and (compared[table["name"]], name) in own:
                assert field["title_zh"] == f"{own[compared[table['name']], name]}（{'甲' if side == 'a' else '乙'}）"
