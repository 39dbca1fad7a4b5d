"""From likeness to pairs: what the user's mapping settles, then one to one by best total, then splits and merges.

The three tables that are compared differ in how two rows are likened, and go through the same steps here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.joint_names import find_joined
from normalize.mapping import Settled
from normalize.matching import Candidate, Matching, Names, find_candidates, match_rows
from normalize.results import Cells
from normalize.same_names import Alike

_STATUS = {"exact": "kept", "normalized": "kept", "fuzzy": "renamed", "mapped": "renamed"}


@dataclass(frozen=True, slots=True)
class Side:
    """The rows of one notice, by place: ``keys`` order them and tell them apart, ``ids`` are those that a split or merge
    repeats, ``names`` the forms in which they are likened, ``printed`` their names as they stand.
    What is less like than ``near_enough`` is not worth a reader's look.
    """

    keys: Sequence[str]
    ids: Sequence[str]
    names: Sequence[Names]
    printed: Sequence[str]
    near_enough: Decimal = Decimal("0.40")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Places of rows of a and b that are one thing, or of one row alone, with the place of the ``nearest`` on the other side.

    ``kind`` is ``one``, ``split`` or ``merge``, and empty for a row alone; ``is_part`` where the rows themselves, and not only
    components of one indicator, are split or merged; ``reason`` says why a row is alone.
    """

    a: int | None
    b: int | None
    match: str
    similarity: Decimal | str
    kind: str
    is_part: bool = False
    nearest: int | None = None
    reason: str = ""

    @property
    def status(self) -> str:
        if self.a is None:
            return "new"
        return "dropped" if self.b is None else _STATUS[self.match]

    def cells(self) -> Cells:
        return {"match": self.match, "similarity": self.similarity, "status": self.status, "pairing": self.kind}


def find_pairings(
    side_a: Side, side_b: Side, liken: Callable[[int, int], Candidate], settled: Settled
) -> list[Pairing]:
    """Every row of a with its counterparts or alone, in a's order, then every row of b that is alone."""
    candidates = {
        (a, b): liken(a, b)
        for a, b in find_candidates(side_a.names, side_b.names)
        if a not in settled.places_a and b not in settled.places_b
    }
    matching = match_rows(candidates, side_a.keys, side_b.keys)
    alikes = dict(matching.pairs)
    alikes |= _find_joined(alikes, candidates, side_a, side_b)
    for a, b in settled.pairs:
        alikes[a, b] = Alike("mapped", liken(a, b).alike.similarity)
    kinds = _kinds(alikes, side_a.ids, side_b.ids)
    rows_of_a, rows_of_b = Counter(a for a, _ in alikes), Counter(b for _, b in alikes)
    of_a: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(alikes):
        of_a[a].append(b)
    pairings = []
    for a in range(len(side_a.keys)):
        for b in of_a[a]:
            is_part = rows_of_a[a] > 1 or rows_of_b[b] > 1
            pairings.append(Pairing(a, b, alikes[a, b].match, alikes[a, b].similarity, kinds[a, b], is_part))
        if not of_a[a]:
            pairings.append(_alone(a, None, matching, settled, side_a.near_enough))
    paired = {b for _, b in alikes}
    return pairings + [
        _alone(None, b, matching, settled, side_b.near_enough) for b in range(len(side_b.keys)) if b not in paired
    ]


def _alone(a: int | None, b: int | None, matching: Matching, settled: Settled, near_enough: Decimal) -> Pairing:
    if a in settled.alone_a if a is not None else b in settled.alone_b:
        return Pairing(a, b, "none", "", "", False, None, "mapping.csv: no counterpart")
    nearest = matching.nearest_of_a.get(a) if a is not None else matching.nearest_of_b.get(b if b is not None else -1)
    if nearest is None or nearest[1].similarity < near_enough:
        return Pairing(a, b, "none", "", "", False, None, "no counterpart, and nothing near")
    place, alike = nearest
    return Pairing(a, b, "none", alike.similarity, "", False, place, f"no counterpart; the nearest is none: {alike.reason}")


def _find_joined(
    pairs: Mapping[tuple[int, int], Alike], candidates: Mapping[tuple[int, int], Candidate], side_a: Side, side_b: Side
) -> dict[tuple[int, int], Alike]:
    """The pairs of splits and merges. A row that has a counterpart of the same name is no part of one."""
    sure_a = {a for (a, _), alike in pairs.items() if alike.match != "fuzzy"}
    sure_b = {b for (_, b), alike in pairs.items() if alike.match != "fuzzy"}
    fits_a: dict[int, set[int]] = defaultdict(set)
    fits_b: dict[int, set[int]] = defaultdict(set)
    for (a, b), candidate in candidates.items():
        if candidate.may_be_half and a not in sure_a and b not in sure_b:
            fits_a[a].add(b)
            fits_b[b].add(a)
    found: set[tuple[int, int]] = set()
    for joint, halves in find_joined(side_a.printed, side_b.printed, fits_a).items():
        found |= {(joint, half) for half in halves}
    for joint, halves in find_joined(side_b.printed, side_a.printed, fits_b).items():
        found |= {(half, joint) for half in halves}
    parts_a, parts_b = {a for a, _ in found}, {b for _, b in found}
    others = {pair for pair in pairs if pair not in found and (pair[0] in parts_a or pair[1] in parts_b)}
    taken_a, taken_b = {a for a, _ in others}, {b for _, b in others}
    is_open = any(a in taken_a or b in taken_b for a, b in found)
    return {} if is_open else {pair: Alike("fuzzy", candidates[pair].alike.similarity) for pair in found}


def _kinds(pairs: Mapping[tuple[int, int], Alike], ids_a: Sequence[str], ids_b: Sequence[str]) -> dict[tuple[int, int], str]:
    """Whether a pair is one of one, or of a split (one of a, several of b), or of a merge."""
    joined = {(ids_a[a], ids_b[b]) for a, b in pairs}
    of_a, of_b = Counter(a for a, _ in joined), Counter(b for _, b in joined)
    return {
        (a, b): "split" if of_a[ids_a[a]] > 1 else "merge" if of_b[ids_b[b]] > 1 else "one" for a, b in pairs
    }
