"""Notices made of lines, for tests of what stands above and below the text."""

from __future__ import annotations

from extract.model import Block, Notice, Source
from extract.pieces import Grid, Line, Piece, assemble
from normalize.layout import Layout, find_layout

COVER = (
    "各镇人民政府、街道办事处，区政府各部门：",
    "《2024年清江区公共服务工作要点》已经区政府同意，现印发给你们，请认真贯彻执行。",
)
SIGNED = ("某某市清江区人民政府办公室", "2024年3月8日")
TITLE = "某某市清江区人民政府办公室关于印发2024年清江区公共服务工作要点的通知"
BODY = ("为做好公共服务工作，制定本要点。", "一、指标目标", "全年新增托位120个。", "二、重点任务", "新建老年食堂6家。")
ENCLOSED = ("2024年清江区公共服务工作要点", *BODY)


def to_notice(*lines: str | Piece, meta: tuple[tuple[str, str], ...] = ()) -> Notice:
    """A notice of these lines; ``^`` sets a line in the middle, ``>`` at the right, ``#`` makes it a field."""
    pieces: list[Piece] = []
    for line in lines:
        if not isinstance(line, str):
            pieces.append(line)
        elif line[0] in "^>":
            pieces.append(Line(line[1:], align="center" if line[0] == "^" else "right"))
        else:
            pieces.append(Line(line.removeprefix("#"), hint="metadata" if line[0] == "#" else ""))
    return assemble(Source("a.txt", "txt", "0"), pieces, meta)


def to_grid(*rows: tuple[str, ...], hint: str = "") -> Grid:
    """A table of single-line cells; an empty string is an empty cell."""
    cells = [
        (index, column, 1, 1, [Line(text)] if text else [])
        for index, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    return Grid(cells, len(rows), max(map(len, rows)), hint)


def shown(notice: Notice, layout: Layout | None = None) -> list[tuple[str, str]]:
    """Each block that has a kind: the kind and the text."""
    layout = layout or find_layout(notice)
    return [
        (layout.kinds[block.start], notice.text[block.start : block.end])
        for block in notice.blocks
        if block.start in layout.kinds
    ]


def of_kind(notice: Notice, kind: str) -> list[str]:
    return [text for found, text in shown(notice) if found == kind]


def texts(notice: Notice, blocks: tuple[Block, ...]) -> list[str]:
    return [notice.text[block.start : block.end] for block in blocks]


def parts(notice: Notice) -> list[tuple[str, list[str]]]:
    """Each part: its title and its lines."""
    return [(part.title, texts(notice, part.blocks)) for part in find_layout(notice).parts]
