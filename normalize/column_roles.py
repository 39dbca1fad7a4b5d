"""What a column holds, by what its heading allows and its cells bear out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.folding import fold
from normalize.cell_kinds import is_nothing, share, value_of
from normalize.headings import Heading, read_heading
from normalize.measures import is_measure

OFFICE_ROLES = ("lead", "responsible", "support")
TEXT_ROLES = ("name", "text", "step")
#: A cell no longer than this may be a bare value, a longer one is prose.
LONGEST_VALUE = 16
#: The share of cells that must fit where no heading helps.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds; ``role`` is empty where that can't be told.

    Of a value column: ``kind`` (target, baseline, actual; empty where no word says so), ``year`` or its place beside
    the target year (``relative``), ``unit`` from the heading, ``component`` where the heading says what the values are
    of; where indicators are columns, ``name`` is the indicator's and ``group`` what stands over it. ``may_be_text``:
    the heading may stand over tasks too (项目). ``area``: words for whose values they are (全市).
    ``is_part``: 其中 says that they are part of those beside them.
    """

    index: int
    role: str
    heading: str
    kind: str = ""
    year: int | None = None
    relative: int | None = None
    unit: str = ""
    component: str = ""
    name: str = ""
    group: str = ""
    may_be_text: bool = False
    area: str = ""
    is_part: bool = False


_YEAR_CELL = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")
_SENTENCES = re.compile(r"[;。].|.{15,}[。;]$", re.DOTALL)


def mean_length(cells: Sequence[str]) -> float:
    """How long the cells are that hold something."""
    lengths = [len(text) for text in cells if not is_nothing(text)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def without_brackets(text: str) -> str:
    """A heading without the brackets at its end: its unit or a remark."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text)


def combine(path: Sequence[str]) -> Heading:
    """One reading of the headings over a column, the lowest having the most to say."""
    readings = [read_heading(text) for text in path]
    if not readings:
        return Heading("")
    whole = read_heading("".join(path))
    down = readings[::-1]
    known = next((reading for reading in down if reading.roles), readings[-1])
    chosen = whole if len(readings) > 1 and whole.roles and not whole.rest else known
    return replace(
        chosen,
        kind=next((kind for reading in down if (kind := reading.kind)), ""),
        year=next((reading.year for reading in down if reading.year is not None), None),
        relative=next((reading.relative for reading in down if reading.relative is not None), None),
        part=next((reading.part for reading in down if reading.part), ""),
        area=next((reading.area for reading in down if reading.area), ""),
        unit=next((reading.unit for reading in down if reading.unit), ""),
    )


def fit_of(heading: Heading, cells: Sequence[str]) -> float:
    """How well cells go with a heading: 1 where they fit, 0 where nothing can be said, -1 where they don't."""
    if not heading.roles:
        return 0.0
    return max(share(role, cells) for role in heading.roles) * 2 - 1 if any(text.strip() for text in cells) else 0.0


def role_of(heading: Heading, cells: Sequence[str]) -> str:
    """The role that a heading allows and the cells bear out; the first where the cells are empty."""
    filled = [fold(text).strip() for text in cells if text.strip()]
    if filled and all(_YEAR_CELL.fullmatch(text) for text in filled):
        return "time"  # 年度 over 2024年, 2025年: what each row is for
    if "name" in heading.roles and 2 * sum(bool(_SENTENCES.search(text)) for text in filled) > len(filled):
        return "text"  # 主要指标 over sentences
    shares = {role: share(role, cells) for role in heading.roles}
    if all(value < 0 for value in shares.values()):
        return heading.roles[0] if heading.roles else ""
    is_prose = mean_length(cells) > LONGEST_VALUE / 2 and share("text", cells) >= 0.5
    for role in heading.roles:
        # 职工82 under 目标 is a value that is hard to read, and no text.
        if shares[role] >= 0.5 and (role != "text" or heading.roles[0] != "value" or is_prose):
            return role
    first = heading.roles[0] if heading.roles else ""
    if len(heading.roles) == 1:
        if (
            first in OFFICE_ROLES
            and share("value", cells) < 0.5
            and not all(is_measure(text) for text in cells if text.strip())
        ):
            return first  # units whose names end as no list knows
        if (
            first == "property"
            and mean_length(cells) <= 6
            or first in ("people", "time", "unit")
            and share("value", cells) < 0.5
        ):
            return first
        if first == "value" and any(value_of(text).state == "values" for text in cells) and mean_length(cells) <= 12:
            return first  # words among the numbers: 完成上级任务
    if first == "value":
        return "text" if is_prose else "value"
    return ""


def role_by_cells(cells: Sequence[str]) -> str:
    """The role of a column without a heading, where its cells leave no doubt."""
    shown = [text for text in cells if not is_nothing(text)]
    if not shown:
        return "note"
    for role in ("serial", "unit", "responsible", "property"):
        if share(role, shown) >= SURE and (role != "serial" or _counts_up(shown)):
            return role
    return ""


def _counts_up(cells: Sequence[str]) -> bool:
    numbers = [int(text) for text in cells if text.strip().isdigit()]
    return (
        len(numbers) == len(cells)
        and all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False))
        and numbers[0] <= 200
    )


def names_in_heading(path: Sequence[str]) -> list[str]:
    """The names in the headings over a column, from the top: what is no date and no 任务, 进度.

    >>> names_in_heading(("就业", "城镇新增就业(人)", "任务")), names_in_heading(("2023年", "目标值")), names_in_heading(("失业率目标数",))
    (['就业', '城镇新增就业(人)'], [], ['失业率'])
    >>> names_in_heading(("播种面积", "其中：大豆")), names_in_heading(("工业投资", "任务（万元）")), names_in_heading(("总投资",))
    (['播种面积'], ['工业投资'], [])
    """
    names: list[str] = []
    for text in path:
        reading = read_heading(text)
        if reading.text.startswith("其中"):
            continue
        if not reading.roles and not reading.is_known and not reading.area or is_money(reading):
            names.append(text)
        elif reading.rest and "value" in reading.roles:
            names.append(reading.rest)
    return names


def is_money(heading: Heading) -> bool:
    """Whether a heading names a kind of money that may have a target: 工业投资, 到位资金; but not 总投资."""
    return bool(heading.rest) and heading.roles[:1] == ("foreign",) and "value" in heading.roles


def describe(columns: Sequence[Column]) -> str:
    """What the columns were taken for, in one line: 序号 serial; 2023年目标值 target 2023."""
    words = []
    for column in columns:
        heading = column.heading or f"({column.index + 1})"
        what = column.role or "not understood"
        if column.role == "value":
            what = " ".join(filter(None, (column.kind or "value", str(column.year or ""), column.component)))
        words.append(f"{heading}: {what}")
    return "; ".join(dict.fromkeys(words))
