"""``mapping.csv``, kept by the user: which rows of two notices are one thing, and which have no counterpart. It wins.

Columns: ``table`` (indicators, tasks, commitments), ``document_id_a``, ``a``, ``document_id_b``, ``b``, ``note``. ``a`` and ``b`` are an
id (``i1.13``, ``i1.13:职工``, ``t2.1.3``) or a name as printed; an empty one says that the other has no counterpart. Where a
document_id is empty, the row holds for any notice. A row holds in both directions.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import NoticeError
from normalize.editions import COMPARED, Edition
from normalize.same_names import make_plain

COLUMNS = ("table", "document_id_a", "a", "document_id_b", "b", "note")
_MOST_ROWS = 10_000


class MappingError(NoticeError):
    """A mapping that can't be read, or that says what can't be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the mapping; ``place`` is for messages."""

    place: str
    table: str
    documents: tuple[str, str]
    sides: tuple[str, str]
    note: str

    def turned(self) -> Rule:
        return Rule(self.place, self.table, self.documents[::-1], self.sides[::-1], self.note)

    def is_for(self, edition_a: Edition, edition_b: Edition) -> bool:
        names = (edition_a.name, edition_b.name)
        return all(not named or named == name for named, name in zip(self.documents, names, strict=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a rule may name: a row, by its ids and its name; ``part`` is its component."""

    ids: tuple[str, ...]
    name: str
    part: str = ""


@dataclass(slots=True)
class Settled:
    """Places of rows: pairs that a mapping makes, and rows that it leaves alone."""

    pairs: set[tuple[int, int]] = field(default_factory=set)
    alone_a: set[int] = field(default_factory=set)
    alone_b: set[int] = field(default_factory=set)

    @property
    def places_a(self) -> set[int]:
        return self.alone_a | {a for a, _ in self.pairs}

    @property
    def places_b(self) -> set[int]:
        return self.alone_b | {b for _, b in self.pairs}


def read_mapping(path: Path) -> list[Rule]:
    """The rules of a mapping. Raises ``MappingError``."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [row for row, _ in zip(reader, range(_MOST_ROWS + 1), strict=False)]
            header = tuple(reader.fieldnames or ())
    except OSError as error:
        raise MappingError(str(path), f"can't be read ({error.strerror or error})", "check the path") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise MappingError(str(path), f"is no CSV file in UTF-8 ({error})", "save it as CSV UTF-8") from error
    if header != COLUMNS:
        raise MappingError(str(path), f"has the columns {', '.join(header) or 'none'}", f"it needs {','.join(COLUMNS)}")
    if len(rows) > _MOST_ROWS:
        raise MappingError(str(path), f"has more than {_MOST_ROWS} rows", "give a shorter one")
    return [_read_rule(row, path, number) for number, row in enumerate(rows, 2)]


def _read_rule(row: Mapping[str | None, str | None], path: Path, line: int) -> Rule:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if None in row or cells["table"] not in COMPARED or not (cells["a"] or cells["b"]):
        raise MappingError(
            str(path), "a row needs a table (indicators, tasks, commitments) and a name in a or b, and nothing after note",
            "correct the row", f"line {line}",
        )  # fmt: skip
    return Rule(
        f"{path}: line {line}", cells["table"], (cells["document_id_a"], cells["document_id_b"]),
        (cells["a"], cells["b"]), cells["note"],
    )  # fmt: skip


def settle(
    rules: Iterable[Rule], table: str, edition_a: Edition, edition_b: Edition, entries_a: Sequence[Entry], entries_b: Sequence[Entry]
) -> Settled:  # fmt: skip
    """What the rules say of two notices. A rule that names both notices must find its rows; another may be for other years."""
    settled = Settled()
    known_a, known_b = _index(entries_a), _index(entries_b)
    for rule in rules:
        if rule.table != table:
            continue
        pairs = []
        for way in (rule, rule.turned()):
            if not way.is_for(edition_a, edition_b):
                continue
            ours, theirs = _find(way, 0, known_a, entries_a), _find(way, 1, known_b, entries_b)
            if all(way.sides) and ours and theirs:
                pairs.append(set(_pair_parts(way, ours, theirs, entries_a, entries_b)))
            elif all(way.documents) and (bool(ours), bool(theirs)) != (bool(way.sides[0]), bool(way.sides[1])):
                missing = way.sides[0] if way.sides[0] and not ours else way.sides[1]
                raise MappingError(way.place, f"{missing} names no row of {table}", "give an id or the name as printed")
            elif not all(way.sides):
                settled.alone_a |= set(ours)
                settled.alone_b |= set(theirs)
        if len(pairs) > 1 and pairs[0] != pairs[1]:
            raise MappingError(rule.place, "both notices have both names", "fill in document_id_a and document_id_b")
        settled.pairs |= set().union(*pairs)
    _refuse_contradictions({a for a, _ in settled.pairs} & settled.alone_a, entries_a)
    _refuse_contradictions({b for _, b in settled.pairs} & settled.alone_b, entries_b)
    return settled


def _refuse_contradictions(places: Set[int], entries: Sequence[Entry]) -> None:
    if places:
        name = entries[min(places)].name
        raise MappingError("mapping", f"{name} has a counterpart in one row and none in another", "take one out")


def _index(entries: Sequence[Entry]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in dict.fromkeys((*entry.ids, "=" + make_plain(entry.name))):
            index.setdefault(key, []).append(place)
    return index


def _find(rule: Rule, side: int, known: Mapping[str, list[int]], entries: Sequence[Entry]) -> list[int]:
    """The places that a side of a rule names: one row, or all components of one indicator."""
    name = rule.sides[side]
    if not name:
        return []
    places = known.get(name) or known.get("=" + make_plain(name), [])
    if len({entries[place].ids[0] for place in places}) > 1:
        ids = ", ".join(dict.fromkeys(entries[place].ids[0] for place in places))
        raise MappingError(rule.place, f"{name} is the name of {ids}", "give the id")
    return places


def _pair_parts(
    rule: Rule, ours: Sequence[int], theirs: Sequence[int], entries_a: Sequence[Entry], entries_b: Sequence[Entry]
) -> list[tuple[int, int]]:
    """The pairs of two indicators' components: like with like, or all with the one there is."""
    if len(ours) <= 1 or len(theirs) <= 1:
        return [(a, b) for a in ours for b in theirs]
    pairs = [(a, b) for a in ours for b in theirs if entries_a[a].part == entries_b[b].part]
    if not pairs:
        raise MappingError(rule.place, "the two have other parts", "name the parts, a row each: i1.13:PART")
    return pairs
