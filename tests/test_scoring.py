"""The measure itself: what is right scores 1, and each kind of mistake costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scoring.cases import read_cases, score_cases, to_notice
from tests.scoring.commitments import score_commitments
from tests.scoring.corpus import TestNotice, notices
from tests.scoring.floors import Floors, compare, raised
from tests.scoring.folding import Row, fold_id
from tests.scoring.tables import score_documents, score_keyed, score_ledger

NAMES = {notice.name: notice for notice in notices()}


def as_found(gold: list[Row]) -> list[Row]:
    """Gold commitments as the tool would have written them."""
    words = {"": "binding", "争创": "aspirational", "力争": "aspirational", "计划": "planned", "拟": "planned"}
    return [
        row
        | {
            "clause": row["quote"],
            "modality": words.get(row["modality"], row["modality"]),
            "section_id": row.get("section_id", ""),
        }
        for row in gold
    ]


@pytest.mark.parametrize("name", NAMES)
def test_gold_scores_full_marks_against_itself(name: str) -> None:
    gold = NAMES[name].gold()
    assert score_documents(gold["documents"][0], gold["documents"][0]).value == 1
    for table in ("sections", "tasks", "indicators"):
        if table in gold:
            assert score_keyed(table, gold[table], gold[table]).value == 1
    if "commitments" in gold:
        score = score_commitments(gold["commitments"], as_found(gold["commitments"]))
        assert score.value == 1, score.mistakes
        assert score.mistakes == []


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_sound(name: str) -> None:
    """Ids are unique, and what a commitment or task names exists."""
    gold = NAMES[name].gold()
    for table in ("sections", "tasks"):
        ids = [fold_id(row[f"{table[:-1]}_id"]) for row in gold.get(table, [])]
        assert len(set(ids)) == len(ids)
    known = {fold_id(row["task_id"]) for row in gold.get("tasks", [])} | {
        fold_id(row["section_id"]) for row in gold.get("sections", [])
    }
    if "tasks" in gold:
        for row in gold.get("commitments", []):
            assert fold_id(row["task_id"]) in known | {"", "0"}, row


def test_missing_wrong_and_needless_rows_cost() -> None:
    gold = [{"task_id": "t1", "title": "甲", "kind": "task"}, {"task_id": "t2", "title": "乙", "kind": "task"}]
    assert score_keyed("tasks", gold, gold).value == 1
    assert score_keyed("tasks", gold, gold[:1]).value == 0.5
    assert score_keyed("tasks", gold, [gold[0], gold[1] | {"title": "丙"}]).value == 0.75
    assert score_keyed("tasks", gold, [*gold, gold[0] | {"task_id": "t3"}]).value == 0.4
    assert score_keyed("tasks", gold, []).value == 0


def test_numbers_widths_and_letters_of_ids_make_no_difference() -> None:
    gold = [
        {"seq": "1", "component": "", "period": "2023", "value": "8.50", "unit": "万人次（次）", "is_core": "false"}
    ]
    found = [{"seq": "1", "component": "", "period": "2023", "value": "8.5", "unit": "万人次(次)", "is_core": ""}]
    assert score_keyed("indicators", gold, found).value == 1
    assert score_keyed("tasks", [{"task_id": "2.1", "title": "甲"}], [{"task_id": "t2.1", "title": "甲"}]).value == 1


def commitment(**cells: str) -> Row:
    columns = "task_id section_id action object comparator value value_to unit base_value base_unit baseline kind modality per clause"
    return dict.fromkeys(columns.split(), "") | {"kind": "level", "modality": "binding"} | cells


def test_commitments_are_paired_by_place_and_value() -> None:
    gold = [commitment(task_id="t1", base_value="450", base_unit="个", unit="个", quote="新增托位450个", modality="")]
    right = commitment(task_id="t1", base_value="450", base_unit="个", unit="个")
    assert score_commitments(gold, [right]).value == 1
    assert score_commitments(gold, [right | {"task_id": "t2"}]).value == 0
    assert score_commitments(gold, [right, right]).value == pytest.approx(2 / 3)
    assert score_commitments(gold, []).value == 0
    assert score_commitments([], []).value == 1
    assert score_commitments([], [right]).value == 0
    assert score_commitments(gold, [right | {"comparator": ">="}]).counts["comparator"] == 0


def test_open_and_quantified_rows_are_not_scored() -> None:
    sure = commitment(task_id="t1", base_value="450", value="450", quote="新增450", modality="")
    left_open = commitment(task_id="t1", base_value="5", value="5", quote="设5个", open="another reading", modality="")
    found = [
        commitment(task_id="t1", base_value="450", value="450"),
        commitment(task_id="t1", base_value="5", value="5"),
    ]
    assert score_commitments([sure, left_open], found).value == 1
    assert score_commitments([sure, left_open], found[:1]).value == 1
    assert score_commitments([sure], [found[0], found[0] | {"kind": "quantified"}]).value == 1


def test_every_digit_in_exactly_one_row() -> None:
    rows = [{"start": "0", "end": "1", "surface": "1", "class": "ordinal"}]
    assert score_ledger("1.达到80%", rows).value == 0.5
    both = [*rows, {"start": "4", "end": "6", "surface": "80", "class": "commitment"}]
    assert score_ledger("1.达到80%", both).value == 1
    assert score_ledger("1.达到80%", [*both, both[1]]).value == 0.5


def test_cases_understood_and_traps_avoided() -> None:
    cases = [
        {"text": "不超过30万元", "surface": "30万元", "kind": "level", "comparator": "<=", "value": "300000", "value_to": "",
         "baseline": "", "unit": "元", "per": ""},
        {"text": "推进“14+14”机制", "surface": "14", "kind": "trap", "comparator": "", "value": "14", "value_to": "",
         "baseline": "", "unit": "", "per": ""},
    ]  # fmt: skip
    right = commitment(task_id="t1.1.1", comparator="<=", value="30", unit="万元", base_value="300000", base_unit="元")
    assert {aspect: score.value for aspect, score in score_cases(cases, [right]).items()} == {
        "value": 1, "unit": 1, "bound": 1, "traps": 1,
    }  # fmt: skip
    wrong = [right | {"comparator": ">="}, commitment(task_id="t1.1.2", value="14", unit="个")]
    scores = score_cases(cases, wrong)
    assert (scores["bound"].value, scores["traps"].value) == (0, 0)
    assert scores["bound"].mistakes
    assert len(to_notice(read_cases()).split("\n\n")) > 60


def test_floors_hold_until_they_are_lowered_on_purpose(tmp_path: Path) -> None:
    floors = Floors({"a/html": {"tasks": 0.9, "spans": 1.0}}, {"a/html": "one"})
    better = {"a/html": {"tasks": 0.95, "spans": 1.0}}
    worse = {"a/html": {"tasks": 0.8, "spans": 1.0}}
    assert compare(better, {"a/html": "one"}, floors).gains == ["a/html tasks 0.9000 → 0.9500"]
    assert compare(worse, {"a/html": "one"}, floors).losses == ["a/html tasks 0.9000 → 0.8000"]
    assert compare({}, {}, floors).losses == ["a/html is no longer measured"]
    assert compare(better, {"a/html": "two"}, floors).unmeasured == ["a/html: its files have changed"]
    assert raised(better, {"a/html": "one"}, floors).scores["a/html"]["tasks"] == 0.95
    assert raised(worse, {"a/html": "one"}, floors).scores["a/html"]["tasks"] == 0.9
    assert raised(worse, {"a/html": "one"}, floors, lower=True).scores["a/html"]["tasks"] == 0.8
    floors.save(tmp_path / "scores.json")
    assert Floors.load(tmp_path / "scores.json") == floors


def test_fingerprint_follows_the_gold(tmp_path: Path) -> None:
    folder = tmp_path / "synthetic" / "a"
    (folder / "gold").mkdir(parents=True)
    (folder / "gold" / "tasks.csv").write_text("task_id\nt1\n")
    notice = TestNotice("a", folder)
    before = notice.fingerprint()
    (folder / "gold" / "tasks.csv").write_text("task_id\nt2\n")
    assert notice.fingerprint() != before
