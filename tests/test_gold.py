"""The sample pinned to its gold, cell for cell, from every form; and the test notices against floors."""

from __future__ import annotations

import pytest

from extract import read_notice
from normalize import normalize
from tests.scoring.corpus import TestNotice, notices, score_file, score_hard_cases
from tests.scoring.floors import Floors

SAMPLE = next(notice for notice in notices() if notice.origin == "real")


@pytest.mark.parametrize("form", ["txt", "html", "docx", "doc"])
def test_every_cell_of_the_sample(form: str) -> None:
    for table, score in score_file(SAMPLE, SAMPLE.files()[form]).items():
        assert score.mistakes == [], table
        assert score.value == 1.0, table


def test_the_sample_has_no_numeral_that_is_not_understood() -> None:
    found = normalize(read_notice(SAMPLE.files()["html"]), SAMPLE.name)
    assert [row["surface"] for row in found["numerals"] if row["class"] == "other"] == []


@pytest.mark.parametrize("form", ["txt", "html", "docx", "doc"])
def test_the_sample_against_itself(form: str) -> None:
    found = normalize(read_notice(SAMPLE.files()[form]), SAMPLE.name)
    names = {row["value_id"]: row["name"] for row in found["indicators"]}
    pairs = {
        (names[row["value_id"]][-6:], str(row["indicator_value"]), str(row["commitment_value"]), row["relation"])
        for row in found["reconciliations"]
    }
    assert pairs == {
        ("费健康体检数", "85000", "85000", "equal"),
        ("养老护理员数", "87", "100", "stricter"),
        ("改革参保人数", "495100", "495100", "equal"),
        ("房建设筹集数", "1700", "2150", "stricter"),
    }


@pytest.mark.parametrize("notice", list(notices()), ids=lambda notice: notice.name)
def test_no_score_is_under_its_floor(notice: TestNotice) -> None:
    floors = Floors.load().scores
    for form, path in notice.files().items():
        for table, score in score_file(notice, path).items():
            floor = floors[f"{notice.name}/{form}"][table]
            assert round(score.value, 4) >= floor, (form, table, score.mistakes[:5])


def test_hard_cases() -> None:
    for aspect, score in score_hard_cases().items():
        assert score.value >= 0.95, (aspect, score.mistakes)
