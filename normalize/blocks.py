"""The canonical text cut into blocks, without gap or overlap: what each line or table is in the notice."""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import Notice, Table
from normalize.layout import Layout
from normalize.results import Cells, Result
from normalize.tree import Node, Tree


def find_blocks(notice: Notice, layout: Layout, trees: Sequence[Tree], sections: Sequence[Cells]) -> Result:
    """Rows of ``blocks``: each line or table with the line break after it. What fits no kind is ``other``, with a check."""
    result = Result()
    nodes: dict[int, Node] = {}
    headings: set[int] = set()
    for tree in trees:
        nodes |= tree.line_nodes
        headings |= {node.start for node in tree.nodes if len(node.spans) <= 1 and node.title and node.title.end >= _line_end(notice, node) - 1}
    known = {row["section_id"] for row in sections}
    for number, block in enumerate(notice.blocks, 1):
        following = notice.blocks[number].start if number < len(notice.blocks) else len(notice.text)
        node = nodes.get(block.start)
        kind = layout.kinds.get(block.start, "")
        if isinstance(block, Table):
            kind = kind if kind == "metadata" else "table"
        elif not kind and node is not None:
            kind = "preamble" if node.ordinal == 0 else "heading" if block.start in headings else "paragraph"
        if not kind:
            kind = "other"
        if kind == "other" and block.end > block.start:
            result.check("unplaced_text", f"fits no part of the notice: {notice.text[block.start : block.end][:60]}", block.start, block.end)
        section = node.section_id if node is not None and node.section_id in known else ""
        result.add("blocks", {"block_id": f"b{number}", "kind": kind, "section_id": section, "start": block.start if number > 1 else 0, "end": following})
    return result


def _line_end(notice: Notice, node: Node) -> int:
    end = notice.text.find("\n", node.start)
    return end if end >= 0 else len(notice.text)
