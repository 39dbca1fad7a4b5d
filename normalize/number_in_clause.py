"""One number of a clause and the words around it, as the rules that tell what it is look at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from normalize import units
from normalize.periods import FREQUENCY
from normalize.phrases import REACH, leading_verb, read_back, strip_start, verbs
from normalize.quantities import TIME_UNITS, Quantity
from normalize.strung_numbers import AFTER_FINAL, SEPARATOR

#: Gives the class of a number, an empty text for a promise, or ``None`` where it can't tell.
Rule = Callable[["NumberInClause"], "str | None"]

_NEAR = 30  # characters before a number that still tell what it is
_LONGEST_LIST = 12
_JOINS = ("、", "和", "或", "及")
_OCCASIONS = {"次", "场", "场次", "期", "轮", "批", "遍", "届", "回"}
_REPEATS = re.compile(rf"{FREQUENCY}|每周[一二三四五六日]")
_HAN = re.compile("[\u4e00-\u9fff]")


class NumberInClause:
    """The number ``quantities[index]`` of the clause ``folded[start:end]``.

    ``before_it`` is the class of the number before (empty for a promise), ``class_of`` gives that of another number of the clause.
    """

    def __init__(
        self, folded: str, quantities: Sequence[Quantity], index: int, start: int, end: int, before_it: str, class_of: Callable[[int], str]
    ) -> None:
        self.folded, self.quantities, self.index, self.start, self.end = folded, quantities, index, start, end
        self.before_it, self.class_of = before_it, class_of
        self.quantity = quantities[index]
        #: Bound, verb of level, denominator before the number; what is left before them is ``bare``.
        self.prefix = read_back(folded, start, self.quantity.start)
        self.before = folded[max(start, self.quantity.start - _NEAR) : self.quantity.start]
        self.bare = folded[max(start, self.prefix.stop - _NEAR) : self.prefix.stop]
        self.ending = self.bare.rstrip()
        self.base_unit = units.split_scale(self.quantity.unit)[0]
        self.is_share = self.base_unit in ("%", "‰", "‱")
        self.is_time = self.base_unit in TIME_UNITS
        #: 每季度开展一次: said of every quarter, even one is a promise.
        self.repeats = self.base_unit in _OCCASIONS and bool(_REPEATS.search(folded, start, self.quantity.start))
        #: Nothing that it counts stands behind it.
        self.is_final = bool(AFTER_FINAL.match(folded, self.quantity.end, end)) or self.quantity.end >= end
        self.has_bound = bool(self.quantity.comparator or self.prefix.bound_word)

    def follows(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands right behind the number."""
        return pattern.match(self.folded, self.quantity.end, self.end)

    def follows_words(self, *words: str) -> bool:
        return self.folded.startswith(words, self.quantity.end)

    def precedes(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands in the clause before the number, its bound and verb included, as far back as words tell of a number."""
        return pattern.search(self.folded, max(self.start, self.quantity.start - REACH), self.quantity.start)

    def begins(self, *words: str) -> bool:
        return self.folded.startswith(words, self.start)

    @property
    def mark_before(self) -> str:
        return self.folded[self.quantity.start - 1 : self.quantity.start]

    @property
    def previous(self) -> Quantity | None:
        return self.quantities[self.index - 1] if self.index else None

    @property
    def following(self) -> Quantity | None:
        return self.quantities[self.index + 1] if self.index + 1 < len(self.quantities) else None

    @cached_property
    def near(self) -> str:
        """The words between the separator before the number and the number."""
        return SEPARATOR.split(self.bare)[-1].strip()

    @cached_property
    def _phrase(self) -> tuple[int, dict[str, Any]]:
        found: dict[str, Any] = {}
        return strip_start(self.folded, max(self.start, self.prefix.stop - REACH), self.prefix.stop, found), found

    @property
    def begin(self) -> int:
        """Where the phrase before the number begins, times and adverbs left out."""
        return self._phrase[0]

    @property
    def has_each(self) -> bool:
        """Whether its phrase begins with of whom each: 每位县级领导包联2个以上项目."""
        return "per" in self._phrase[1]

    @cached_property
    def verb(self) -> tuple[str, int] | None:
        """The verb that begins the phrase, and where its object does."""
        return leading_verb(self.folded, self.begin, self.prefix.stop)

    @cached_property
    def ends_with_verb(self) -> bool:
        return self.has_verb_before(self.prefix.stop)

    def has_verb_before(self, stop: int) -> bool:
        """Whether a verb of delivery stands right before ``stop``; a weak one (服务, 培训) only where it begins the phrase."""
        window = self.folded[max(self._begin_before(stop), stop - 12) : stop].rstrip()
        return any(
            window.endswith(verb) and (strength == "strong" or window == verb)
            for verb, strength in verbs()[2].items()
            if verb != "落实"
        )

    def is_verb_alone_before(self, stop: int) -> bool:
        """Whether nothing but a verb and its adverbs comes before ``stop``: 全面完成."""
        return self.folded[self._begin_before(stop) : stop].strip() in verbs()[2]

    def _begin_before(self, stop: int) -> int:
        return self.begin if stop == self.prefix.stop else strip_start(self.folded, max(self.start, stop - REACH), stop, {})

    @cached_property
    def has_noun(self) -> bool:
        """Whether a noun stands before the number, in its own member of a list."""
        cut = max(self.folded.rfind(mark, self.begin, self.prefix.stop) for mark in "、和及")
        begin = max(self.begin, cut + 1)
        verb = leading_verb(self.folded, begin, self.prefix.stop)
        return len(_HAN.findall(self.folded, verb[1] if verb else begin, self.prefix.stop)) >= 2

    @property
    def is_joined_to_previous(self) -> bool:
        """Whether nothing but 、 or 和 parts it from a number of the same unit."""
        previous = self.previous
        return previous is not None and previous.unit == self.quantity.unit and self.folded[previous.end : self.quantity.start] in _JOINS

    @property
    def last_joined(self) -> int:
        """The last of the numbers of one unit from this one on that nothing but 、 and 和 parts."""
        last = self.index
        while last + 1 < min(len(self.quantities), self.index + _LONGEST_LIST) and self.quantities[last + 1].unit == self.quantities[last].unit:
            if self.folded[self.quantities[last].end : self.quantities[last + 1].start] not in _JOINS:
                break
            last += 1
        return last
