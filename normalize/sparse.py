"""Slow patterns of what few lines hold, looked for in those lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class SparsePattern:
    """A pattern, and ``near``: one that is quick to look for, and that every match of the pattern holds.

    The pattern is tried only in lines with ``near``, and compiled only where there is one. A match may run over the end of a
    line, not over those of two.
    """

    def __init__(self, near: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.near = re.compile(near)
        self._source, self._flags = pattern, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in ``text``, in order, as those of a compiled pattern.

        >>> [match[0] for match in SparsePattern("岁", "[0-9]+岁").finditer("3个\\n60岁、80岁\\n5家")]
        ['60岁', '80岁']
        """
        done, size = 0, len(text)
        for mark in self.near.finditer(text):
            if mark.start() < done:
                continue
            line_before = text.rfind("\n", 0, mark.start())
            start = max(done, text.rfind("\n", 0, max(0, line_before)) + 1)
            end = _line_end(text, mark.end(), size)
            done = end
            for match in self.pattern.finditer(text, start, _line_end(text, end + 1, size)):
                if match.start() > end:
                    break
                yield match
                done = max(end, match.end())


def _line_end(text: str, start: int, size: int) -> int:
    end = text.find("\n", start)
    return size if end < 0 else end
