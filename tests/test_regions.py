"""Places and their codes: as named, in the notice's own year, and none where the name can mean several."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import normalize
from normalize.regions import find_code, read_region


def rows() -> list[dict[str, str]]:
    with open(Path(normalize.__file__).parent / "regions.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_table_is_well_formed() -> None:
    table = rows()
    assert len(table) > 5000
    for row in table:
        assert len(row["code"]) == 6
        assert row["code"].isdigit()
        assert row["name"] not in ("市辖区", "县", "")
        assert int(row["first_year"] or 0) <= int(row["last_year"] or 9999)


def test_no_code_stands_for_two_places_in_a_year() -> None:
    for year in (2000, 2016, 2023, 2025):
        standing = [row for row in rows() if int(row["first_year"] or 0) <= year <= int(row["last_year"] or 9999)]
        assert len({row["code"] for row in standing}) == len(standing)
        assert 3150 < len(standing) < 3300


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("宁波市奉化区", 2023, "330213"),
        ("浙江省宁波市奉化区", 2023, "330213"),
        ("奉化市", 2015, "330283"),
        ("奉化市", 2016, "330283"),
        ("奉化区", 2016, "330213"),
        ("奉化市", 2023, ""),
        ("奉化区", 2010, ""),
        ("杭州市奉化区", 2023, ""),
        ("襄樊市", 2009, "420600"),
        ("襄阳市", 2023, "420600"),
        ("杭州市临平区", 2022, "330113"),
        ("杭州市钱塘区", None, "330114"),
        ("上海市浦东新区", 2023, "310115"),
        ("仙桃市", 2023, "429004"),
        ("湖北省仙桃市", 2023, "429004"),
        ("景宁畲族自治县", 2023, "331127"),
        ("景宁县", 2023, "331127"),
        ("凉山州", 2023, "513400"),
        ("广西壮族自治区", 2023, "450000"),
        ("吉林省吉林市昌邑区", 2023, "220202"),
        ("北京市朝阳区", 2023, "110105"),
        ("朝阳区", 2023, ""),
        ("朝阳市", 2023, "211300"),
        ("鼓楼区", 2023, ""),
        ("青禾区", 2023, ""),
    ],
)
def test_codes(name: str, year: int | None, code: str) -> None:
    region = read_region(name + "人民政府")
    assert region is not None
    assert region.name == name
    found = find_code(region, year)
    assert found.code == code
    assert bool(found.reason) == (code == "")


def test_what_else_is_printed_may_tell_which() -> None:
    region = read_region("鼓楼区人民政府")
    assert region is not None
    assert find_code(region, 2023, "福州市鼓楼区人民政府").code == "350102"
    assert find_code(region, 2023, "福州鼓楼区教育局").code == "350102"
    both = find_code(region, 2023, "学习福州市鼓楼区和南京市鼓楼区的经验")
    assert both.code == ""
    assert "福州市鼓楼区" in both.reason


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("中共某某县委办公室", ("某某县",)),
        ("中山市市场监督管理局", ("中山市",)),
        ("济南市市中区人民政府", ("济南市", "市中区")),
        ("广州市天河区人民政府天园街道办事处", ("广州市", "天河区")),
        ("仙居县安岭乡人民政府", ("仙居县", "安岭乡")),
        ("西安市高新区管委会", ("西安市", "高新区")),
        ("恩施土家族苗族自治州教育局", ("恩施土家族苗族自治州",)),
    ],
)
def test_names(text: str, parts: tuple[str, ...]) -> None:
    region = read_region(text)
    assert region is not None
    assert region.parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "国务院办公厅",
        "教育部",
        "区政府办公室",
        "全市各部门",
        "各县人民政府",
        "老旧小区改造领导小组",
        "城区道路管理所",
        "国务院关于在市场监管领域的意见",
        "",
    ],
)
def test_no_region(text: str) -> None:
    assert read_region(text) is None


def test_towns_and_zones_have_no_code() -> None:
    for name in ("仙居县安岭乡人民政府", "平湖经济技术开发区管委会"):
        region = read_region(name)
        assert region is not None
        assert region.is_below_county
        assert find_code(region, 2023).code == ""
