"""Sentences as notices write them, and what each promises: read by eye before they were written down."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract import read_bytes
from normalize import normalize
from normalize.schema import Row

CASES = Path(__file__).parent / "cases" / "promises.csv"

_HEAD = (
    "某区人民政府办公室关于印发2026年某区重点工作任务的通知", "某政办发〔2026〕7号", "各镇人民政府、街道办事处：",
    "现将重点工作任务印发给你们，请认真贯彻执行。", "某区人民政府办公室", "2026年1月20日", "一、重点任务",
    "（一）加强工作落实。统筹推进各项工作。（牵头单位：区发改局）",
)  # fmt: skip


def read_cases() -> list[tuple[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["promises"]) for row in csv.DictReader(file)]


def rows_of(sentences: list[str]) -> list[list[Row]]:
    """The commitments of each sentence, each set as a task of one notice."""
    tasks = [f"{number}.推进有关工作。{text}（责任单位：区教育局）" for number, text in enumerate(sentences, 1)]
    page = "".join(f"<p>{line}</p>" for line in (*_HEAD, *tasks))
    data = f"<html><head><meta charset='utf-8'></head><body><div id='zoom'>{page}</div></body></html>".encode()
    found = normalize(read_bytes(data, "cases.html"), "cases")["commitments"]
    return [[row for row in found if row["task_id"] == f"t1.1.{number}"] for number in range(1, len(sentences) + 1)]


def written(row: Row) -> str:
    value = str(row["value"]) + (f"~{row['value_to']}" if row["value_to"] != "" else "")
    if row["baseline"] != "":
        value = f"{row['baseline']}→{value}"
    return " ".join([row["action"] or "-", row["object"] or "-", row["comparator"], value, row["unit"] or "-", row["kind"]])


@pytest.fixture(scope="module")
def found() -> dict[str, list[Row]]:
    sentences = [text for text, _ in read_cases()]
    # No notice numbers so many tasks: a few hundred make one.
    rows = [row for first in range(0, len(sentences), 200) for row in rows_of(sentences[first : first + 200])]
    return dict(zip(sentences, rows, strict=True))


@pytest.mark.parametrize(("text", "promises"), read_cases())
def test_promises(text: str, promises: str, found: dict[str, list[Row]]) -> None:
    assert "; ".join(written(row) for row in found[text]) == promises


def test_a_part_names_its_whole() -> None:
    whole, part, other = rows_of(["完成投资12.5亿元，其中中央投资3.2亿元、地方配套9.3亿元。"])[0]
    assert (part["part_of"], other["part_of"]) == (whole["commitment_id"], whole["commitment_id"])


def test_a_telephone_number_with_any_dash_counts_nothing() -> None:
    page = "".join(f"<p>{line}</p>" for line in (*_HEAD, "1.按月报送进展（联系电话：0590—6600123）。", "2.咨询0571-88881234。"))
    data = f"<html><head><meta charset='utf-8'></head><body><div id='zoom'>{page}</div></body></html>".encode()
    found = {row["surface"]: row["class"] for row in normalize(read_bytes(data, "cases.html"), "cases")["numerals"]}
    assert {found[surface] for surface in ("0590", "6600123", "0571", "88881234")} == {"name"}


def test_parts_behind_a_colon_name_their_whole() -> None:
    whole, part, other = rows_of(["新增停车泊位不少于2000个，其中：利用闲置地建设1200个，单位共享800个。"])[0]
    assert (part["part_of"], other["part_of"]) == (whole["commitment_id"], whole["commitment_id"])


@pytest.mark.parametrize(
    ("text", "pers"),
    [
        ("每千人口注册护士数达到3.8人、药师数达到0.54人。", ["每千人口", "每千人口"]),
        ("每个街道至少建成1处口袋公园和2个社区食堂。", ["每个街道", "每个街道"]),
        ("每个行政村每月放映1场公益电影，全年放映不少于2600场。", ["每个行政村", ""]),
        ("补助标准由每人每年7800元提高至8400元，增长7.7%。", ["每人每年", ""]),
    ],
)
def test_a_denominator_holds_for_its_list_and_no_further(text: str, pers: list[str]) -> None:
    assert [row["per"] for row in rows_of([text])[0]] == pers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("由3家至5家。", "object_unclear"),
        ("门诊报销比例达到60%，对特困人员再提高5个百分点。", "whom_left_out"),
        ("县级领导每人走访企业不少于5户，科级干部不少于2户。", "whom_left_out"),
        ("新增停车位300个、充电桩120个，共计420个。", "sum_of_list"),
        ("小学、初中每学期开展实践活动分别不少于2次、3次。", "values_not_told_apart"),
        ("2020年底前新建公园3个，绿地5处。", ""),
    ],
)
def test_what_was_not_understood_is_told(text: str, code: str) -> None:
    page = "".join(f"<p>{line}</p>" for line in (*_HEAD, f"1.推进有关工作。{text}"))
    data = f"<html><head><meta charset='utf-8'></head><body><div id='zoom'>{page}</div></body></html>".encode()
    found = [check["code"] for check in normalize(read_bytes(data, "cases.html"), "cases")["checks"] if check["subject_kind"] == "commitment"]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("到2027年，新增床位300张。", "due", "2027-12-31"),
        ("6月底前新建公园2个。", "due", "2026-06-30"),
        ("每季度召开1次调度会。", "frequency", "每季度"),
        ("将低保标准提高到每人每月780元。", "per", "每人每月"),
        ("每名家庭医生签约居民不超过2000人。", "per", "每名家庭医生"),
        ("每校开设特色课程不少于8门。", "per", "每校"),
        ("每条线路年接待游客不少于30万人次。", "frequency", "年"),
        ("科级以上干部每人每年参训不少于110学时。", "per", "每人"),
        ("沿线每2公里设置1处驿站。", "per", "每2公里"),
        ("AED配置数量达到每10万人60台。", "per", "每10万人"),
        ("到2027年底，三年累计新增就业2.2万人。", "due", "2027-12-31"),
        ("招募西部计划志愿者20名。", "modality", "binding"),
        ("剩余13座明年全部完成。", "due", "2027-12-31"),
        ("支持每个乡镇培育2个特色产业。", "per", "每个乡镇"),
        ("户均投入不超过2.5万元。", "per", "户均"),
        ("产量达到2025年的2倍以上。", "due", ""),
        ("客流恢复到2024年的95%以上。", "period_text", ""),
        ("2000年底前建成的小区改造完成率达到100%。", "due", ""),
        ("上半年、下半年各组织1次应急演练。", "period_text", "上半年、下半年"),
        ("每周一、周三、周五各巡查1次。", "frequency", "每周一、周三、周五"),
        ("到2027年，实现服务中心全覆盖。", "due", "2027-12-31"),
        ("争创省级示范区1个。", "modality", "aspirational"),
        ("计划新建学校2所。", "modality", "planned"),
        ("新建学校2所。", "modality", "binding"),
    ],
)
def test_what_goes_with_a_promise(text: str, column: str, value: str) -> None:
    (row,) = rows_of([text])[0]
    assert row[column] == value


@pytest.mark.parametrize(
    "text",
    [
        "去年新建学校3所、幼儿园5所。",
        "截至2025年底，全区共有托育机构36家。",
        "符合条件的，给予最高50万元奖励。",
        "推进“15分钟生活圈”建设。",
        "落实16条惠企政策。",
        "0-3岁婴幼儿照护服务进一步完善。",
        "按照每千名老年人配备不少于5张床位的标准配建。",
        "实现两位数增长。",
        "拨打12345热线。",
    ],
)
def test_what_promises_nothing(text: str) -> None:
    assert [written(row) for row in rows_of([text])[0]] == []


def test_a_ratio_of_two_numbers_is_told_and_not_guessed() -> None:
    tasks = "".join(f"<p>{line}</p>" for line in (*_HEAD, "1.推进有关工作。城乡收入比缩小到1.56：1。"))
    tables = normalize(read_bytes(f"<html><body><div id='zoom'>{tasks}</div></body></html>".encode(), "a.html"), "a")
    assert tables["commitments"] == []
    told = [row for row in tables["checks"] if row["code"] == "numeral_not_understood"]
    assert [row["message"] for row in told] == ["what 1.56 counts was not understood", "what 1 counts was not understood"]
