"""What a table is: of targets, of tasks, or of something else, by its columns and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extract.folding import fold
from normalize import vocabulary
from normalize.cell_kinds import MOST, fits, is_nothing, share
from normalize.column_roles import LONGEST_VALUE, OFFICE_ROLES, Column, mean_length

_GOAL = re.compile("目标|任务|计划|进度|节点|举措|措施|要求")
_SCOPE = re.compile("(?:建设|项目|工程)(?:主要)?(?:规模|内容|概况)|规模及(?:主要)?内容")
# What a list of projects tells beside what is to be done.
_OF_PROJECTS = re.compile("投资|资金|建设|工期|年限|业主|开工|竣工|规模|地点|地址")
_SHARE = re.compile(r"(?:^|/)(?:占比|比例)")
_PART_OF_YEAR = re.compile(r"季度|半年|月")
#: The texts of a column's cells, by its place.
Cells = Callable[[int], list[str]]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of how a table was read."""

    code: str
    message: str
    severity: str = "warning"


@dataclass(slots=True)
class Verdict:
    """``kind`` is ``targets``, ``tasks`` or ``other``; ``reason`` says why."""

    kind: str
    reason: str
    remarks: list[Remark] = field(default_factory=list)


def judge(columns: Sequence[Column], cells: Cells, above: Sequence[str], has_headings: bool) -> Verdict:
    """What a table is. ``above`` are the lines over its headings.

    Numbers make a table one of targets only where names stand beside them and a word says that they are targets;
    headings of other things (总投资, 联系电话, 分值) speak against it.
    """
    values = [column for column in columns if column.role == "value"]
    printed = [column.heading for column in columns if column.heading and column.role in ("name", "value", "domain", "text", *OFFICE_ROLES)]
    if len(printed) - len(set(printed)) > 1:
        return _not_understood("its headings stand side by side more than once", True)
    foreign = "、".join(column.heading for column in columns if column.role == "foreign")
    headings = " ".join(column.heading for column in columns)
    says_targets = says_target(" ".join((*above, headings))) or any(column.kind == "target" for column in values)
    is_of_indicators = any(column.role == "name" and "指标" in column.heading for column in columns)
    filled = [column for column in values if has_numbers(cells(column.index))]
    if not filled and is_of_indicators and says_targets:
        # 全覆盖, 完成上级任务: words in place of every number.
        filled = [column for column in values if _has_words(cells(column.index))]
    if not filled:
        return _without_numbers(columns, cells, foreign, says_targets, bool(values) and is_of_indicators)
    if foreign and not (is_of_indicators and says_targets):
        if has_goals(columns) or is_project_list(columns):
            return Verdict("tasks", "its rows are projects with what is to be done")
        return _other_list(columns, f"it is a list with other things than targets: {foreign}")
    if not any(column.role == "name" or column.name for column in columns):
        return _not_understood("no column holds names of indicators", says_targets)
    if not (says_targets or is_of_indicators):
        if is_task_list(columns, cells):
            return Verdict("tasks", "its rows are tasks")
        return _not_understood("nothing says that its numbers are targets", any(column.name for column in columns))
    if all(column.kind in ("actual", "baseline") for column in filled) and not _is_lone_result(filled, above):
        return Verdict("other", "its numbers are results, not targets")
    verdict = Verdict("targets", "names with values")
    if not has_headings:
        verdict.remarks.append(
            Remark("headings_missing", "the table has no headings: its columns are told by their cells")
        )
    for column in columns:
        if not column.role and any(re.search("[0-9]", text) for text in cells(column.index)):
            message = f"a column of numbers was left out: {column.heading or column.index + 1}"
            verdict.remarks.append(Remark("column_not_understood", message))
        if column.role == "progress" and _SHARE.search(column.heading) and not _has_results_beside(column, columns):
            message = f"a column of shares was left out, as it may say how much was done: {column.heading}"
            verdict.remarks.append(Remark("column_not_understood", message))
    return verdict


def _has_results_beside(column: Column, columns: Sequence[Column]) -> bool:
    """Whether what was done stands beside a column, under the same heading: then a share is that of the target."""
    group = column.heading.rpartition("/")[0]
    return any(other.kind == "actual" and other.heading.rpartition("/")[0] == group for other in columns)


def _without_numbers(
    columns: Sequence[Column], cells: Cells, foreign: str, says_targets: bool, is_form: bool
) -> Verdict:
    """A table without values that are bare numbers."""
    if foreign and (has_goals(columns) or is_project_list(columns)):
        return Verdict("tasks", "its rows are projects with what is to be done")
    if foreign:
        return _other_list(columns, f"it is a list with other things than tasks: {foreign}")
    if any(column.role == "score" for column in columns):
        return Verdict("other", "it gives scores")
    if is_task_list(columns, cells):
        return Verdict("tasks", "its rows are tasks")
    if is_form:
        return Verdict("other", "no value is filled in")
    if says_targets and any(not column.role and share("value", cells(column.index)) > MOST for column in columns):
        return _not_understood("its columns of numbers have headings that are not known", True)
    return Verdict("other", "no column holds targets or tasks")


def _other_list(columns: Sequence[Column], why: str) -> Verdict:
    """A list of other things; where it names projects and who answers for them, that it is not read is told."""
    verdict = Verdict("other", why)
    is_of_tasks = any(column.role == "name" and column.may_be_text for column in columns)
    if is_of_tasks and any(column.role in OFFICE_ROLES for column in columns):
        message = f"the table names projects and units, and its rows were read neither as tasks nor as targets: {why}"
        verdict.remarks.append(Remark("projects_unread", message))
    return verdict


def _not_understood(why: str, is_likely: bool) -> Verdict:
    remark = Remark("columns_not_understood", f"the table seems to hold targets, but {why}")
    return Verdict("other", why, [remark] if is_likely else [])


@cache
def _target_words() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("target_table_words"))


def says_target(text: str) -> bool:
    """Whether a caption or heading speaks of targets: 2023年度目标任务分解表."""
    return bool(_target_words().search(fold(text)))


def has_numbers(cells: Sequence[str]) -> bool:
    """Whether a column holds bare numbers, such as can't be read (1.56:1) among them, and no more prose than them."""
    numbers = [text for text in cells if re.search("[0-9]", text) and len(text) <= LONGEST_VALUE]
    prose = [text for text in cells if fits("value", text) is False and len(text) > LONGEST_VALUE]
    return len(numbers) > 0 and len(numbers) >= len(prose)


def _has_words(cells: Sequence[str]) -> bool:
    shown = [text for text in cells if not is_nothing(text)]
    return bool(shown) and all(len(text) <= LONGEST_VALUE for text in shown)


def _is_lone_result(values: Sequence[Column], above: Sequence[str]) -> bool:
    """A lone 完成值 in a table of targets is the value to be reached."""
    if len(values) != 1 or values[0].kind != "actual" or "实际" in values[0].heading:
        return False
    return says_target(" ".join(above))


def settle_scopes(columns: Sequence[Column], cells: Cells) -> list[Column]:
    """What a column of 建设规模 or 建设内容 holds: a description where another says what is to be done, else just that.

    In a list of projects with who answers and by when, it is what is promised, and columns of 一季度 with words are steps.
    """
    scopes = [
        column for column in columns
        if column.role in ("text", "foreign", "step") and _SCOPE.search(_own(column)) and not _GOAL.search(_own(column))
    ]  # fmt: skip
    others = [column for column in columns if column not in scopes]
    steps = [column for column in others if column.role in ("value", "text", "time", "") and _is_step(column, cells)]
    if has_goals([column for column in others if column not in steps]):
        role = "foreign"
    elif is_project_list([*others, *(replace(column, role="text") for column in scopes)], bool(steps)):
        role = "text"
        others = [replace(column, role="step") if column in steps else column for column in others]
    elif any(column.role == "foreign" for column in others) or not any(column.role in OFFICE_ROLES for column in others):
        return list(columns)
    else:
        role = "text"
    settled = [*others, *(replace(column, role=role) for column in scopes)]
    return sorted(settled, key=lambda column: column.index)


def _is_step(column: Column, cells: Cells) -> bool:
    """Whether a column is of a part of the year, and says in words what is done in it."""
    shown = [text for text in cells(column.index) if not is_nothing(text)]
    in_words = [text for text in shown if len(re.findall("[\u4e00-\u9fff]", text)) >= 3]
    return bool(_PART_OF_YEAR.search(_own(column))) and 2 * len(in_words) > len(shown)


def is_project_list(columns: Sequence[Column], has_steps: bool = False) -> bool:
    """Whether rows are projects, with who answers for them, what is built, and by when or in which steps."""
    roles = {column.role for column in columns}
    foreign = [column for column in columns if column.role == "foreign"]
    return (
        any(column.role == "name" and column.may_be_text for column in columns)
        and bool(roles & set(OFFICE_ROLES))
        and bool(roles & {"text", "step"})
        and (has_steps or bool(roles & {"time", "step"}))
        and bool(foreign) and all(_OF_PROJECTS.search(_own(column)) for column in foreign)
    )  # fmt: skip


def _own(column: Column) -> str:
    """The lowest of the headings over a column; what stands above it (年度目标 over 建设内容) holds for its neighbours too."""
    return column.heading.rpartition("/")[2]


def has_goals(columns: Sequence[Column]) -> bool:
    """Whether a column says what is to be done (年度目标, 建设任务) and another who answers."""
    goals = [column for column in columns if column.role in ("text", "step") and _GOAL.search(column.heading)]
    return bool(goals) and any(column.role in OFFICE_ROLES for column in columns)


def is_task_list(columns: Sequence[Column], cells: Cells) -> bool:
    """Whether rows are tasks: text that says what to do, and mostly who answers or until when."""
    texts = [
        column for column in columns if column.role in ("text", "step") or column.role == "name" and column.may_be_text
    ]
    if not texts:
        return False
    longest = max(mean_length(cells(column.index)) for column in texts)
    is_answered = any(column.role in (*OFFICE_ROLES, "time", "people") for column in columns)
    is_text = any(column.role != "name" for column in texts)
    return longest >= (4 if is_text else 6) if is_answered else is_text and longest >= 12
