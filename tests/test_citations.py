"""Cited documents: titles, their numbers, and what they are cited for."""

from __future__ import annotations

import pytest

from normalize.citations import find_citations
from normalize.numerals import find_numerals
from tests.front_matter import TITLE, to_notice


def cited(*lines: str) -> list[tuple[str, str, str]]:
    rows = find_citations(to_notice(*lines)).tables.get("citations", [])
    return [(row["title"], row["document_number"], row["role"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("根据《某省规划》（某政发〔2023〕7号），制定本方案。", [("某省规划", "某政发〔2023〕7号", "basis")]),
        ("为贯彻落实《某省规划（2023—2027年）》,", [("某省规划（2023—2027年）", "", "basis")]),
        ("深入贯彻落实《某法》。", [("某法", "", "basis")]),
        ("推动落实《某法》要求。", [("某法", "", "implements")]),
        ("严格执行《某标准》。", [("某标准", "", "implements")]),
        ("《某要点》已经同意。", [("某要点", "", "mention")]),
        ("按照市里的统一部署，印发了《某要点》。", [("某要点", "", "mention")]),
        (
            "根据《甲法》、《乙条例》（国务院令第3号）和《丙办法》，",
            [("甲法", "", "basis"), ("乙条例", "国务院令第3号", "basis"), ("丙办法", "", "basis")],
        ),
        (
            "《关于印发〈某方案〉的通知》（某政办〔2020〕1 号，以下简称《通知》）",
            [("关于印发〈某方案〉的通知", "某政办〔2020〕1 号", "mention"), ("通知", "", "mention")],
        ),
        ("《关于印发《某方案》的通知》[2020]", [("关于印发《某方案》的通知", "", "mention")]),
        (
            "根据某政发[2005]10号和某政办发〔2006〕2号文件，",
            [("", "某政发[2005]10号", "basis"), ("", "某政办发〔2006〕2号", "basis")],
        ),
        ("本意见自下发之日起试行，某政发〔2011〕97号文件同时废止。", [("", "某政发〔2011〕97号", "mention")]),
        ("没有结尾的《某要点", []),
        ("某项（2023）不是文号。", []),
    ],
)
def test_citations(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert cited(text) == wanted


def test_own_number_and_file_names_are_no_citations() -> None:
    lines = (
        "#文号：清政办发〔2024〕9号 索引号：1",
        TITLE,
        "清政办发〔2024〕9号",
        "各单位：",
        "请落实。",
        "清政办发〔2024〕9号工作要点.doc",
    )
    assert cited(*lines) == []


def test_spans_hold_title_and_number_and_ids_count_in_reading_order() -> None:
    notice = to_notice("一、根据《甲法》（某政发〔2023〕7号）。", "二、落实某政发〔2024〕8号和《乙法》。")
    rows = find_citations(notice).tables["citations"]
    assert [(row["citation_id"], notice.text[row["start"] : row["end"]]) for row in rows] == [
        ("k1", "《甲法》（某政发〔2023〕7号"), ("k2", "某政发〔2024〕8号"), ("k3", "《乙法》"),
    ]  # fmt: skip


def test_numerals_are_claimed_for_their_rows() -> None:
    notice = to_notice("根据《规划（2023—2027年）》（某政发〔2022〕7号）和某政发〔2024〕8号，新增9个。")
    result = find_citations(notice)
    found = {row["surface"]: (row["class"], row["row_id"]) for row in find_numerals(notice, result.owned, [])}
    assert found["2023"] == found["2027"] == ("citation", "k1")
    assert found["2022"] == found["7"] == ("document_number", "k1")
    assert found["2024"] == found["8"] == ("document_number", "k2")
    assert found["9"] == ("other", "")
