"""Pairs, one to one, by best total: which rows of one notice are which of another, and what is nearest to the rest.

Exchanging the notices gives the same pairs: the worth of a pair has no direction, and where several totals are equal, the
notices are taken in an order that doesn't depend on which was given first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalize.same_names import Alike

#: The forms of one name, each as it is compared.
Names = tuple[str, ...]

# Candidates are those that share most pairs of characters; a pair of characters in very many names says nothing.
_CANDIDATES, _COMMON = 20, 200
#: Larger groups of names that could be each other's are paired from the best pair down.
_LARGEST_GROUP = 40
# The same name is worth more than any likeness, and one great likeness more than two small ones.
_WORTH = {"exact": 10**12, "normalized": 10**10, "fuzzy": 0}
# A rival that is nearly as like leaves it open which one is meant.
_CLEARLY = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of one notice and one of the other: how alike, and how many things beside the name speak for the pair.

    ``nearness`` of their places decides where all else is equal; ``may_be_half``: what they count would not keep the one from
    being a half of the other.
    """

    alike: Alike
    support: int = 0
    nearness: int = 0
    may_be_half: bool = False

    @property
    def worth(self) -> int:
        return _WORTH[self.alike.match] + int(self.alike.similarity * 100) ** 4 + self.support * 1000 + self.nearness

    def rivals(self, other: Candidate) -> bool:
        """Whether the other is as good, or so nearly so that this one can't be told to be meant."""
        if self.alike.match != other.alike.match:
            return False
        if other.alike.similarity > self.alike.similarity - _CLEARLY:
            return other.support >= self.support or other.alike.similarity > self.alike.similarity
        return False


@dataclass(slots=True)
class Matching:
    """Places of rows: the pairs with how alike they are, and of the rest the nearest of the other side with why it is none."""

    pairs: dict[tuple[int, int], Alike] = field(default_factory=dict)
    nearest_of_a: dict[int, tuple[int, Alike]] = field(default_factory=dict)
    nearest_of_b: dict[int, tuple[int, Alike]] = field(default_factory=dict)


def find_candidates(names_a: Sequence[Names], names_b: Sequence[Names]) -> list[tuple[int, int]]:
    """The places of names that share characters, as pairs: for each name of either side the few that share most."""
    found: set[tuple[int, int]] = set()
    for place, other in _most_alike(names_a, names_b):
        found.add((place, other))
    for place, other in _most_alike(names_b, names_a):
        found.add((other, place))
    return sorted(found)


def _most_alike(names: Sequence[Names], others: Sequence[Names]) -> list[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(others):
        for key in _keys(name):
            index[key].append(place)
    found = []
    for place, name in enumerate(names):
        shared: Counter[int] = Counter()
        for key in sorted(_keys(name)):
            if len(index.get(key, ())) <= _COMMON:
                # Having the whole name in common is more than having any of its parts.
                shared.update(dict.fromkeys(index.get(key, ()), 1 if len(key) == 2 else 1000))
        found += [(place, other) for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
    return found


def _keys(names: Names) -> set[str]:
    """The pairs of characters in the forms of a name, and the forms themselves, marked so as not to be taken for such."""
    return {name[place : place + 2] for name in names for place in range(len(name) - 1)} | {f"={name}=" for name in names}


def match_rows(
    candidates: Mapping[tuple[int, int], Candidate], keys_a: Sequence[str], keys_b: Sequence[str]
) -> Matching:
    """The best pairs among the candidates. ``keys_a`` and ``keys_b`` tell the rows of each side apart and order them."""
    if (sorted(keys_b), len(keys_b)) < (sorted(keys_a), len(keys_a)):
        turned = match_rows({(b, a): candidate for (a, b), candidate in candidates.items()}, keys_b, keys_a)
        return Matching({(a, b): alike for (b, a), alike in turned.pairs.items()}, turned.nearest_of_b, turned.nearest_of_a)
    possible = {pair: candidate for pair, candidate in candidates.items() if candidate.alike.match}
    chosen: set[tuple[int, int]] = set()
    order = {pair: (keys_a[pair[0]], keys_b[pair[1]]) for pair in possible}
    for group in _groups(possible):
        group.sort(key=order.__getitem__)
        chosen |= _best_total({pair: possible[pair].worth for pair in group})
    kept, open_pairs = _without_rivals(chosen, possible)
    matching = Matching({pair: possible[pair].alike for pair in sorted(kept)})
    for side, nearest in ((0, matching.nearest_of_a), (1, matching.nearest_of_b)):
        taken = {pair[side] for pair in kept}
        keys = (keys_a, keys_b)[1 - side]
        for pair, candidate in candidates.items():
            own, other = pair[side], pair[1 - side]
            if own in taken:
                continue
            alike = candidate.alike
            if pair in open_pairs:
                alike = Alike("", alike.similarity, "several are as near, and which is meant can't be said")
            elif alike.match:
                alike = Alike("", alike.similarity, "another row is nearer to it")
            best = nearest.get(own)
            if best is None or (-alike.similarity, keys[other]) < (-best[1].similarity, keys[best[0]]):
                nearest[own] = (other, alike)
    return matching


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The pairs in groups that share no row."""
    above: dict[tuple[int, int], tuple[int, int]] = {}

    def find_top(node: tuple[int, int]) -> tuple[int, int]:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for a, b in pairs:
        above[find_top((0, a))] = find_top((1, b))
    groups = defaultdict(list)
    for a, b in pairs:
        groups[find_top((0, a))].append((a, b))
    return list(groups.values())


def _best_total(worths: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    """The one-to-one pairs of largest total worth; in a very large group those that the best pair, the next … leave."""
    ours, theirs = list(dict.fromkeys(a for a, _ in worths)), list(dict.fromkeys(b for _, b in worths))
    if len(ours) == len(theirs) == 1:
        return set(worths)
    if max(len(ours), len(theirs)) > _LARGEST_GROUP:
        return _from_the_best_down(worths)
    # The Hungarian method on costs, with a place for each row that stays alone.
    size = len(ours) + len(theirs)
    cost = [[0] * size for _ in range(size)]
    for a, one in enumerate(ours):
        for b, other in enumerate(theirs):
            cost[a][b] = -worths.get((one, other), 0)
    pairs = _assign(cost)
    return {
        (ours[a], theirs[b]) for a, b in pairs if a < len(ours) and b < len(theirs) and (ours[a], theirs[b]) in worths
    }


def _assign(cost: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The assignment of least cost of a square table: row and column of each pair."""
    size = len(cost)
    of_row, of_column = [0] * (size + 1), [0] * (size + 1)
    row_of, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0], column = row, 0
        least: list[int | None] = [None] * (size + 1)
        done = [False] * (size + 1)
        while row_of[column]:
            done[column] = True
            delta: int | None = None
            following = 0
            for other in range(1, size + 1):
                if not done[other]:
                    reduced = cost[row_of[column] - 1][other - 1] - of_row[row_of[column]] - of_column[other]
                    known = least[other]
                    if known is None or reduced < known:
                        least[other], way[other] = reduced, column
                        known = reduced
                    if delta is None or known < delta:
                        delta, following = known, other
            for other in range(size + 1):
                if done[other]:
                    of_row[row_of[other]] += delta or 0
                    of_column[other] -= delta or 0
                elif (known := least[other]) is not None:
                    least[other] = known - (delta or 0)
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return [(row_of[column] - 1, column - 1) for column in range(1, size + 1)]


def _from_the_best_down(worths: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    taken: set[tuple[int, int]] = set()
    chosen = set()
    for a, b in sorted(worths, key=lambda pair: -worths[pair]):
        if (0, a) not in taken and (1, b) not in taken:
            taken |= {(0, a), (1, b)}
            chosen.add((a, b))
    return chosen


def _without_rivals(
    chosen: set[tuple[int, int]], possible: Mapping[tuple[int, int], Candidate]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The chosen pairs but those for which a row that stays alone would do as well, and all pairs that are so left open."""
    taken_a, taken_b = {a for a, _ in chosen}, {b for _, b in chosen}
    open_pairs: set[tuple[int, int]] = set()
    pairs_of: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in possible:
        pairs_of[0, pair[0]].append(pair)
        pairs_of[1, pair[1]].append(pair)
    for pair in chosen:
        for rival in (*pairs_of[0, pair[0]], *pairs_of[1, pair[1]]):
            is_alone = rival[0] not in taken_a or rival[1] not in taken_b
            if rival != pair and is_alone and possible[pair].rivals(possible[rival]):
                open_pairs |= {pair, rival}
    return chosen - open_pairs, open_pairs


