from __future__ import annotations

import csv
import json
import os
import sqlite3
import time
from decimal import Decimal
from pathlib import Path

import pytest

from extract.errors import OutputError
from normalize.package import is_package, write_package
from normalize.schema import Row, Tables, tables
from normalize.validation import TableError, validate
from tests.tables import TEXT, row, small_tables


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def two_notices() -> tuple[Tables, dict[str, str]]:
    found = small_tables("a")
    for name, rows in small_tables("第二份").items():
        found[name] += rows
    return found, {"a": TEXT, "第二份": TEXT}


def test_dialect(tmp_path: Path) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    raw = (tmp_path / "out" / "commitments.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdocument_id,")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    first, second = rows_of(tmp_path / "out", "commitments")
    assert (first["value"], second["value"]) == ("450", "270")
    assert (second["comparator"], second["clause"]) == (">=", "'=1+1")
    indicator = rows_of(tmp_path / "out", "indicators")[0]
    assert (indicator["is_core"], indicator["value"], indicator["value_text"]) == ("true", "8.50", "'-8.50")
    assert indicator["comparator"] == ">="
    assert (tmp_path / "out" / "texts" / "a.txt").read_bytes() == TEXT.encode()


def test_signs_of_comparators_and_numbers_get_no_guard(tmp_path: Path) -> None:
    found = small_tables()
    found["commitments"][0] |= {"comparator": "=", "value": Decimal(-4), "unit": "@"}
    found["numerals"][0] |= {"start": 29, "end": 30, "surface": "="}
    write_package(found, {"a": TEXT}, tmp_path / "out")
    commitment = rows_of(tmp_path / "out", "commitments")[0]
    assert (commitment["comparator"], commitment["value"], commitment["unit"]) == ("=", "-4", "'@")
    assert rows_of(tmp_path / "out", "numerals")[0]["surface"] == "="


def test_every_table_is_written_in_the_order_of_the_schema(tmp_path: Path) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    for name, table in tables().items():
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in table.columns]


def test_same_tables_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_package(*two_notices(), tmp_path / name)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_package_is_valid_to_frictionless(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is a development dependency")
    write_package(*two_notices(), tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "type", "note"])
    assert len(report.tasks) == len(tables()) + 2


def test_frictionless_sees_a_key_that_dangles(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is a development dependency")
    write_package(*two_notices(), tmp_path / "out")
    path = tmp_path / "out" / "commitments.csv"
    path.write_bytes(path.read_bytes().replace(b",t1.1,s1,", b",t9.9,s1,", 1))
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert "foreign-key" in {error[0] for error in report.flatten(["type"])}


def test_package_loads_into_a_database_with_its_keys_enforced(tmp_path: Path) -> None:
    write_package(*two_notices(), tmp_path / "out")
    types = {
        "integer": "INTEGER",
        "year": "INTEGER",
        "number": "NUMERIC",
        "boolean": "TEXT",
        "string": "TEXT",
        "date": "TEXT",
    }
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA foreign_keys = ON")
    for name, table in tables().items():
        parts = [
            f'"{column.name}" {types[column.type]}' + (" NOT NULL" if column.required else "")
            for column in table.columns
        ]
        parts.append(f"PRIMARY KEY ({_listed(table.primary_key)})")
        parts += [
            f"FOREIGN KEY ({_listed(key.columns)}) REFERENCES {key.table} ({_listed(key.key)}) DEFERRABLE INITIALLY DEFERRED"
            for key in table.foreign_keys
        ]
        base.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
    for name in tables():
        for cells in rows_of(tmp_path / "out", name):
            values = [cell or None for cell in cells.values()]
            base.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)
    base.commit()
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT value FROM commitments WHERE document_id = 'a' ORDER BY start").fetchall() == [
        (450,),
        (270,),
    ]
    assert base.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def test_descriptor_names_no_time_and_no_place(tmp_path: Path) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert "created" not in package
    assert str(tmp_path) not in json.dumps(package)
    assert [resource["name"] for resource in package["resources"]] == [*tables(), "text-1"]
    assert package["resources"][0]["bytes"] == (tmp_path / "out" / "documents.csv").stat().st_size


def test_older_package_is_replaced_whole(tmp_path: Path) -> None:
    write_package(*two_notices(), tmp_path / "out")
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out" / "texts").iterdir()) == ["a.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert is_package(tmp_path / "out")


@pytest.mark.parametrize("failing", ["mkdir", "write_bytes", "rename"])
def test_failing_write_leaves_the_older_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    calls = 0

    def fail(self: Path, *arguments: object, **options: object) -> None:
        nonlocal calls
        calls += 1
        if failing != "rename" or str(self).endswith(".new"):
            raise OSError(28, "No space left on device")
        original(self, *arguments, **options)

    original = getattr(Path, failing)
    monkeypatch.setattr(Path, failing, fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_package(*two_notices(), tmp_path / "out")
    monkeypatch.undo()
    assert calls
    assert bytes_of(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_run_left_is_taken_away_and_what_another_writes_is_not(tmp_path: Path) -> None:
    for name, age in ((".out.1.new", 7200), (".out.2.new", 0), (".other.3.new", 7200)):
        (tmp_path / name / "texts").mkdir(parents=True)
        for folder in (tmp_path / name / "texts", tmp_path / name):
            os.utime(folder, (time.time() - age, time.time() - age))
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out.2.new", ".other.3.new"}


def test_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match=r"thesis\.docx"):
        write_package(small_tables(), {"a": TEXT}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_package_to_which_someone_added_a_file_is_refused(tmp_path: Path) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    (tmp_path / "out" / "texts" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"texts/notes\.txt"):
        write_package(small_tables(), {"a": TEXT}, tmp_path / "out")


def test_data_package_of_another_tool_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "other", "resources": []}')
    with pytest.raises(OutputError, match=r"datapackage\.json"):
        write_package(small_tables(), {"a": TEXT}, tmp_path)


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    write_package(small_tables(), {"a": TEXT}, tmp_path)
    assert is_package(tmp_path)


def test_place_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError):
            write_package(small_tables(), {"a": TEXT}, place)


def _change(table: str, **cells: object) -> Tables:
    found = small_tables()
    found[table][0] |= cells
    return found


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (_change("tasks", colour="red"), "tasks, row 1: unknown or missing column colour"),
        (_change("tasks", seq="1"), "tasks, row 1: seq is '1', not of type integer"),
        (_change("tasks", seq=True), "seq is True"),
        (_change("tasks", kind="chore"), "kind is 'chore', not one of measure, task"),
        (_change("tasks", task_id=""), "task_id is empty"),
        (_change("tasks", section_id="s9"), "tasks, row 1: document_id=a, section_id=s9 names no row of sections"),
        (_change("tasks", end=34), "end 34"),
        (_change("tasks", start=9, end=8), "start 9"),
        (_change("documents", issued_on="2023-02-30"), "issued_on"),
        (_change("documents", issued_on="20230224"), "issued_on"),
        (_change("documents", target_year=23), "target_year"),
        (_change("commitments", value=8.5), "value is 8.5"),
        (_change("commitments", value=Decimal("NaN")), "value is Decimal"),
        (_change("commitments", commitment_id="c2"), "commitments, row 2: the key document_id=a, commitment_id=c2"),
        (_change("numerals", surface="2"), "surface is '2', the text has '1'"),
        (_change("sections", document_id="b"), "there is no text of b"),
    ],
)
def test_rows_that_break_the_schema_are_named(found: Tables, message: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as error:
        write_package(found, {"a": TEXT}, tmp_path / "out")
    assert message in str(error.value)
    assert not (tmp_path / "out").exists()


def test_missing_column_missing_table_and_missing_text_are_named() -> None:
    found = small_tables()
    del found["tasks"][0]["title"]
    with pytest.raises(TableError, match="tasks, row 1: unknown or missing column title"):
        validate(found, {"a": TEXT})
    found = small_tables()
    del found["checks"]
    with pytest.raises(TableError, match="the tables are"):
        validate(found, {"a": TEXT})
    with pytest.raises(TableError, match="not one row for each text"):
        validate(small_tables(), {"a": TEXT, "b": TEXT})


def test_part_of_a_commitment_in_another_notice_dangles() -> None:
    found, texts = two_notices()
    other: Row = row(
        "commitments",
        document_id="a",
        commitment_id="c3",
        part_of="c9",
        modality="binding",
        kind="level",
        start=0,
        end=1,
    )
    found["commitments"].append(other)
    with pytest.raises(TableError, match="commitment_id=c9|part_of=c9"):
        validate(found, texts)
