"""Each format is read back by another program than the one that wrote it, and has what the CSV files have."""

from __future__ import annotations

import csv
import datetime
import sqlite3
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract import __main__ as cli
from extract import read_notice
from normalize import formats, normalize
from normalize.codebook import COLUMNS
from normalize.formats.dta import variable
from normalize.package import PackageWriter, is_package, write_package
from normalize.records import is_guarded, to_records, without_guard
from normalize.schema import Tables, column_names, tables
from tests.tables import TEXT, row, small_tables

ROOT = Path(__file__).parents[1]
ALL = ["parquet", "xlsx", "sqlite", "duckdb", "dta"]
LONG = "长" * 40_000


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, and a small notice with what is hard on formats: signs, quotes, line breaks, old days, long text."""
    folder = tmp_path_factory.mktemp("formats") / "it's 包"
    notice = read_notice(ROOT / "samples" / "fenghua-2023.html")
    small = small_tables()
    small["documents"][0] |= {"document_id": "小'1", "title": '=cmd|"x"', "recipients": "'=1", "published_on": "1899-12-31"}
    for rows in small.values():
        for cells in rows:
            cells["document_id"] = "小'1"
    small["tasks"][0] |= {"text": "一\n二\t\"三\"", "time_limit": "@a"}
    small["sections"][0]["text"] = LONG
    small["commitments"][0] |= {"value": Decimal("-4.37"), "due": "2025-12-31", "object": "'''-"}
    with PackageWriter(folder) as writer:
        writer.add("fenghua-2023", to_records(normalize(notice, "fenghua-2023"), notice.text))
        writer.add("小'1", to_records(small, TEXT))
        writer.finish(ALL)
    return folder


def cells_of(folder: Path, table: str) -> list[list[str]]:
    """The table as the CSV file has it, text without guards."""
    guarded = [is_guarded(column) for column in tables()[table].columns]
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[without_guard(cell) if guard else cell for cell, guard in zip(row, guarded, strict=True)] for row in rows]


def same(table: str, found: list[list[Any]], expected: list[list[str]]) -> bool:
    """Whether typed values say what the cells of the CSV file say."""
    kinds = [column.type for column in tables()[table].columns]
    assert len(found) == len(expected), table
    for values, cells in zip(found, expected, strict=True):
        for value, cell, kind in zip(values, cells, kinds, strict=True):
            assert says(value, cell, kind), (table, value, cell, kind)
    return True


def says(value: Any, cell: str, kind: str) -> bool:
    if not cell:
        return value is None or value == "" or value != value
    if kind in ("number", "integer", "year"):
        return not isinstance(value, str | bool) and Decimal(str(value)) == Decimal(cell)
    if kind == "boolean":
        return value in (0, 1) and bool(value) == (cell == "true")
    if isinstance(value, datetime.date):
        return kind == "date" and value.isoformat()[:10] == cell
    return isinstance(value, str) and value == cell


@pytest.mark.parametrize("table", tables())
def test_parquet_is_read_by_polars_and_duckdb(package: Path, table: str) -> None:
    polars = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    path = package / "parquet" / f"{table}.parquet"
    frame = polars.read_parquet(path)
    assert tuple(frame.columns) == column_names(table)
    assert same(table, frame.rows(), cells_of(package, table))
    assert same(table, duckdb.read_parquet(str(path)).fetchall(), cells_of(package, table))


@pytest.mark.parametrize("table", tables())
def test_workbook_is_read_by_calamine(package: Path, table: str) -> None:
    calamine = pytest.importorskip("python_calamine")
    rows = calamine.CalamineWorkbook.from_path(package / "notices.xlsx").get_sheet_by_name(table).to_python()
    assert tuple(rows[0]) == column_names(table)
    expected = cells_of(package, table)
    if table == "sections":
        found = rows[-1][column_names(table).index("text")]
        assert found.startswith("长长")
        assert found.endswith("(cut: the whole text is in the CSV file)")
        rows[-1][column_names(table).index("text")] = LONG
    if table == "numerals":
        # Excel keeps fifteen digits: a longer number is text there.
        place = column_names(table).index("value")
        long = [row for row in rows[1:] if isinstance(row[place], str) and row[place]]
        assert long
        assert all(len(row[place]) > 15 for row in long)
        for row in long:
            row[place] = Decimal(row[place])
    assert same(table, rows[1:], expected)


def test_workbook_has_a_codebook_frozen_headings_and_no_formula(package: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(package / "notices.xlsx")
    assert book.sheet_names == ["codebook", *tables(), "indicators_wide"]
    assert tuple(book.get_sheet_by_name("codebook").to_python()[0]) == COLUMNS
    with zipfile.ZipFile(package / "notices.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        styles = archive.read("xl/styles.xml").decode()
    assert len(sheets) == len(book.sheet_names)
    for sheet in sheets:
        assert '<pane ySplit="1"' in sheet
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
        assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles


@pytest.mark.parametrize("table", tables())
def test_sqlite_is_read_by_pandas(package: Path, table: str) -> None:
    pandas = pytest.importorskip("pandas")
    with sqlite3.connect(package / "notices.sqlite") as base:
        frame = pandas.read_sql_query(f'SELECT * FROM "{table}" ORDER BY rowid', base)
    assert same(table, frame.astype(object).values.tolist(), cells_of(package, table))


@pytest.mark.parametrize("table", tables())
def test_stata_is_read_by_readstat(package: Path, table: str) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    frame, meta = pyreadstat.read_dta(package / "stata" / f"{table}.dta")
    assert tuple(meta.column_names) == tuple(map(variable, column_names(table)))
    assert all(meta.column_names_to_labels.values())
    assert same(table, frame.astype(object).values.tolist(), cells_of(package, table))


@pytest.mark.parametrize("table", tables())
def test_duckdb_is_read_as_arrow_by_polars(package: Path, table: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    polars = pytest.importorskip("polars")
    with duckdb.connect(str(package / "notices.duckdb"), read_only=True) as base:
        frame = polars.from_arrow(base.sql(f'SELECT * FROM "{table}" ORDER BY rowid').to_arrow_table())
    assert same(table, frame.rows(), cells_of(package, table))


def test_databases_enforce_the_keys(package: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with sqlite3.connect(package / "notices.sqlite") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, schema in tables().items():
            found = base.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
            assert {row[0] for row in found} == set(range(len(schema.foreign_keys)))
            keys = [row[1] for row in base.execute(f'PRAGMA table_info("{name}")') if row[5]]
            assert sorted(keys) == sorted(schema.primary_key)
    with duckdb.connect(str(package / "notices.duckdb"), read_only=True) as base:
        kinds = base.execute("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL").fetchall()
    own = sum(key.table == name for name, schema in tables().items() for key in schema.foreign_keys)
    every = sum(len(schema.foreign_keys) for schema in tables().values()) + 1
    assert dict(kinds)["FOREIGN KEY"] == every - own
    assert dict(kinds)["PRIMARY KEY"] == len(tables()) + 1


def views(package: Path, query: str) -> list[tuple[Any, ...]]:
    """The same answer of both databases."""
    duckdb = pytest.importorskip("duckdb")
    with sqlite3.connect(package / "notices.sqlite") as base:
        one = base.execute(query).fetchall()
    with duckdb.connect(str(package / "notices.duckdb"), read_only=True) as base:
        two = base.execute(query).fetchall()
    assert one == two
    return one


def test_views_answer(package: Path) -> None:
    targets = views(
        package,
        "SELECT organization, domain, indicator, value FROM targets_by_unit_and_domain WHERE document_id = 'fenghua-2023' "
        "ORDER BY organization, domain, indicator_id, component",
    )
    indicators = [dict(zip(column_names("indicators"), row, strict=True)) for row in cells_of(package, "indicators")]
    named = [
        (office, row["domain"], row["name"])
        for row in indicators
        for office in row["responsible_units"].split("、")
        if row["document_id"] == "fenghua-2023"
    ]
    assert sorted(row[:3] for row in targets) == sorted(named)
    promises = views(
        package, 'SELECT evidence, task_text, domain FROM commitments_with_tasks ORDER BY document_id, start, "end"'
    )
    assert len(promises) == len(cells_of(package, "commitments"))
    assert all(row[0] for row in promises)
    assert any(row[0] in (row[1] or "") for row in promises)


def test_a_target_that_no_unit_answers_for_is_in_the_view(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    found = small_tables()
    found["indicators"].append(found["indicators"][0] | {"value_id": "i1.2:2023:target", "indicator_id": "i1.2", "domain": "住"})
    found["organizations"] = [row("organizations", document_id="a", organization_id="o1", name="区教育局", kind="局")]
    found["responsibilities"] = [
        row("responsibilities", document_id="a", subject_kind="indicator", subject_id="i1.1", role="responsible", position=1,
            organization_id="o1", name_as_written="区教育局", start=0, end=1)
    ]  # fmt: skip
    with PackageWriter(tmp_path / "out") as writer:
        writer.add("a", to_records(found, TEXT))
        writer.finish(["sqlite", "duckdb"])
    query = "SELECT indicator_id, organization, role FROM targets_by_unit_and_domain ORDER BY indicator_id"
    assert views(tmp_path / "out", query) == [("i1.1", "区教育局", "responsible"), ("i1.2", None, None)]


def test_every_view_has_every_row_of_its_table(package: Path) -> None:
    for view, table, key, condition in (
        ("targets_by_unit_and_domain", "indicators", "indicator_id", "value_kind = 'target'"),
        ("indicators_wide", "indicators", "indicator_id", "true"),
        ("commitments_with_tasks", "commitments", "commitment_id", "true"),
    ):
        found = views(package, f"SELECT DISTINCT document_id, {key} FROM {view} ORDER BY 1, 2")
        assert found == views(package, f"SELECT DISTINCT document_id, {key} FROM {table} WHERE {condition} ORDER BY 1, 2"), view


def test_wide_indicators_are_those_of_the_view(package: Path) -> None:
    with (package / "indicators_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        wide = list(csv.DictReader(file))
    found = views(
        package,
        "SELECT document_id, indicator_id, component, target_2023, target_2023_comparator FROM indicators_wide "
        "ORDER BY document_id, indicator_id, component",
    )
    expected = [
        (row["document_id"], row["indicator_id"], row["component"] or None,
         float(row["target_2023"]) if row["target_2023"] else None, row["target_2023_comparator"] or None)
        for row in wide
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert len(wide) == len(cells_of(package, "indicators")), "the sample has one value a row"


def years() -> Tables:
    found = small_tables()
    found["indicators"] = [
        row("indicators", document_id="a", value_id=f"i1.1:{year}:{kind}", indicator_id="i1.1", name="托位", unit="个",
            period=year, value_kind=kind, comparator=comparator, value=Decimal(value), value_to=to, start=0, end=1)
        for year, kind, comparator, value, to in [
            (2022, "baseline", "=", "4.0", ""), (2023, "target", ">=", "450", ""), (2025, "target", "=", "0.5", Decimal(9)),
            ("", "target", "<=", "7", ""),
        ]
    ]  # fmt: skip
    return found


def test_years_stand_beside_each_other(tmp_path: Path) -> None:
    with PackageWriter(tmp_path / "out") as writer:
        writer.add("a", to_records(years(), TEXT))
        writer.finish(["csv"])
    with (tmp_path / "out" / "indicators_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1
    values = {name: cell for name, cell in rows[0].items() if name.startswith(("target", "baseline"))}
    assert values == {
        "target": "7", "target_comparator": "<=", "baseline_2022": "4", "baseline_2022_comparator": "=",
        "target_2023": "450", "target_2023_comparator": ">=", "target_2025": "0.5", "target_2025_comparator": "=",
        "target_2025_to": "9",
    }  # fmt: skip


def test_codebook_has_every_column(package: Path) -> None:
    with (package / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    named: dict[str, list[str]] = {}
    for line in rows:
        named.setdefault(line["table"], []).append(line["column"])
    # All that the package and its databases have, by what the files themselves say.
    with (package / "indicators_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {**{table: list(column_names(table)) for table in tables()}, "indicators_wide": next(csv.reader(file))}
    with sqlite3.connect(package / "notices.sqlite") as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall():
            own = [column[1] for column in base.execute(f'PRAGMA table_info("{name}")')]
            assert expected.setdefault(name, own) == own, name
        assert base.execute("SELECT * FROM codebook").fetchall() == [tuple(map(without_guard, line.values())) for line in rows]
    assert named == expected | {"failures": ["file", "place", "cause", "remedy"]}
    told = ("table_description", "table_description_zh", "title", "title_zh", "description", "description_zh")
    assert all(line[column] for line in rows for column in told)


def test_a_sheet_takes_no_more_rows_than_excel_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calamine = pytest.importorskip("python_calamine")
    from normalize.formats import xlsx

    monkeypatch.setattr(xlsx, "_ROWS", 3)
    write_package(small_tables(), {"a": TEXT}, tmp_path / "out")
    book = tmp_path / "out" / xlsx.FILE
    xlsx.write(tmp_path / "out")
    read = calamine.CalamineWorkbook.from_path(book)
    parts = [read.get_sheet_by_name(name).to_python() for name in ("blocks", "blocks 2")]
    assert [len(part) for part in parts] == [3, 2]
    assert parts[0][0] == parts[1][0]


def test_csv_files_are_the_same_with_other_formats_beside_them(package: Path, tmp_path: Path) -> None:
    page = str(ROOT / "samples" / "fenghua-2023.html")
    assert cli.main([page, "--out", str(tmp_path / "plain")]) == 0
    assert cli.main([page, "--out", str(tmp_path / "more"), "--format", "sqlite,xlsx,parquet,dta"]) == 0
    assert cli.main([page, "--out", str(tmp_path / "again"), "--format", "sqlite,xlsx,parquet,dta"]) == 0
    plain, more, again = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "plain", tmp_path / "more", tmp_path / "again")
    )
    assert not [name for name, data in plain.items() if name != "datapackage.json" and more[name] != data]
    assert more == again
    assert is_package(tmp_path / "more")
    assert cli.main([page, "--out", str(tmp_path / "more")]) == 0, "a package with other formats can't be replaced"
    assert not (tmp_path / "more" / "notices.sqlite").exists()


def test_package_with_all_formats_is_valid_to_frictionless(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is a development dependency")
    report = frictionless.Package(str(package / "datapackage.json"))
    assert {resource.path for resource in report.resources} >= {"notices.xlsx", "codebook.csv", "parquet/tasks.parquet"}
    for resource in report.resources:
        if resource.path in ("codebook.csv", "indicators_wide.csv"):
            checked = resource.validate()
            assert checked.valid, checked.flatten(["rowNumber", "fieldName", "type", "note"])
            assert all(field.custom["description_zh"] for field in resource.schema.fields)


def test_unknown_format_and_missing_library_are_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["a.html", "--format", "csv,sas"])
    assert "the formats are csv, parquet" in capsys.readouterr().err
    monkeypatch.setitem(formats.LIBRARIES, "duckdb", "no_such_library")
    page = str(ROOT / "samples" / "fenghua-2023.html")
    assert cli.main([page, "--out", str(tmp_path / "out"), "--format", "duckdb"]) == 1
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 1
    assert "no_such_library" in err[0]
    assert not (tmp_path / "out").exists()


def test_error_of_a_library_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.formats.sqlite.views", lambda folder: ["CREATE VIEW"])
    with PackageWriter(tmp_path / "out") as writer:
        writer.add("a", to_records(small_tables(), TEXT))
        [error] = writer.finish(["sqlite", "xlsx"])
    assert "written as sqlite" in str(error)
    assert len(str(error).splitlines()) == 1
    # The tables are not lost for it, nor is another format.
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"documents.csv", "notices.xlsx", "codebook.csv"} <= names
    assert "notices.sqlite" not in names
    assert is_package(tmp_path / "out")
