"""The commitments of two notices, one beside the other: rows of ``commitment_comparison`` without ids of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold_key
from normalize import vocabulary
from normalize.amounts import Amount, Fit
from normalize.directions import Judgement, judge, read_polarity
from normalize.editions import Edition
from normalize.evidence import are_new, find_doubt, fit_of_units, lasts, read_amount, weigh
from normalize.mapping import Entry, Rule, settle
from normalize.matching import Candidate
from normalize.pairing import Pairing, Side, find_pairings
from normalize.results import Cells
from normalize.same_names import Alike, Named, liken_names, make_plain, read_named
from normalize.schema import Row

#: By how much, not to what: 增长6% and 达到6% are two things.
_RATE_OF_KIND = {"increase": "增长率", "decrease": "下降率"}
_AMOUNTS = {"level", "change", "quantified"}
# A notice of one year that says 每年 means its own.
_EACH_YEAR = {"", "每年", "每年度", "全年"}
# 改造3家 is not 新建3家.
_RENEWS = re.compile("[改扩修]|迁建|提升|整治|更新|升级|加固")
_LESSENS = re.compile("[减降压缩控限]")
# Names of fewer characters are of one thing only under one topic.
_SHORT = 3
_NUMBER = re.compile("[0-9.,%‰]+")


@dataclass(frozen=True, slots=True)
class Deed:
    """What an action does to its object: ``delivers`` something, not only reaches or keeps a level; makes it ``new``, ``renews``
    it, brings it to ``stages`` (开工, 竣工), or has others do so (``causes``: 支持).
    """

    delivers: bool
    is_new: bool
    renews: bool
    causes: bool
    stages: frozenset[str]

    def is_apart_from(self, other: Deed) -> bool:
        return (self.renews, self.causes, self.stages) != (other.renews, other.causes, other.stages)


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment: its name for comparing, what its action does, its clause without numbers.

    ``has_twin``: another of the notice is of the same name, and only their clauses tell them apart.
    """

    row: Row
    domain: str
    named: Named
    deed: Deed
    clause: str
    amount: Amount | None
    has_twin: bool


def compare_commitments(edition_a: Edition, edition_b: Edition, rules: Sequence[Rule]) -> list[Cells]:
    """Rows of ``commitment_comparison``: first those of a in its order, then what is new in b."""
    ours, theirs = _read_commitments(edition_a), _read_commitments(edition_b)

    def liken(a: int, b: int) -> Candidate:
        return _liken(ours[a], theirs[b])

    settled = settle(rules, "commitments", edition_a, edition_b, _entries(ours), _entries(theirs))
    rows = []
    for pairing in find_pairings(_side(ours), _side(theirs), liken, settled):
        one = None if pairing.a is None else ours[pairing.a]
        other = None if pairing.b is None else theirs[pairing.b]
        near = None if pairing.nearest is None else (theirs if other is None else ours)[pairing.nearest]
        rows.append(_row(pairing, one, other, near, edition_a, edition_b))
    return rows


def _read_commitments(edition: Edition) -> list[Commitment]:
    domains = {row["task_id"]: row["domain"] for row in edition.rows["tasks"]}
    rows = sorted(edition.rows["commitments"], key=lambda row: (row["start"], row["commitment_id"]))
    objects = {row["commitment_id"]: row["object"] for row in rows}
    named = [_read_named(row, objects) for row in rows]
    twins = Counter((name.whole, row["action"]) for name, row in zip(named, rows, strict=True))
    return [
        Commitment(
            row, domains.get(row["task_id"], ""), name, _read_deed(row["action"]), _NUMBER.sub("", make_plain(row["clause"])),
            read_amount(row), twins[name.whole, row["action"]] > 1,
        )
        for name, row in zip(named, rows, strict=True)
    ]  # fmt: skip


def _read_named(row: Row, objects: Mapping[str, str]) -> Named:
    name = row["object"] + _RATE_OF_KIND.get(row["kind"], "")
    if objects.get(row["part_of"]) == row["object"]:
        # What only its action sets apart from its whole: 其中新开工700套.
        name = row["action"] + name
    amount = read_amount(row)
    # What is delivered is new, whichever verb says so: 建设, 新建.
    delivered = "新增" if row["action"] in _strengths() and "累计" not in row["clause"] else ""
    return read_named(
        name, "", amount.per if amount else row["per"], row["unit"], delivered, is_rate=bool(amount and amount.is_rate)
    )


def _read_deed(action: str) -> Deed:
    """What an action does, by the lists of actions and contrasts.

    >>> _read_deed("新开工").stages, _read_deed("改扩建").renews, _read_deed("支持").causes, _read_deed("达到").delivers
    (frozenset({'begun'}), True, True, False)
    """
    subject = read_named("", context=action).subject
    # 新开 is a new thing, and 新开工 is a stage all the same.
    stages = read_named("", context=action.removeprefix("新")).subject.sides.get("stage", ())
    return Deed(
        action in _strengths(), "new" in subject.natures, bool(_RENEWS.search(action)),
        _strengths().get(action) == "causative", frozenset(side.name for side in stages),
    )  # fmt: skip


@cache
def _strengths() -> dict[str, str]:
    return {row["action"]: row["strength"] for row in vocabulary.entries("actions")}


def _side(items: Sequence[Commitment]) -> Side:
    return Side(
        keys=[f"{item.named.whole} {item.row['commitment_id']}" for item in items],
        ids=[item.row["commitment_id"] for item in items],
        names=[(item.named.subject.core, item.named.whole) for item in items],
        printed=[item.row["object"] for item in items],
    )


def _entries(items: Sequence[Commitment]) -> list[Entry]:
    return [Entry((item.row["commitment_id"],), item.row["object"]) for item in items]


def _liken(one: Commitment, other: Commitment) -> Candidate:
    """How well a commitment of one notice fits one of the other: by name, action, unit, topic, numbers."""
    fit = fit_of_units(one.amount, other.amount, new=are_new(one.named, other.named))
    same_domain = bool(one.domain) and fold_key(one.domain) == fold_key(other.domain)
    alike = liken_names(one.named, other.named, lasts=lasts(one.amount, other.amount))
    if alike.match and (reason := _against(one, other, fit, same_domain)):
        alike = Alike("", alike.similarity, reason)
    alike = weigh(alike, fit, one.amount, other.amount, same_domain)
    if alike.match in ("exact", "normalized") and one.row["action"] != other.row["action"]:
        alike = Alike("normalized" if one.deed == other.deed else "fuzzy", alike.similarity)
    same_task = one.row["task_id"] == other.row["task_id"]
    support = 3 * same_domain + 2 * (fit == Fit.YES) + (one.row["action"] == other.row["action"])
    return Candidate(alike, support, int(same_task), same_domain and fit == Fit.YES)


def _against(one: Commitment, other: Commitment, fit: Fit, same_domain: bool) -> str:
    """Why two commitments of like names are two things; empty where nothing says so."""
    kinds = {one.row["kind"], other.row["kind"]}
    if len(kinds) > 1 and not kinds <= _AMOUNTS:
        return f"{one.row['kind']} is not {other.row['kind']}"
    if one.deed.is_apart_from(other.deed):
        return f"{one.row['action'] or 'no action'} is not {other.row['action'] or 'no action'}"
    if lasts(one.amount, other.amount) and one.named.subject.natures != other.named.subject.natures:
        return "what is new is not what is there"
    if fit == Fit.NO:
        return "another unit"
    if one.clause == other.clause:
        return ""
    if not same_domain and min(len(one.named.subject.core), len(other.named.subject.core)) <= _SHORT:
        return "a short name under another topic"
    return "several of this name, and other clauses" if one.has_twin or other.has_twin else ""


def _row(
    pairing: Pairing, one: Commitment | None, other: Commitment | None, near: Commitment | None, edition_a: Edition, edition_b: Edition
) -> Cells:  # fmt: skip
    cells: Cells = {
        **pairing.cells(),
        "comparison_id": "~".join(item.row["commitment_id"] if item else "" for item in (one, other)),
    }
    for side, item in (("a", one), ("b", other)):
        row = item.row if item else {}
        cells |= {
            f"{column}_{side}": row.get(column, "")
            for column in ("commitment_id", "task_id", "action", "object", "modality", "kind", "frequency", "due", "comparator", "unit", "clause")
        }  # fmt: skip
    if near is not None:
        cells |= {"nearest_id": near.row["commitment_id"], "nearest_name": near.row["object"]}
    return cells | _judge(pairing, one, other, edition_a, edition_b).cells()


def _judge(
    pairing: Pairing, one: Commitment | None, other: Commitment | None, edition_a: Edition, edition_b: Edition
) -> Judgement:
    if one is None or other is None:
        found = judge(one.row if one else None, other.row if other else None, "")
        return Judgement(found.value_a, found.value_b, found.base_unit, reason=pairing.reason)
    doubts = [find_doubt(one.named, other.named, pairing.match, is_part=pairing.is_part)]
    if pairing.is_part and not (one.amount and one.amount.is_rate and other.amount and other.amount.is_rate):
        doubts.append(f"{pairing.kind}: a part is not the whole")
    frequencies = [fold_key(item.row["frequency"]) for item in (one, other)]
    if len({"" if often in _EACH_YEAR else often for often in frequencies}) > 1:
        doubts.append(f"frequency: {one.row['frequency'] or 'once'} is not {other.row['frequency'] or 'once'}")
    ends = [_horizon(item.row, edition) for item, edition in ((one, edition_a), (other, edition_b))]
    if not _are_of_one_time(ends, edition_a, edition_b):
        doubts.append(f"period: {ends[0]} is not {ends[1]}")
    rows = [one.row, other.row]
    delivers = one.deed.delivers and other.deed.delivers and not _LESSENS.search(one.row["action"] + other.row["action"])
    polarity = read_polarity([one.named.plain, other.named.plain], rows, delivers=delivers)
    doubt = "; ".join(filter(None, doubts))
    return judge(one.row, other.row, polarity, doubt=doubt, are_new=are_new(one.named, other.named))


def _horizon(row: Row, edition: Edition) -> int | None:
    """The year by which a commitment is to be kept."""
    if row["due"]:
        return int(row["due"][:4])
    return edition.years[-1] if edition.is_plan else edition.year


def _are_of_one_time(ends: Sequence[int | None], edition_a: Edition, edition_b: Edition) -> bool:
    """Whether two promises are for the same year, or for equally far ahead, each from its notice's year or its plan's end."""
    if ends[0] == ends[1]:
        return True
    bases = [edition.years[-1] if edition.is_plan else edition.year for edition in (edition_a, edition_b)]
    if edition_a.is_plan != edition_b.is_plan or None in ends or None in bases:
        return False
    ahead = [end - base for end, base in zip(ends, bases, strict=True) if end is not None and base is not None]
    return ahead[0] == ahead[1]
