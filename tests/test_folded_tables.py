"""Tables of two blocks side by side: every row is read, under the headings of its own block."""

from __future__ import annotations

from extract import read_bytes
from normalize import normalize
from normalize.schema import Tables

HEADINGS = ("序号", "指标", "目标值", "牵头单位")


def tables(rows: list[str]) -> Tables:
    head = "<p>某县人民政府办公室关于印发2026年目标任务的通知</p><p>现将主要目标印发给你们，请认真贯彻执行。</p><p>2026年主要目标</p>"
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return normalize(read_bytes(f"<meta charset=utf-8><div id=zoom>{head}<table>{body}</table></div>".encode(), "a.html"), "a")


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def values(found: Tables) -> list[tuple[str, str, str, str, str]]:
    return [(r["seq"], r["domain"], r["name"], f"{r['comparator']}{r['value']}{r['unit']}", r["lead_units"]) for r in found["indicators"]]


def test_blocks_are_read_one_after_the_other() -> None:
    found = tables(
        [
            cells(*HEADINGS * 2),
            "<td colspan=8>（一）教育和就业</td>",
            cells("1", "义务教育巩固率", "99.5%以上", "区教育局", "3", "城镇登记失业率", "≤4%", "区人力社保局"),
            cells("2", "学前教育毛入园率", "98%", "区教育局", "", "", "", ""),
        ]
    )
    assert values(found) == [
        ("1", "教育和就业", "义务教育巩固率", ">=99.5%", "区教育局"),
        ("2", "教育和就业", "学前教育毛入园率", "=98%", "区教育局"),
        ("3", "教育和就业", "城镇登记失业率", "<=4%", "区人力社保局"),
    ]
    assert {row["class"] for row in found["numerals"] if row["surface"] in ("99.5", "4", "98")} == {"target"}


def test_blocks_without_serials() -> None:
    found = tables([cells("指标", "目标值") * 2, cells("登记失业率", "4%以内", "城镇新增就业", "800人")])
    assert [value[2:4] for value in values(found)] == [("登记失业率", "<=4%"), ("城镇新增就业", "=800人")]


def test_a_cell_over_two_blocks_gives_no_row_and_a_check() -> None:
    rows = [
        cells(*HEADINGS * 2),
        cells("1", "巩固率", "99%") + "<td colspan=2>区教育局</td>" + cells("失业率", "4%", "区人社局"),
        cells("2", "毛入园率", "98%", "区教育局", "6", "新增就业", "800人", "区人社局"),
    ]
    found = tables(rows)
    assert not found["indicators"]
    assert "columns_not_understood" in {check["code"] for check in found["checks"]}
