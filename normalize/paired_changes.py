"""Several old values and several new ones: 分别由每人每月800元、600元提高到850元、660元.

Read from left to right, the last old value and the first new one look like a pair. They are none: the values of each side go
together by their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Span
from normalize.phrases import read_back
from normalize.quantities import Quantity, to_unit

_FROM = re.compile(r"[由从自]\s*(?:(?:去年|上年|目前|现在|原来|现行|20[0-9]{2}年[底末]?)的?)?$")
_JOINED = re.compile(r"\s*(?:、|和|及|与|以及)\s*")
_NEXT_SUBJECT = re.compile(r"\s*(?:、|,|和|及|与|以及)\s*(?P<subject>[^、,，。;；0-9]{2,24})[由从自][^、,，。;；0-9]{0,12}$")


def pair_changes(folded: str, start: int, quantities: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities of a clause that begins at ``start`` with old and new values paired by their order; and, apart, those of
    lists that are not of one length or kind, where which belongs to which would be a guess.
    """
    read: list[Quantity] = []
    unsure: list[Quantity] = []
    index = 0
    while index < len(quantities):
        turn = quantities[index]
        if turn.baseline is None or not turn.change_word or turn.change_word == "翻":
            read.append(turn)
            index += 1
            continue
        subjects, count = _before(folded, start, read, turn)
        after = index + 1
        while after < len(quantities) and quantities[after].baseline is None and _is_joined(folded, quantities[after - 1].end, quantities[after]):
            after += 1
        if not count:
            read.append(turn)
            index += 1
            continue
        olds = [*read[-count:], replace(turn, value=turn.baseline, baseline=None, numbers=turn.numbers[:1])]
        del read[-count:]
        news = [replace(turn, start=turn.numbers[-1].start, baseline=None, numbers=turn.numbers[1:]), *quantities[index + 1 : after]]
        pairs = _pairs(olds, news, subjects, turn)
        if pairs:
            read += pairs
        else:
            unsure += [*olds[:-1], turn, *quantities[index + 1 : after]]
        index = after
    return read, unsure


def _before(folded: str, start: int, read: Sequence[Quantity], turn: Quantity) -> tuple[list[Span | None], int]:
    """How many quantities before ``turn`` are old values too, and where the subject of each but the first stands, if apart."""
    subjects: list[Span | None] = []
    count, following = 0, turn
    while count < len(read):
        this = read[-1 - count]
        if this.baseline is not None:
            break
        if _is_joined(folded, this.end, following):
            subjects.insert(0, None)
        elif match := _NEXT_SUBJECT.fullmatch(folded, this.end, following.start):
            subjects.insert(0, Span(match.start("subject"), match.end("subject")))
        else:
            break
        count, following = count + 1, this
    while count:
        # The list begins where 由 stands before it; what is further left is another promise.
        first = read[-count]
        if _FROM.search(folded, start, read_back(folded, start, first.start).stop):
            break
        count, subjects = count - 1, subjects[1:]
    return subjects, count


def _is_joined(folded: str, end: int, following: Quantity) -> bool:
    match = _JOINED.match(folded, end, following.start)
    return match is not None and read_back(folded, match.end(), following.start).stop == match.end()


def _pairs(olds: Sequence[Quantity], news: Sequence[Quantity], subjects: Sequence[Span | None], turn: Quantity) -> list[Quantity]:
    """Each new value with its old one; none where the lists are not of one length, or their units of one kind."""
    if len(olds) != len(news) or any(len(old.numbers) != 1 for old in olds):
        return []
    found = []
    for number, (old, new) in enumerate(zip(olds, news, strict=True)):
        baseline = to_unit(old.value, old.unit, new.value, new.unit)
        if baseline is None:
            return []
        found.append(
            replace(
                new, start=olds[0].start if number == 0 else new.start, baseline=baseline, change_word=turn.change_word,
                per=new.per or turn.per, numbers=(*old.numbers, *new.numbers), subject=subjects[number - 1] if number else None,
            )  # fmt: skip
        )
    return found
