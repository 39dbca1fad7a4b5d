"""The score of commitments: whether the promised numbers were found where they stand, and what was understood of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.scoring.folding import Row, fold, fold_cell, fold_id, fold_number, fold_unit
from tests.scoring.tables import Score

#: What is asked of a pair. ``object_exact`` is told, but asks more than is fair.
ATTRIBUTES = ("comparator", "unit", "value_to", "kind", "object", "action", "modality", "per")
_MODALITIES = {"": "binding", "争创": "aspirational", "力争": "aspirational", "计划": "planned", "拟": "planned"}

_Key = tuple[str, str, str, str]


def score_commitments(gold: Sequence[Row], found: Sequence[Row]) -> Score:
    """F1 over place, value, unit and baseline; the share of right attributes among the pairs stands in the counts.

    Words such as 全覆盖 (``quantified``) are on neither side, nor are rows of gold that can be read in more than one way.
    """
    gold = [row for row in gold if row.get("kind") != "quantified"]
    found = [row for row in found if row.get("kind") != "quantified"]
    placed = any(row.get("task_id") for row in gold)
    for row in gold:
        if row.get("open"):
            found = _without_open(row, found, placed)
    gold = [row for row in gold if not row.get("open")]
    pool: defaultdict[_Key, list[Row]] = defaultdict(list)
    for row in found:
        pool[_key(row, placed)].append(row)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    mistakes: list[str] = []
    hits = 0
    for row in gold:
        candidates = pool[_key(row, placed)]
        if not candidates:
            mistakes.append(f"missed {row.get('task_id') or row.get('section_id', '')}: {row['quote']}")
            continue
        best = max(candidates, key=lambda other: _likeness(row, other))
        candidates.remove(best)
        hits += 1
        for attribute in ATTRIBUTES:
            if attribute in row:
                asked[attribute] += 1
                if _is_right(attribute, row[attribute], best.get(attribute, "")):
                    right[attribute] += 1
                else:
                    mistakes.append(
                        f"{row['quote']}: {attribute} {row[attribute]!r}, found {best.get(attribute, '')!r}"
                    )
        asked["object_exact"] += 1
        right["object_exact"] += fold(row.get("object", "")) == fold(best.get("object", ""))
    mistakes += [
        f"not in gold: {row['task_id'] or row['section_id']}: {row['clause']}: {row['value']} {row['unit']}"
        for rows in pool.values()
        for row in rows
    ]
    precision = hits / len(found) if found else float(not gold)
    recall = hits / len(gold) if gold else 1.0
    counts = {"gold": len(gold), "found": len(found), "precision": precision, "recall": recall}
    counts |= {attribute: right[attribute] / asked[attribute] for attribute in asked}
    return Score(2 * precision * recall / (precision + recall) if precision + recall else 0.0, counts, mistakes)


def _key(row: Row, placed: bool) -> _Key:
    place = fold_id(row.get("task_id") or row.get("section_id") or "") if placed else ""
    value, baseline = fold_number(row.get("base_value", "")), fold_number(row.get("baseline", ""))
    return place, value, fold_unit(row.get("base_unit", "")), baseline


def _without_open(gold: Row, found: Sequence[Row], placed: bool) -> list[Row]:
    """The rows found without the one that reads a number of which gold leaves the reading open: the one of its value, if there is."""
    near = [index for index, row in enumerate(found) if _key(row, placed)[0] == _key(gold, placed)[0]]
    same = [
        index
        for index in near
        if _key(found[index], placed)[1] == _key(gold, placed)[1] or fold_number(found[index]["value"]) == fold_number(gold["value"])
    ]
    told = [index for index in near if fold(gold["quote"]) in fold(found[index]["clause"])]
    chosen = next(iter([*same, *told]), None)
    return [row for index, row in enumerate(found) if index != chosen]


def _likeness(gold: Row, row: Row) -> int:
    return sum(
        fold_cell(column, gold.get(column, "")) == fold_cell(column, row.get(column, ""))
        for column in ("object", "comparator", "action")
    )


def _is_right(attribute: str, wanted: str, given: str) -> bool:
    match attribute:
        case "modality":
            return _MODALITIES.get(wanted, wanted) == given
        case "object":
            short, long = sorted((fold(wanted), fold(given)), key=len)
            # Where a noun phrase begins is a matter of judgement: a part of at least a third of it will do.
            return short == long or (len(short) > 1 and short in long and 3 * len(short) >= len(long))
        case "unit":
            return fold_unit(wanted) == fold_unit(given)
        case "value_to":
            return fold_number(wanted) == fold_number(given)
        case "per":
            return fold(wanted) == fold(given) or bool(wanted and given)
    return fold(wanted) == fold(given)
