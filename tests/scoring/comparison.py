"""The score of a comparison of indicators with the year before, against ``gold/comparison.csv``.

A wrong join costs as much as a row that is wrong in every way. Rows that NOTES.md calls open to a second reading are right in
either; ``comparison_readings.csv`` has those readings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract import read_notice
from normalize import normalize
from normalize.compared_indicators import compare_indicators
from normalize.editions import Edition, read_edition
from normalize.records import to_cell
from tests.scoring.corpus import TestNotice, notices
from tests.scoring.folding import Row, fold
from tests.scoring.tables import Score

READINGS = Path(__file__).with_name("comparison_readings.csv")

#: The serials of a pair, one empty for what is new or dropped, and the component.
Key = tuple[str, str, str]
#: Status and direction of each second reading of a row; status ``apart``: dropped and new.
Readings = Mapping[Key, set[tuple[str, str]]]


def score_comparison_of(notice: TestNotice, path: Path) -> dict[str, Score]:
    """The score ``comparison`` of one form of a notice against the year before; nothing where there is no gold for it."""
    gold, before = notice.gold().get("comparison"), _year_before(notice)
    if gold is None or before is None:
        return {}
    try:
        one, other = (_read(each, file) for each, file in ((before, next(iter(before.files().values()))), (notice, path)))
        found = [{name: to_cell(cell) for name, cell in row.items()} for row in compare_indicators(one, other, [])]
    except Exception as error:  # whatever went wrong is a score of nothing, and the other notices are scored
        return {"comparison": Score(0.0, {}, [f"{type(error).__name__}: {error}"])}
    return {"comparison": score_comparison(gold, found, read_readings(notice.name))}


def score_comparison(gold: Sequence[Row], found: Sequence[Row], readings: Readings) -> Score:
    """The share of rows whose status, and of pairs whose direction, is right; wrong joins are counted as wrong rows."""
    given = {_key(row): row for row in found}
    pairs = {_key(row)[:2] for row in gold if row["seq_a"] and row["seq_b"]}
    wrong = [key for key in given if key[0] and key[1] and key[:2] not in pairs]
    mistakes = [f"wrong join {key}: {given[key]['name_a']} / {given[key]['name_b']}" for key in wrong]
    right = {"status": 0, "direction": 0}
    total = {"status": 0, "direction": 0}
    for row in gold:
        key = _key(row)
        is_pair = bool(row["seq_a"] and row["seq_b"])
        reading = _reading(key, given)
        allowed = {(row["status"], row["direction"]), *readings.get(key, ())}
        for place, column in enumerate(("status", "direction")[: 1 + is_pair]):
            total[column] += 1
            if reading[place] in {each[place] for each in allowed}:
                right[column] += 1
            else:
                mistakes.append(f"{key} {row['name_a'] or row['name_b']} {column}: {row[column]}, found {reading[place] or 'nothing'}")
    cells = sum(total.values()) + 2 * len(wrong)
    counts = {
        "rows": len(gold),
        "wrong_joins": len(wrong),
        **{column: right[column] / total[column] if total[column] else 1.0 for column in total},
    }
    return Score(sum(right.values()) / cells if cells else 1.0, counts, mistakes)


def _reading(key: Key, given: Mapping[Key, Row]) -> tuple[str, str]:
    """Status and direction that were found for a gold row."""
    if row := given.get(key):
        return row["status"], row["direction"]
    a, b, component = key
    is_apart = any(k[0] == a and not k[1] for k in given) and any(k[1] == b and not k[0] for k in given)
    return ("apart", "apart") if a and b and is_apart else ("", "")


def read_readings(name: str) -> Readings:
    """The second readings of a notice's rows."""
    found: dict[Key, set[tuple[str, str]]] = {}
    with READINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["notice"] == name:
                found.setdefault(_key(row), set()).add((row["status"], row["direction"]))
    return found


def _key(row: Row) -> Key:
    return row["seq_a"], row["seq_b"], fold(row["component"])


def _year_before(notice: TestNotice) -> TestNotice | None:
    match = re.fullmatch(r"(.+-)(\d{4})", notice.name)
    name = match and f"{match[1]}{int(match[2]) - 1}"
    return next((each for each in notices() if each.name == name), None)


def _read(notice: TestNotice, path: Path) -> Edition:
    return read_edition(normalize(read_notice(path), notice.name), str(path))
