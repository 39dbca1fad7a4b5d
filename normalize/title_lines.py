"""Titles: which lines make one, broken over several or not, and which titles a notice names before it prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.folding import fold_key
from extract.model import Notice, Span
from normalize import line_kinds as lines
from normalize import vocabulary
from normalize.dates import is_date_line
from normalize.sheet import Sheet

_LONGEST = 8  # lines of a title
_QUOTED = re.compile(r"《(?:[^《》]|《[^《》]*》){4,120}》")
_CONTINUES = re.compile(r"的|》|”|及|和|与|、|\(|工作")
_YEAR = re.compile(r"印发|转发|[0-9〇零一二三四五六七八九]{4}年")


def joined_title(notice: Notice, spans: Sequence[Span]) -> str:
    """A title broken over lines as one line, without the blanks of letter-spacing."""
    title = ""
    for span in spans:
        part = lines.unspaced(notice.text[span.start : span.end])
        gap = (
            " "
            if title and title[-1].isascii() and title[-1].isalnum() and part[:1].isascii() and part[:1].isalnum()
            else ""
        )
        title += gap + part
    return title


def title_key(title: str) -> str:
    """A title for comparing: without blanks, 《》, and final marks.

    >>> title_key("《某县 工作要点》"), title_key("某县工作要点。")
    ('某县工作要点', '某县工作要点')
    """
    return fold_key(title).strip('《》“”"。.;:')


def title_size(sheet: Sheet, run: Sequence[int]) -> int:
    """How many of the first lines of ``run`` (indexes of blocks) make one title that ends as documents do; or 0."""
    joined = ""
    best = 0
    for count, index in enumerate(run[:_LONGEST], 1):
        text = lines.unspaced(sheet.texts[index])
        if not sheet.is_titlelike(index) and not (count > 1 and lines.is_extent(text)):
            break
        if count > 1:
            before = run[count - 2]
            if any(not sheet.kind(between) for between in range(before + 1, index)):
                break
            if count == 2 and sheet.is_unit(run[0]) and text.startswith(joined):
                return 0  # the name in the red head, which the title repeats
            if best and not _goes_on(sheet, before, index, joined):
                break
            if not best and not (_begins(sheet, run[0]) and _may_follow(joined, text)):
                return 0
        joined += text
        is_closed = joined.count("《") == joined.count("》") and joined.count("(") == joined.count(")")
        if is_closed and lines.document_type(joined):
            best = count
    return best


def _begins(sheet: Sheet, index: int) -> bool:
    """Whether a line that is no whole title may begin one: it names who issues, a year, or what it is about."""
    text = sheet.texts[index]
    is_telling = sheet.is_unit(index) or "关于" in text or bool(_YEAR.search(text)) or text.startswith(("《", "“", "("))
    return is_telling or sheet.align(index) == "center" or len(text) >= 10


def _may_follow(joined: str, text: str) -> bool:
    """Two lines that are both about something are two titles, unless the first hands the second on."""
    return (
        "关于" not in text
        or "关于" not in _QUOTED.sub("", joined)
        or joined.endswith(tuple(vocabulary.words("handing_verbs")))
    )


def _goes_on(sheet: Sheet, before: int, index: int, joined: str) -> bool:
    """Whether a line goes on with a title that could end before it."""
    text = sheet.texts[index]
    if lines.is_extent(text) or _CONTINUES.match(text):
        return True
    kind = lines.document_type(text)
    if (
        not kind
        or len(text) > 8
        and fold_key(text) in fold_key(joined)
        or lines.document_type(joined) in ("通知", "函", "决定")
    ):
        return False
    is_alike = sheet.align(index) == sheet.align(before) == "center"
    return len(text) <= 10 and kind == lines.without_remarks(text) or is_alike and "关于" not in text


def extent_lines(sheet: Sheet, index: int, end: int) -> int:
    """How many lines from ``index`` on are brackets below a title: (2023—2027年), (试行)."""
    count = 0
    while (
        count < 2
        and index + count < end
        and sheet.is_open(index + count)
        and lines.is_extent(sheet.texts[index + count])
    ):
        count += 1
    return count


def title_run(sheet: Sheet, index: int, end: int) -> list[int]:
    """The lines from ``index`` on that may be a title, as far as one may be long."""
    run: list[int] = []
    for place in range(index, min(end, index + _LONGEST)):
        text = sheet.texts[place]
        if not sheet.is_open(place) or not (sheet.is_titlelike(place) or run and lines.is_extent(text)):
            break
        run.append(place)
    return run


def set_as_title(sheet: Sheet, run: Sequence[int]) -> int:
    """How many of the first lines are set in the middle; where the file tells no alignment, the first alone."""
    count = 0
    while count < min(len(run), 4) and sheet.align(run[count]) == "center":
        count += 1
    return count or (1 if len(run) <= 3 else 0)


def is_before_text(sheet: Sheet, index: int, end: int) -> bool:
    """Whether text follows: a table, a heading, a sentence, past the lines of date and source below a title."""
    for place in range(index, min(end, index + 6)):
        text = sheet.texts[place]
        if (
            sheet.kind(place)
            or text
            and (is_date_line(text) or lines.is_byline(text) or lines.is_extent(text) or lines.is_number_line(text))
        ):
            continue
        return True
    return False


class NamedTitles:
    """The titles that a notice names before it prints them: in its title, its first lines, its lists."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys: set[str] = set()
        self._beginnings: set[str] = set()
        for name in names:
            for form in (name, lines.without_remarks(fold_key(name))):
                key = title_key(form)
                if 4 <= len(key) <= 200:
                    self._keys.add(key)
                    self._beginnings |= {key[:size] for size in range(1, len(key) + 1)}

    def size_at(self, sheet: Sheet, index: int, end: int) -> int:
        """How many lines from ``index`` on spell such a title; 0 where they don't."""
        joined = ""
        for place in range(index, min(end, index + 5)):
            text = sheet.texts[place]
            if (
                not sheet.is_open(place)
                or not 2 <= len(text) <= 90
                or place == index
                and sheet.labels[place] is not None
            ):
                return 0
            joined += text
            key = title_key(joined)
            if key in self._keys:
                size = place - index + 1
                return size + extent_lines(sheet, index + size, end)
            if key not in self._beginnings:
                return 0
        return 0
