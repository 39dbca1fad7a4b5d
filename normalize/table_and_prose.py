"""One indicator of the table and one commitment of the prose, as they are held against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold
from normalize import vocabulary
from normalize.amounts import Amount
from normalize.periods import read_period
from normalize.results import Cells
from normalize.subjects import LONGEST, Subject, make_key, read_subject

_EACH_YEAR = {"每年", "每年度"}
#: By how much, not to what: 增长6% is a value of 增速 and of nothing else.
_RATE_OF_KIND = {"increase": "增长率", "decrease": "下降率"}
#: Whose promise it is, where it is not that of the whole area: 在东桥镇新增泊位300个.
_LOCAL = re.compile("(?<!城)镇|(?<!城)乡(?!村)|街道|(?<![农乡])村|社区|园区|开发区|医院|学校|中学|小学|公司|集团|中心")
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator and component of the table: what it may be called, and its rows by year (``None``: not known)."""

    names: tuple[Subject, ...]
    component: str
    siblings: frozenset[str]
    domain: str
    rows: dict[int | None, list[int]]

    def names_for(self, promise: Promise) -> tuple[Subject, ...]:
        """What it may be called in a promise; nothing where the promise names another component, or not this one."""
        if not self.component:
            return () if any(other in promise.words for other in self.siblings) else self.names
        if self.component in promise.words:
            return self.names
        if self.component in promise.clause and not any(other in promise.clause for other in self.siblings):
            return self.names[-1:]
        return ()


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment: what its object may be called, its words, and the time that it is for."""

    names: tuple[Subject, ...]
    words: str
    clause: str
    amount: Amount
    is_change_of_rate: bool
    year: int | None
    is_yearly: bool
    is_oftener: bool
    is_over_years: bool
    is_local: bool
    action_of_part: str


def read_targets(values: Sequence[Cells]) -> list[Target]:
    """The rows of the table by indicator and component."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    components: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(values):
        rows[row["indicator_id"], row["component"]].append(number)
        components[row["indicator_id"]].add(_component_key(row["component"]))
    targets = []
    for (indicator, _), numbers in rows.items():
        first = values[numbers[0]]
        component = _component_key(first["component"])
        is_rate = Amount.of(first).is_rate
        per = Amount.of(first).per
        names = [read_subject(first["name"], per, component, is_rate=is_rate)]
        if component:
            # 职工 + 住院报销比例; a 其中 row has a name of its own.
            names.insert(0, names[0].after(component))
            if len(component) > 3:
                names.insert(1, read_subject(component, per, is_rate=is_rate))
        by_year: dict[int | None, list[int]] = defaultdict(list)
        for number in numbers:
            period = str(values[number]["period"])
            by_year[int(period) if period.isdigit() else None].append(number)
        targets.append(
            Target(
                tuple(names),
                component,
                frozenset(components[indicator] - {component, ""}),
                first["domain"][:LONGEST],
                dict(by_year),
            )
        )
    return targets


def _component_key(component: str) -> str:
    return make_key(component).removeprefix("其中")


def read_promise(row: Cells, objects: dict[str, str]) -> Promise:
    """A row of ``commitments``. ``objects`` are the keys of all commitments' objects, by id."""
    amount = Amount.of(row)
    key = make_key(row["object"])
    head = _before_number(row)
    texts = [row["object"]]
    if ending := _RATE_OF_KIND.get(row["kind"]):
        texts = [row["object"] + ending]
    elif row["kind"] == "quantified" and "全覆盖" in row["clause"]:
        texts = [row["object"] + "覆盖率"]
    else:
        if row["action"].endswith(_nouns_too()):
            texts.append(row["action"] + row["object"])
        if key and head.endswith(key) and head not in (key, make_key(row["action"]) + key):
            texts.append(head)
    often = row["frequency"]
    # 每月 of 每人每月60元 and 每天 of 每天活动时间 are no rhythm of keeping the promise.
    is_rhythm = bool(often) and often not in row["per"] and often not in row["object"]
    is_inherited = row["part_of"] != "" and objects.get(row["part_of"]) == key
    return Promise(
        names=tuple(read_subject(text, amount.per, row["action"] + head, is_rate=amount.is_rate) for text in texts),
        words=make_key(row["action"] + row["object"]),
        clause=make_key(row["clause"]),
        amount=amount,
        is_change_of_rate=row["kind"] in _RATE_OF_KIND,
        year=_year_of(row),
        is_yearly=is_rhythm and often in _EACH_YEAR,
        is_oftener=is_rhythm and often not in _EACH_YEAR,
        is_over_years=row["kind"] != "change" and len(set(_YEAR.findall(fold(row["period_text"])))) > 1,
        is_local=bool(key and _LOCAL.search(head.rpartition(key)[0])),
        action_of_part=make_key(row["action"]) if is_inherited else "",
    )


@cache
def _nouns_too() -> tuple[str, ...]:
    """The actions that may be part of what an indicator is called: 改造 of 老旧小区改造."""
    return tuple(row["action"] for row in vocabulary.entries("actions") if row["strength"] != "strong")


def _year_of(row: Cells) -> int | None:
    if row["kind"] == "change" and (named := _YEAR.findall(fold(row["clause"]))):
        return int(named[-1])  # 由2022年的52.3%提高到2027年的67% is for 2027
    return int(row["due"][:4]) if row["due"] else read_period(fold(row["period_text"])).year


def _before_number(row: Cells) -> str:
    """The words of the clause before the number, as a key; empty where another number stands among them."""
    clause = fold(row["clause"])
    head, found, _ = clause.partition(f"{row['value']}{fold(row['unit'])}")
    if not found:
        return ""
    if re.search("[0-9]", head):
        head = head.rpartition("、")[2]
    key = make_key(head)
    return "" if re.search("[0-9]", key) else key.removeprefix("其中")
