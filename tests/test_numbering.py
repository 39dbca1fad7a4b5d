"""Automatic numbers: their formats, and the rules by which lists count."""

from __future__ import annotations

import pytest

from extract.numbering import FORMAT_CODES, FORMATS, Level, ListState, chinese_counting, format_number, next_label

LEVELS = {
    0: Level("%1、", "chineseCountingThousand", is_spaced=False),
    1: Level("（%2）", "chineseCountingThousand", is_spaced=False),
    2: Level("%3.", is_spaced=False),
}


def labels(
    levels: dict[int, Level],
    *used: int,
    state: ListState | None = None,
    instance: str = "1",
    overrides: dict[int, int] | None = None,
) -> list[str]:
    """The labels of paragraphs on these levels, in their order."""
    state = state or ListState()
    return [next_label(state, levels, level, instance, overrides or {}) for level in used]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2003, "二千零三"),
    ],
)
def test_counting_in_chinese(number: int, text: str) -> None:
    assert chinese_counting(number) == text


@pytest.mark.parametrize(
    ("name", "number", "text"),
    [
        ("upperRoman", 14, "XIV"), ("lowerLetter", 27, "aa"), ("decimalZero", 7, "07"), ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircle", 21, "21"), ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"), ("ideographEnclosedCircle", 3, "㊂"), ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 11, "甲"), ("ideographZodiac", 12, "亥"), ("chineseLegalSimplified", 12, "壹拾贰"),
        ("numberInDash", 2, "- 2 -"), ("none", 2, ""), ("a format of the future", 2, "2"),
    ],
)  # fmt: skip
def test_formats(name: str, number: int, text: str) -> None:
    assert format_number(number, name) == text


def test_every_code_of_the_binary_format_names_a_format() -> None:
    assert set(FORMAT_CODES.values()) <= set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("number", [-1, 0, 1, 10_000, 2**31 - 1])
def test_no_number_is_too_strange_to_be_printed(name: str, number: int) -> None:
    assert len(format_number(number, name)) < 40


def test_a_level_restarts_the_deeper_ones() -> None:
    assert labels(LEVELS, 0, 1, 2, 2, 1, 2, 0, 1) == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_level_that_never_restarts() -> None:
    levels = LEVELS | {1: Level("%2.", restarts_after=0, is_spaced=False)}
    assert labels(levels, 0, 1, 1, 0, 1) == ["一、", "1.", "2.", "二、", "3."]


def test_a_level_that_restarts_after_the_outermost_only() -> None:
    levels = LEVELS | {2: Level("%3.", restarts_after=1, is_spaced=False)}
    assert labels(levels, 0, 1, 2, 1, 2, 0, 2) == ["一、", "（一）", "1.", "（二）", "2.", "二、", "1."]


def test_an_outer_level_that_was_skipped_counts_as_used() -> None:
    levels = {0: Level("%1", is_spaced=False), 1: Level("%1.%2", is_spaced=False)}
    assert labels(levels, 1, 0, 1) == ["1.1", "2", "2.1"]


def test_instances_of_one_list_go_on_counting() -> None:
    state = ListState()
    assert labels(LEVELS, 0, 0, state=state) == ["一、", "二、"]
    assert labels(LEVELS, 0, state=state, instance="2") == ["三、"]


def test_an_instance_starts_anew_once() -> None:
    state = ListState()
    labels(LEVELS, 0, 0, state=state)
    assert labels(LEVELS, 0, 0, state=state, instance="2", overrides={0: 5}) == ["五、", "六、"]
    assert labels(LEVELS, 0, state=state, instance="1") == ["七、"]
    assert labels(LEVELS, 0, state=state, instance="2", overrides={0: 5}) == ["八、"]


def test_legal_numbering_writes_digits() -> None:
    levels = {
        0: Level("第%1章", "chineseCounting", is_spaced=False),
        1: Level("%1.%2", "chineseCounting", is_legal=True, is_spaced=False),
    }
    assert labels(levels, 0, 1, 0, 1) == ["第一章", "1.1", "第二章", "2.1"]


def test_a_blank_after_the_number_and_signs_of_bullets() -> None:
    assert labels({0: Level("%1."), 1: Level("★", "bullet")}, 0, 1) == ["1. ", "★ "]
    assert labels({0: Level("", "none")}, 0) == [""]
    assert labels({0: Level("%1.")}, 4) == [""]
