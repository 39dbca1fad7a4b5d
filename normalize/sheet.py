"""The blocks of a notice while its layout is found: what each says, and what kind it has been given."""

from __future__ import annotations

from extract.model import Block, Notice, Paragraph, Span, Table
from extract.outline import Label, match_label
from normalize.line_kinds import is_titlelike, is_unit


class Sheet:
    """Blocks by index: ``texts`` folded (empty for a table), ``labels`` what numbers a line, ``kinds`` the result."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.blocks: tuple[Block, ...] = notice.blocks
        self.texts = [
            "" if isinstance(block, Table) else notice.folded[block.start : block.end] for block in self.blocks
        ]
        self.labels: list[Label | None] = [match_label(text, 0, len(text)) if text else None for text in self.texts]
        self.kinds: dict[int, str] = {}
        self._units: dict[int, bool] = {}
        self._titlelike: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.blocks)

    def span(self, index: int) -> Span:
        return Span(self.blocks[index].start, self.blocks[index].end)

    def set(self, index: int, kind: str) -> None:
        self.kinds[self.blocks[index].start] = kind

    def kind(self, index: int) -> str:
        """The kind that a block has been given; empty where it has none."""
        return self.kinds.get(self.blocks[index].start, "")

    def is_open(self, index: int) -> bool:
        """Whether there is a line at ``index`` that has no kind yet."""
        return index < len(self.blocks) and not isinstance(self.blocks[index], Table) and not self.kind(index)

    def is_unit(self, index: int) -> bool:
        """Whether a line is the name of who may sign; asked of a line many times."""
        if index not in self._units:
            self._units[index] = is_unit(self.texts[index])
        return self._units[index]

    def is_titlelike(self, index: int) -> bool:
        """Whether a line may be a title or a part of one; asked of a line many times."""
        if index not in self._titlelike:
            self._titlelike[index] = self.labels[index] is None and is_titlelike(self.texts[index])
        return self._titlelike[index]

    def align(self, index: int) -> str:
        block = self.blocks[index]
        return block.align if isinstance(block, Paragraph) else ""

    def next_open(self, index: int) -> int:
        """The first block from ``index`` on that has no kind yet, tables included."""
        while index < len(self.blocks) and self.kind(index):
            index += 1
        return index
