"""The tasks of two notices, one beside the other: rows of ``task_comparison`` without ids of documents.

Titles of tasks change every year and are made of the same few words. A pair needs titles and texts that share what is
rare in the two notices.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.folding import fold_key
from normalize.editions import Edition
from normalize.mapping import Entry, Rule, settle
from normalize.matching import Candidate
from normalize.pairing import Pairing, Side, find_pairings
from normalize.results import Cells
from normalize.same_names import Alike, exchange, make_plain
from normalize.schema import Row

#: From here on two tasks are one: the mean of how like the titles and how like the texts are, in one domain and in two;
#: and where a text is lacking, how like the titles are.
ALIKE, ALIKE_IN_TWO_DOMAINS, ALIKE_BY_TITLE = Decimal("0.22"), Decimal("0.30"), Decimal("0.60")
#: A text that shares less than this is about something else, whatever the titles say.
_LEAST_OF_TEXT = Decimal("0.08")
_NEAR_ENOUGH = Decimal("0.10")
_FARTHEST = 50
# A text is compared by its first characters, and found by fewer.
_LONGEST, _FOUND_BY = 3000, 300


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its title and text without width, quotes and brackets, and how often each pair of characters is in them."""

    row: Row
    title: str
    text: str
    pairs_of_title: Counter[str]
    pairs_of_text: Counter[str]

    @property
    def offices(self) -> frozenset[str]:
        units = "、".join((self.row["responsible_units"], self.row["lead_units"]))
        return frozenset(fold_key(unit) for unit in units.split("、") if unit)


def compare_tasks(edition_a: Edition, edition_b: Edition, rules: Sequence[Rule]) -> list[Cells]:
    """Rows of ``task_comparison``: first those of a in its order, then what is new in b."""
    ours, theirs = (_read_tasks(edition.rows["tasks"]) for edition in (edition_a, edition_b))
    rarity = _rarity([*ours, *theirs])

    def liken(a: int, b: int) -> Candidate:
        return _liken(ours[a], theirs[b], rarity)

    settled = settle(rules, "tasks", edition_a, edition_b, _entries(ours), _entries(theirs))
    rows = []
    for pairing in find_pairings(_side(ours), _side(theirs), liken, settled):
        one = None if pairing.a is None else ours[pairing.a]
        other = None if pairing.b is None else theirs[pairing.b]
        near = None if pairing.nearest is None else (theirs if other is None else ours)[pairing.nearest]
        rows.append(_row(pairing, one, other, near, rarity))
    return rows


def _read_tasks(rows: Sequence[Row]) -> list[Task]:
    found = []
    for row in sorted(rows, key=lambda row: (row["start"], row["task_id"])):
        title, text = make_plain(row["title"][:_LONGEST]), make_plain(row["text"][:_LONGEST])
        found.append(Task(row, title, text, Counter(_pairs(exchange(title))), Counter(_pairs(exchange(text)))))
    return found


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _rarity(tasks: Sequence[Task]) -> dict[str, float]:
    """What each pair of characters says: the more, the fewer tasks of the two notices have it."""
    found = Counter(pair for task in tasks for pair in task.pairs_of_title.keys() | task.pairs_of_text.keys())
    return {pair: math.log(1 + len(tasks) / count) for pair, count in found.items()}


def _likeness(one: Counter[str], other: Counter[str], rarity: Mapping[str, float]) -> Decimal:
    """The share of pairs of characters that two texts have in common, each by its rarity."""
    if one == other:
        return Decimal(1)

    def weight(pairs: Counter[str]) -> float:
        return sum(count * rarity[pair] for pair, count in sorted(pairs.items()))

    total = weight(one) + weight(other)
    return Decimal(f"{2 * weight(one & other) / total:.2f}") if total else Decimal(0)


def _side(tasks: Sequence[Task]) -> Side:
    return Side(
        keys=[f"{task.title} {task.row['task_id']}" for task in tasks],
        ids=[task.row["task_id"] for task in tasks],
        names=[(task.title, task.text[:_FOUND_BY]) for task in tasks],
        printed=[task.row["title"] for task in tasks],
        near_enough=_NEAR_ENOUGH,
    )


def _entries(tasks: Sequence[Task]) -> list[Entry]:
    return [Entry((task.row["task_id"],), task.row["title"]) for task in tasks]


def _liken(one: Task, other: Task, rarity: Mapping[str, float]) -> Candidate:
    same_domain = bool(one.row["domain"]) and fold_key(one.row["domain"]) == fold_key(other.row["domain"])
    distance = 0
    if isinstance(one.row["seq"], int) and isinstance(other.row["seq"], int):
        distance = max(_FARTHEST - abs(one.row["seq"] - other.row["seq"]), 0)
    of_text = _likeness(one.pairs_of_text, other.pairs_of_text, rarity)
    support = 3 * same_domain + bool(one.offices & other.offices)
    return Candidate(_alike(one, other, same_domain, of_text, rarity), support, distance, same_domain)


def _alike(one: Task, other: Task, same_domain: bool, of_text: Decimal, rarity: Mapping[str, float]) -> Alike:
    if one.row["kind"] != other.row["kind"]:
        return Alike("", Decimal(0), "a task is no measure")
    if one.title == other.title:
        return Alike("exact" if one.row["title"] == other.row["title"] else "normalized", Decimal(1))
    of_title = _likeness(one.pairs_of_title, other.pairs_of_title, rarity)
    if not one.text or not other.text:
        return Alike("fuzzy" if of_title >= ALIKE_BY_TITLE else "", of_title, f"titles under {ALIKE_BY_TITLE}")
    mean = ((of_title + of_text) / 2).quantize(Decimal("0.01"))
    least = ALIKE if same_domain else ALIKE_IN_TWO_DOMAINS
    if of_text < _LEAST_OF_TEXT:
        return Alike("", mean, "the texts share next to nothing")
    return Alike("fuzzy" if mean >= least else "", mean, f"under {least}")


def _row(pairing: Pairing, one: Task | None, other: Task | None, near: Task | None, rarity: Mapping[str, float]) -> Cells:
    cells: Cells = {
        **pairing.cells(),
        "comparison_id": "~".join(task.row["task_id"] if task else "" for task in (one, other)),
        "reason": pairing.reason,
    }
    for side, task in (("a", one), ("b", other)):
        row = task.row if task else {}
        cells |= {f"{column}_{side}": row.get(column, "") for column in ("task_id", "kind", "domain", "title", "time_limit")}
    if near is not None:
        cells |= {"nearest_id": near.row["task_id"], "nearest_name": near.row["title"]}
    if one and other:
        cells["text_similarity"] = _likeness(one.pairs_of_text, other.pairs_of_text, rarity)
        for side, gone in (("added", other.offices - one.offices), ("dropped", one.offices - other.offices)):
            names = (other if side == "added" else one).row
            printed = "、".join((names["responsible_units"], names["lead_units"])).split("、")
            cells[f"offices_{side}"] = "、".join(dict.fromkeys(name for name in printed if fold_key(name) in gone))
    return cells
