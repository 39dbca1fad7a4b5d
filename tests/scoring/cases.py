"""Hard cases of quantities, each a phrase in a task of a made notice, and the score by what is to be understood of it.

``tests/cases/quantities.csv``: ``value`` is in base units; ``kind`` is that of a commitment, or ``trap`` (no quantity at all),
``scope`` (a number that only describes) or ``missing`` (a number that the publisher lost: not scored).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests.scoring.folding import Row, fold, fold_id, fold_number, fold_unit
from tests.scoring.tables import Score

FILE = Path(__file__).parents[1] / "cases" / "quantities.csv"

_NOT_PROMISED = ("trap", "scope")
_HEAD = """某区人民政府办公室关于印发2026年某区重点工作任务的通知
某政办发〔2026〕7号
各镇人民政府、街道办事处:
现将重点工作任务印发给你们,请认真贯彻执行。
某区人民政府办公室
2026年1月20日
一、重点任务
(一)加强工作落实。统筹推进各项工作。(牵头单位:区发改局)"""


def read_cases() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_notice(cases: Sequence[Row]) -> str:
    """A notice with one task for each phrase."""
    tasks = [
        f"{number}.推进有关工作。{_without_head(phrase)}。(责任单位:区教育局)"
        for number, phrase in enumerate(_phrases(cases), 1)
    ]
    return "\n\n".join([*_HEAD.split("\n"), *tasks]) + "\n"


def _phrases(cases: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(case["text"] for case in cases))


def _without_head(phrase: str) -> str:
    """The phrase without a label of its own, which would be another item."""
    return re.sub(r"^\d+\.|^附件.*$", "", phrase) or phrase


def score_cases(cases: Sequence[Row], commitments: Sequence[Row]) -> dict[str, Score]:
    """The share understood of each aspect; ``traps`` is the share of traps not taken for a promise."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in commitments:
        found[fold_id(row["task_id"])].append(row)
    places = {phrase: f"1.1.{number}" for number, phrase in enumerate(_phrases(cases), 1)}
    results: defaultdict[str, list[bool]] = defaultdict(list)
    mistakes: defaultdict[str, list[str]] = defaultdict(list)
    for case in cases:
        rows = found[places[case["text"]]]
        siblings = [other for other in cases if other["text"] == case["text"]]
        for aspect, is_right in _judge(case, rows, siblings).items():
            results[aspect].append(is_right)
            if not is_right:
                seen = "; ".join(_told(row) for row in rows) or "nothing"
                mistakes[aspect].append(f"{case['text']}: {case['surface']}, found {seen}")
    return {
        aspect: Score(sum(rights) / len(rights), {"cases": len(rights), "right": sum(rights)}, mistakes[aspect])
        for aspect, rights in results.items()
    }


def _judge(case: Row, rows: Sequence[Row], siblings: Sequence[Row]) -> dict[str, bool]:
    """What is asked of a case, and whether it was understood."""
    if case["kind"] == "missing":
        return {}
    if case["kind"] in _NOT_PROMISED:
        return {"traps": not _is_trapped(case, rows, siblings)}
    if case["kind"] == "quantified":
        return {"quantified": any(row["kind"] == "quantified" for row in rows)}
    matching = [row for row in rows if _close(row["base_value"], case["value"]) or _close(row["value"], case["value"])]
    if not matching:
        return {"value": False, "unit": False, "bound": False}
    best = max(
        matching,
        key=lambda row: (fold(row["base_unit"]) == fold(case["unit"])) + (row["comparator"] == case["comparator"]),
    )
    units = (fold_unit(best["base_unit"]), fold_unit(best["unit"]))
    judged = {
        "value": True,
        "unit": fold_unit(case["unit"]) in units,
        "bound": best["comparator"] == case["comparator"],
    }
    if case["value_to"]:
        judged["range"] = _close(best["value_to"], case["value_to"])
    if case["baseline"]:
        # As printed: 8.7 of 8.7万元 where the case says 87000.
        judged["change"] = any(
            _close(best["baseline"], str(float(case["baseline"]) / scale)) for scale in (1, 10**4, 10**8)
        )
    if case["per"]:
        judged["per"] = bool(best["per"])
    if case["kind"] in ("increase", "decrease"):
        judged["kind"] = best["kind"] == case["kind"]
    return judged


def _is_trapped(case: Row, rows: Sequence[Row], siblings: Sequence[Row]) -> bool:
    """Whether the number of a trap was taken for a promise."""
    if not any(other["kind"] not in (*_NOT_PROMISED, "missing") for other in siblings):
        return bool(rows)
    digits = re.sub(r"[^\d.]", "", unicodedata.normalize("NFKC", case["surface"]))
    if any(
        other["kind"] not in _NOT_PROMISED and fold_number(other["value"]) == fold_number(digits) for other in siblings
    ):
        return False
    surface = fold(case["surface"])
    if digits:
        return any(
            fold_number(row["value"]) == fold_number(digits) and fold(row["unit"])[:1] in surface for row in rows
        )
    return case["kind"] == "trap" and any(
        surface in fold(row["clause"]) and row["unit"] != "" and fold(row["unit"]) in surface for row in rows
    )


def _close(given: str, wanted: str) -> bool:
    try:
        return abs(float(given) - float(wanted)) <= 1e-3 * max(1.0, abs(float(wanted)))
    except ValueError:
        return fold(given) == fold(wanted)


def _told(row: Row) -> str:
    columns = ("comparator", "value", "value_to", "unit", "per", "baseline", "kind")
    return " ".join(row[column] for column in columns if row[column])
