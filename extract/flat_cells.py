"""The lines of a copied table, and which of them together may be one cell of a kind of column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.flat_ratings import IMPOSSIBLE, LINES, WORST, Setting, rate
from extract.line_looks import begins_section, ends_sentence, has_level, is_measure, is_office, is_value, width_of


class Cells:
    """The folded lines of a copied table, and how well some of them read as one cell; worked out once and kept.

    ``marks`` are what a copy keeps of the borders, one a line: ``cell`` (begins a further cell of a row), ``part``
    (goes on with the cell or begins a further one), ``open`` (goes on with the cell or begins a row), or empty (nothing
    is known). An empty line is a cell that the copy shows to be empty. ``kinds`` are those of the columns.
    """

    def __init__(
        self,
        lines: Sequence[str],
        marks: Sequence[str],
        start: int,
        stop: int,
        kinds: tuple[str, ...],
        headings: Sequence[str],
    ) -> None:
        self.lines, self.marks, self.stop = lines, marks, stop
        size = len(headings)
        #: Where the headings stand again, after a page break.
        self.again = {at for at in range(start, stop) if lines[at] == headings[0] and lines[at : at + size] == headings}
        self._taken = {line for at in self.again for line in range(at, at + size)}
        self._setting = self._look_at(start, kinds)
        self._options: dict[tuple[str, int], tuple[tuple[int, float], ...]] = {}

    def _look_at(self, start: int, kinds: tuple[str, ...]) -> Setting:
        names = [at for at in range(start, self.stop) if 4 < len(self.lines[at]) <= 90 and self._is_plain(at)]
        widths = sorted(width_of(self.lines[at]) for at in names)
        width = widths[int(0.9 * (len(widths) - 1))] if widths else 8.0
        # Names that break at the width of their column: as long as the longest, with a line of no other kind below.
        full = sum(width_of(self.lines[at]) > width - 1 and self._is_plain(at + 1) for at in names)
        offices = [line for line in self.lines[start : self.stop] if 3 <= len(line) <= 60 and is_office(line)]
        has_levels = sum(map(has_level, offices)) >= 0.5 * len(offices) > 1
        is_before_name = ("domain", "name") in pairwise(kinds) or ("domain", "text") in pairwise(kinds)
        is_narrow = is_before_name and full >= 3 and full >= 0.25 * len(widths)
        return Setting(frozenset(kinds), width, is_narrow, has_levels)

    def _is_plain(self, at: int) -> bool:
        """Whether a line may be a part of a name: it is no sentence, value, unit or office."""
        line = self.lines[at] if at < self.stop else ""
        return bool(line) and not (ends_sentence(line) or is_value(line) or is_measure(line) or is_office(line))

    def options(self, kind: str, at: int) -> tuple[tuple[int, float], ...]:
        """Where a cell of a kind that begins at a line may end, and how well each reads."""
        key = (kind, at)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = tuple(self._find(kind, at))
        return found

    def _find(self, kind: str, at: int) -> list[tuple[int, float]]:
        if at in self._taken:
            return []
        if not self.lines[at]:
            return [(at + 1, 0.0)]
        found = []
        for end in range(at + 1, min(at + LINES[kind], self.stop) + 1):
            if end - 1 > at and not self._may_go_on(kind, end - 1):
                break
            gain = rate(kind, self.lines[at:end], self._setting)
            if gain > WORST:
                found.append((end, gain))
            elif gain <= IMPOSSIBLE:
                break
        return found

    def _may_go_on(self, kind: str, at: int) -> bool:
        """Whether a line may go on with the cell above it."""
        line = self.lines[at]
        if not line or at in self._taken or self.marks[at] == "cell":
            return False
        return kind == "text" or not begins_section(line)
