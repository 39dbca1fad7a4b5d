"""Citations: documents that a notice names in 《…》, and document numbers in its text, with what they are cited for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from extract.model import Notice
from normalize import vocabulary
from normalize.document_numbers import PrintedNumber, find_numbers
from normalize.line_kinds import is_number_line, names_file
from normalize.results import Result

_LONGEST = 200
# Between two titles of one list: 《甲》(某政发〔2023〕1号)、《乙》和《丙》.
_LIST_MARK = re.compile(r"(?:\([^()]{0,80}\))?\s*(?:[、和与及]|以及|,)?\s*$")
_AFTER = re.compile(r"\s*\((?P<inside>[^()]{0,80}(?:\([^()]{0,20}\)[^()]{0,20})?)\)")
_CLAUSE_MARKS = ",。;:!?\n"
_REACH = 24


def find_citations(notice: Notice) -> Result:
    """Rows of ``citations`` in reading order; the number in brackets after a title is that title's.

    The notice's own number, where it stands alone on a line or in the field block, is no citation.
    """
    result = Result()
    folded = notice.folded
    skipped = _own_lines(notice)
    numbers = [number for number in find_numbers(folded) if not _is_skipped(skipped, number.start)]
    used: set[int] = set()
    starts = [number.start for number in numbers]
    rows: list[tuple[int, int, str, str, str]] = []
    last_end, last_role = -1, ""
    for start, end in _titles(folded):
        if _is_skipped(skipped, start):
            continue
        number = _number_after(folded, end, numbers, starts)
        role = _role(folded, start)
        if last_end >= 0 and start - last_end <= 90 and _LIST_MARK.fullmatch(folded, last_end, start):
            role = last_role
        rows.append(
            (
                start,
                end,
                notice.text[start + 1 : end - 1],
                "" if number is None else notice.text[number.start : number.end],
                role,
            )
        )
        last_end, last_role = end, role
        if number is not None:
            used.add(number.start)
    inside = _Cover([(start, end) for start, end, *_ in rows])
    for number in numbers:
        if number.start not in used and not inside.holds(number.start):
            rows.append(
                (number.start, number.end, "", notice.text[number.start : number.end], _role(folded, number.start))
            )
    numbered = {number.start: number for number in numbers}
    for count, (start, end, title, text, role) in enumerate(sorted(rows), 1):
        row_id = f"k{count}"
        following = _number_after(folded, end, numbers, starts) if title and text else None
        stop = end if following is None else following.end
        result.add(
            "citations",
            {
                "citation_id": row_id,
                "title": title,
                "document_number": text,
                "role": role,
                "subject_kind": "",
                "subject_id": "",
                "start": start,
                "end": stop,
            },
        )
        if title:
            result.own(start, end, "citation", "citations", row_id)
        if following is not None or start in numbered:
            place = following if following is not None else numbered[start]
            result.own(place.start, place.end, "document_number", "citations", row_id)
    return result


def _titles(folded: str) -> Iterator[tuple[int, int]]:
    """Stretches from 《 to its 》, inner ones included; one that isn't closed within its line is left out."""
    position = folded.find("《")
    while position >= 0:
        depth = 0
        stop = None
        for index in range(position, min(len(folded), position + _LONGEST)):
            char = folded[index]
            if char == "\n":
                break
            if char == "《":
                depth += 1
            elif char == "》":
                depth -= 1
                if depth == 0:
                    stop = index + 1
                    break
        if stop is None:
            position = folded.find("《", position + 1)
            continue
        if stop - position > 3:
            yield position, stop
        position = folded.find("《", stop)


def _number_after(folded: str, end: int, numbers: list[PrintedNumber], starts: list[int]) -> PrintedNumber | None:
    """The document number in the brackets right after a title: (某政发〔2023〕1号,以下简称《方案》)."""
    match = _AFTER.match(folded, end)
    if match is None:
        return None
    index = bisect_right(starts, match.start("inside") - 1)
    if index < len(numbers) and numbers[index].end <= match.end("inside"):
        return numbers[index]
    return None


def _role(folded: str, start: int) -> str:
    """What the words before a citation say of it, within its clause."""
    begin = max(0, start - _REACH)
    for index in range(start - 1, begin - 1, -1):
        if folded[index] in _CLAUSE_MARKS:
            begin = index + 1
            break
    before = folded[begin:start]
    found = list(_role_words().finditer(before))
    if not found:
        return "mention"
    word = found[-1][0]
    if word == "按" and len(before) - found[-1].end() > 4:
        return "mention"
    return _roles()[word]


@cache
def _roles() -> dict[str, str]:
    return {row["word"]: row["role"] for row in vocabulary.entries("citation_roles")}


@cache
def _role_words() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("citation_roles"))


def _own_lines(notice: Notice) -> list[tuple[int, int]]:
    """Stretches whose numbers are the notice's own: field block, lines that are a number, names of files."""
    found = []
    for block in notice.blocks:
        text = notice.folded[block.start : block.end] if block.end - block.start <= 150 else ""
        if block.hint in ("metadata", "attachment") or is_number_line(text) or names_file(text):
            found.append((block.start, block.end))
    return found


def _is_skipped(stretches: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(stretches, (position, len(stretches) and 1 << 60)) - 1
    return index >= 0 and stretches[index][0] <= position < stretches[index][1]


class _Cover:
    """Stretches that don't overlap, and whether one holds a place."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)

    def holds(self, position: int) -> bool:
        return _is_skipped(self._stretches, position)
