"""What holds for every notice, whatever it says: nothing lost, every numeral accounted for, every row in the text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extract import read_notice
from extract.model import Notice
from normalize import normalize
from normalize.schema import Tables
from normalize.validation import validate
from tests.scoring.corpus import notices

FILES = [(f"{notice.name}/{form}", path) for notice in notices() for form, path in notice.files().items()]


@cache
def read(path: Path) -> tuple[Notice, Tables]:
    notice = read_notice(path)
    return notice, normalize(notice, "notice")


@pytest.fixture(params=[path for _, path in FILES], ids=[name for name, _ in FILES], scope="module")
def found(request: pytest.FixtureRequest) -> tuple[Notice, Tables]:
    return read(request.param)


def test_the_schema_holds(found: tuple[Notice, Tables]) -> None:
    validate(found[1], {"notice": found[0].text})


def test_blocks_cover_the_text(found: tuple[Notice, Tables]) -> None:
    notice, tables = found
    position = 0
    for block in tables["blocks"]:
        assert block["start"] == position
        position = block["end"]
    assert position == len(notice.text)


def test_every_digit_is_in_one_numeral(found: tuple[Notice, Tables]) -> None:
    notice, tables = found
    seen: Counter[int] = Counter()
    for row in tables["numerals"]:
        assert notice.text[row["start"] : row["end"]] == row["surface"]
        seen.update(range(row["start"], row["end"]))
    assert max(seen.values(), default=1) == 1
    assert not [match[0] for match in re.finditer(r"\d+", notice.text) if not all(seen[i] for i in range(*match.span()))]


def test_spans_are_evidence(found: tuple[Notice, Tables]) -> None:
    notice, tables = found

    def at(row: dict[str, object]) -> str:
        return "".join(notice.text[row["start"] : row["end"]].split())  # type: ignore[misc]

    for row in tables["commitments"]:
        assert at(row) in "".join(row["clause"].split())
    for row in (*tables["sections"], *tables["tasks"]):
        assert "".join(row["title"].split()) in at(row)
    for row in tables["responsibilities"]:
        assert "".join(row["name_as_written"].split()) in at(row)
    for row in tables["indicators"]:
        assert at(row)


def test_rows_that_numerals_name_are_there(found: tuple[Notice, Tables]) -> None:
    _, tables = found
    known = {name: {tuple(row.values())[1] for row in tables[name]} for name in ("commitments", "indicators")}
    for row in tables["numerals"]:
        if row["class"] in ("commitment", "target"):
            assert row["row_id"] in known.get(row["row_table"], set()), row


def test_every_promise_is_in_the_ledger(found: tuple[Notice, Tables]) -> None:
    _, tables = found
    held = {row["row_id"] for row in tables["numerals"] if row["class"] == "commitment"}
    assert {row["commitment_id"] for row in tables["commitments"] if row["kind"] != "quantified"} <= held


def test_numbers_not_understood_are_told(found: tuple[Notice, Tables]) -> None:
    _, tables = found
    others = [row for row in tables["numerals"] if row["class"] == "other"]
    assert len([check for check in tables["checks"] if check["code"] == "numeral_not_understood"]) == len(others)


def test_two_readings_are_one() -> None:
    path = FILES[0][1]
    assert normalize(read_notice(path), "notice") == read(path)[1]
