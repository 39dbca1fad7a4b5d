"""Laws of every comparison: exchanging the notices mirrors it, itself against itself is unchanged, order and print make no difference."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import read_notice
from normalize import normalize
from normalize.comparing import compare_editions
from normalize.editions import Edition, read_edition
from normalize.schema import Row
from tests.editions import make_indicator, make_tables
from tests.scoring.corpus import notices

NUMBERS = ("value_a", "value_b", "base_unit", "direction")
_TURNED = {"tightened": "loosened", "loosened": "tightened", "new": "dropped", "dropped": "new", "split": "merge", "merge": "split"}

# Names that are near each other in every way: order, words more, words in place of others, parts, joins.
WHO = ["", "城乡", "农村", "职工", "老年", "重点人群", "困难群众"]
WHAT = ["养老床位", "护理型床位", "健康体检", "技能培训", "签约服务", "高血压和糖尿病管理", "高血压管理", "糖尿病管理"]
HOW = [("新增{}数", "张"), ("{}数", "张"), ("{}覆盖率", "%"), ("{}率", "%"), ("{}人次", "万人次"), ("每千人口{}数", "张"), ("开展{}", "个")]
NAMES = st.tuples(st.sampled_from(WHO), st.sampled_from(WHAT), st.sampled_from(HOW))


@st.composite
def tables(draw: st.DrawFn, year: int) -> dict[str, list[Row]]:
    """Tables of a notice with up to eight indicators."""
    rows = []
    for number, (who, what, (form, unit)) in enumerate(draw(st.lists(NAMES, min_size=1, max_size=8)), 1):
        value = draw(st.integers(1, 100).map(str))
        cells = {
            "domain": draw(st.sampled_from(["养老", "医疗"])),
            "comparator": draw(st.sampled_from(["=", ">=", "<=", "~"])),
            "component": draw(st.sampled_from(["", "", "小学"])),
            "is_core": draw(st.booleans()),
        }
        rows.append(make_indicator(number, who + form.format(what), value, unit, year, **cells))
    return make_tables(year, rows)


def compared(one: Edition, other: Edition) -> dict[str, list[Row]]:
    return compare_editions([one, other]).tables


def edition(found: dict[str, list[Row]]) -> Edition:
    return read_edition(found, "tables")


def told(row: Row, first: str = "a", second: str = "b", *, is_turned: bool = False) -> tuple[Any, ...]:
    """What a row says, with the sides as they are named, or turned."""

    def turn(cell: Any) -> Any:
        return _TURNED.get(cell, cell) if is_turned and isinstance(cell, str) else cell

    ids = next(prefix for prefix in ("indicator_id", "task_id", "commitment_id") if f"{prefix}_a" in row)
    if "commitment_id_a" in row:
        ids = "commitment_id"
    cells = [row[f"{ids}_{first}"], row[f"{ids}_{second}"], row.get("component"), row["match"], row["similarity"]]
    cells += [row.get(f"{name}_{side}") for name in ("value", "period") for side in (first, second)]
    change = row.get("change", "")
    return (
        *cells, row.get("base_unit"), -change if is_turned and change != "" else change, row["nearest_id"],
        turn(row["status"]), turn(row["pairing"]), turn(row.get("direction")),
    )  # fmt: skip


def assert_mirrored(one: Edition, other: Edition) -> None:
    there, back = compared(one, other), compared(other, one)
    for name, rows in there.items():
        assert Counter(told(row) for row in rows) == Counter(told(row, "b", "a", is_turned=True) for row in back[name]), name


@settings(max_examples=600, deadline=None)
@given(tables(2023), tables(2024))
def test_exchanging_the_notices_mirrors_the_comparison(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> None:
    assert_mirrored(edition(one), edition(other))


@settings(max_examples=600, deadline=None)
@given(tables(2023))
def test_a_notice_against_itself_is_kept_and_unchanged(found: dict[str, list[Row]]) -> None:
    rows = compared(edition(found), edition(found))["comparison"]
    assert len(rows) == len(found["indicators"])
    for row in rows:
        assert (row["indicator_id_a"], row["status"], row["direction"]) == (row["indicator_id_b"], "kept", "unchanged")


@settings(max_examples=600, deadline=None)
@given(tables(2023), tables(2024), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(one: dict[str, list[Row]], other: dict[str, list[Row]], random: Any) -> None:
    mixed = {name: random.sample(rows, len(rows)) for name, rows in other.items()}
    assert compared(edition(one), edition(mixed)) == compared(edition(one), edition(other))


def reprint(name: str) -> str:
    """A name as another printer sets it: full width, quotes, blanks."""
    wide = name.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    return f" “{wide[:2]}”{wide[2:-1]} 　{wide[-1]}"


@settings(max_examples=600, deadline=None)
@given(tables(2023), tables(2024))
def test_width_quotes_and_blanks_make_no_difference(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> None:
    again = other | {"indicators": [row | {"name": reprint(row["name"])} for row in other["indicators"]]}
    columns = ("indicator_id_a", "indicator_id_b", "component", "status", "similarity", "pairing", *NUMBERS, "reason")

    def results(found: dict[str, list[Row]]) -> list[tuple[Any, ...]]:
        return [tuple(row[column] for column in columns) for row in compared(edition(one), edition(found))["comparison"]]

    assert results(again) == results(other)


@settings(max_examples=600, deadline=None)
@given(tables(2023), tables(2024))
def test_every_row_is_told_and_none_twice_but_in_splits_and_merges(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> None:
    rows = compared(edition(one), edition(other))["comparison"]
    for side, found in (("a", one), ("b", other)):
        seen = Counter(row[f"indicator_id_{side}"] for row in rows if row[f"indicator_id_{side}"])
        assert set(seen) == {row["indicator_id"] for row in found["indicators"]}
        repeated = {name for name, count in seen.items() if count > 1}
        assert all(row["pairing"] in ("split", "merge") for row in rows if row[f"indicator_id_{side}"] in repeated)
    for row in rows:
        assert (row["match"] == "none") == (not row["indicator_id_a"] or not row["indicator_id_b"])
        assert bool(row["reason"]) == (row["direction"] == "incomparable")
        if row["direction"] == "unchanged" and row["value_a"] != "":
            assert row["change"] == 0
        assert row["change_percent"] == "" or isinstance(row["change_percent"], Decimal)


NAMED = {notice.name: next(iter(notice.files().values())) for notice in notices()}


def read(path: Path) -> Edition:
    return read_edition(normalize(read_notice(path), path.stem), str(path))


@pytest.mark.parametrize(("one", "other"), [("fenghua-2023", "fenghua-2024"), ("qinghe-2023-2027", "fenghua-2024")])
def test_whole_notices_mirror_and_are_themselves(one: str, other: str) -> None:
    first, second = read(NAMED[one]), read(NAMED[other])
    assert_mirrored(first, second)
    for name, rows in compared(first, first).items():
        assert rows, name
        assert {(row["status"], row.get("direction", "unchanged")) for row in rows} == {("kept", "unchanged")}, name
